"""The tables of the log of conversations."""

from inference_cli.profile.database import Shape

_SCHEMA = """
CREATE TABLE conversations (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- the order; clocks jump (fault E13)
    id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, created REAL NOT NULL, model TEXT NOT NULL,
    system TEXT, template TEXT,
    group_id TEXT -- of conversations that belong together, as the answers of several models to one question
);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL, asked REAL NOT NULL, model TEXT NOT NULL, parameters TEXT NOT NULL,
    complete INTEGER NOT NULL DEFAULT 0, -- whether the answer came to its end
    withdrawn INTEGER NOT NULL DEFAULT 0, -- whether it was taken back: kept, but not sent again
    answered REAL, error TEXT, finish_reason TEXT, answered_model TEXT, reasoning TEXT, seconds REAL,
    prompt_tokens INTEGER, completion_tokens INTEGER, usage TEXT,
    cost TEXT, -- in US dollars, where it is known
    responses TEXT, calls TEXT
);
CREATE INDEX turns_by_conversation ON turns (conversation, number);
CREATE TABLE messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: the search index goes by it
    turn INTEGER NOT NULL, role TEXT NOT NULL,
    text TEXT NOT NULL, -- what is searched
    body TEXT NOT NULL -- what is sent again; the bytes of attachments are files
);
CREATE INDEX messages_by_turn ON messages (turn, number);
CREATE TABLE attachments (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    turn INTEGER NOT NULL, sha256 TEXT, kind TEXT NOT NULL, mime TEXT NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, source TEXT
);
CREATE INDEX attachments_by_turn ON attachments (turn);
CREATE INDEX attachments_by_content ON attachments (sha256);
"""

_INDEXES = """
CREATE INDEX turns_by_time ON turns (asked);
CREATE INDEX turns_by_model ON turns (model, conversation);
"""
_CHANGES = {1: "DROP INDEX IF EXISTS conversations_by_origin;" + _INDEXES}

LOG = Shape("the log", 2, _SCHEMA + _INDEXES, ("conversations", "turns", "messages", "attachments"), _CHANGES)
"""What the log's file holds. The index that searches it is made by the first search, where SQLite has FTS5."""
