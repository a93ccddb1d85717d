"""The tables of the journal."""

from inference_cli.profile.database import Shape

VERSION = 3

_SCHEMA = """
CREATE TABLE intents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- the order; clocks jump (fault E13)
    id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, origin TEXT NOT NULL, created REAL NOT NULL, argv TEXT NOT NULL,
    kind TEXT NOT NULL, route TEXT NOT NULL, model TEXT NOT NULL, namespace TEXT, prompt TEXT, seed INTEGER,
    params TEXT NOT NULL, body_sha256 TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL,
    total INTEGER NOT NULL, output TEXT NOT NULL, estimate TEXT, baseline TEXT,
    state TEXT NOT NULL, error TEXT, updated REAL NOT NULL,
    tag TEXT, price TEXT -- of this request alone, estimated, in US dollars
);
CREATE INDEX intents_by_state ON intents (origin, state);
CREATE INDEX intents_by_time ON intents (origin, created);
CREATE TABLE generations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, origin TEXT NOT NULL, intent TEXT, n INTEGER NOT NULL, direct INTEGER NOT NULL,
    accepted REAL NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL, error TEXT,
    url TEXT, -- of a direct answer only, until its file is published (journal protocol, rule g)
    path TEXT, size INTEGER, sha256 TEXT, updated REAL NOT NULL,
    cost TEXT, -- what the server charged, in US dollars, once it is known
    UNIQUE (origin, id)
);
CREATE INDEX generations_by_state ON generations (origin, state);
CREATE INDEX generations_by_intent ON generations (intent);
"""
_ANSWERS = """
CREATE TABLE answers ( -- of chats: what they cost; the words are in the log of conversations
    number INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL, created REAL NOT NULL, model TEXT NOT NULL,
    price TEXT, cost TEXT, -- estimated and charged, in US dollars
    state TEXT NOT NULL -- asked, answered or refused
);
CREATE INDEX answers_by_time ON answers (origin, created);
"""
_CHANGES = {
    1: """
ALTER TABLE intents ADD COLUMN tag TEXT;
ALTER TABLE intents ADD COLUMN price TEXT;
ALTER TABLE generations ADD COLUMN cost TEXT;
CREATE INDEX intents_by_time ON intents (origin, created);
""",
    2: _ANSWERS,
}

JOURNAL = Shape("the journal", VERSION, _SCHEMA + _ANSWERS, ("intents", "generations", "answers"), _CHANGES)
"""What the journal's file holds."""
