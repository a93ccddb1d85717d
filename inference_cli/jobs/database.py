"""The tables of the journal, and the indexes that keep every look at it as quick as the first one.

No statement of the program reads all rows: lists go down an index from its newest end, filters have one each, and what
may still have to be fetched has one that holds nothing else.
"""

import json

from inference_cli.profile.database import Shape

VERSION = 4

_SCHEMA = """
CREATE TABLE intents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- the order; clocks jump (fault E13)
    id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, origin TEXT NOT NULL, created REAL NOT NULL, argv TEXT NOT NULL,
    kind TEXT NOT NULL, route TEXT NOT NULL, model TEXT NOT NULL, namespace TEXT, prompt TEXT, seed INTEGER,
    params TEXT NOT NULL, body_sha256 TEXT NOT NULL, count INTEGER NOT NULL, first INTEGER NOT NULL,
    total INTEGER NOT NULL, output TEXT NOT NULL, estimate TEXT, baseline TEXT,
    state TEXT NOT NULL, error TEXT, updated REAL NOT NULL,
    tag TEXT, price TEXT, -- of this request alone, estimated, in US dollars
    repo TEXT, folder TEXT -- where the service was to keep the results
);
CREATE TABLE generations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL, origin TEXT NOT NULL, intent TEXT, n INTEGER NOT NULL, direct INTEGER NOT NULL,
    accepted REAL NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL, error TEXT,
    url TEXT, -- of a direct answer only, until its file is published (journal protocol, rule g)
    path TEXT, size INTEGER, sha256 TEXT, updated REAL NOT NULL,
    cost TEXT, -- what the server charged, in US dollars, once it is known
    UNIQUE (origin, id)
);
"""
_ANSWERS = """
CREATE TABLE answers ( -- of chats: what they cost; the words are in the log of conversations
    number INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL, created REAL NOT NULL, model TEXT NOT NULL,
    price TEXT, cost TEXT, -- estimated and charged, in US dollars
    state TEXT NOT NULL -- asked, answered or refused
);
CREATE INDEX answers_by_time ON answers (origin, created);
"""
FINAL = "('downloaded', 'failed', 'cancelled', 'vanished')"
"""States after which nothing is fetched; ``generations_unfinished`` serves what says ``state NOT IN`` exactly this."""
_INDEXES = f"""
CREATE INDEX intents_by_state ON intents (origin, state);
CREATE INDEX intents_by_time ON intents (origin, created, state, price, count, id); -- all that a budget reads
CREATE INDEX intents_by_model ON intents (origin, model, created);
CREATE INDEX intents_by_kind ON intents (origin, kind, created);
CREATE INDEX intents_by_namespace ON intents (origin, namespace, created) WHERE namespace IS NOT NULL;
CREATE INDEX intents_by_tag ON intents (origin, tag, created) WHERE tag IS NOT NULL;
CREATE INDEX intents_by_repo ON intents (origin, repo, created) WHERE repo IS NOT NULL;
CREATE INDEX intents_by_folder ON intents (origin, folder, created) WHERE folder IS NOT NULL;
CREATE INDEX intents_direct ON intents (origin, updated) WHERE route != 'queue';
CREATE INDEX generations_by_origin ON generations (origin); -- by number within: the order of every list
CREATE INDEX generations_by_time ON generations (origin, accepted);
CREATE INDEX generations_by_state ON generations (origin, state, accepted);
CREATE INDEX generations_by_intent ON generations (intent, origin, cost); -- all that a budget reads
CREATE INDEX generations_direct ON generations (origin, accepted) WHERE direct;
CREATE INDEX generations_unfinished ON generations (origin) WHERE state NOT IN {FINAL};
"""
_CHANGES = {
    1: """
ALTER TABLE intents ADD COLUMN tag TEXT;
ALTER TABLE intents ADD COLUMN price TEXT;
ALTER TABLE generations ADD COLUMN cost TEXT;
CREATE INDEX intents_by_time ON intents (origin, created);
""",
    2: _ANSWERS,
    3: f"""
ALTER TABLE intents ADD COLUMN repo TEXT;
ALTER TABLE intents ADD COLUMN folder TEXT;
UPDATE intents SET repo = repo_of(params), folder = folder_of(params) WHERE instr(params, '"target_');
DROP INDEX IF EXISTS intents_by_state;
DROP INDEX IF EXISTS intents_by_time;
DROP INDEX IF EXISTS generations_by_state;
DROP INDEX IF EXISTS generations_by_intent;
{_INDEXES}
""",  # noqa: S608 - our own words
}


def named_in(params: str, name: str) -> str | None:
    """A text among the parameters of a request, as the journal keeps them; None where there is none."""
    try:
        kept = json.loads(params)
    except ValueError:
        return None
    value = kept.get(name) if isinstance(kept, dict) else None
    return value if isinstance(value, str) else None


JOURNAL = Shape(
    "the journal",
    VERSION,
    _SCHEMA + _ANSWERS + _INDEXES,
    ("intents", "generations", "answers"),
    _CHANGES,
    {
        "repo_of": lambda params: named_in(params, "target_repo"),
        "folder_of": lambda params: named_in(params, "target_directory"),
    },
)
"""What the journal's file holds."""
