"""The tables of the sandbox's database, and the version of what is in them."""

VERSION = 3
NAMES = ("settings", "generations", "recipes", "turns", "favorites", "deployments", "customs")
TABLES = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE generations (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, model TEXT NOT NULL, media_type TEXT NOT NULL,
    namespace TEXT NOT NULL, repo TEXT, folder TEXT, parameters TEXT NOT NULL, place INTEGER NOT NULL,
    turn INTEGER NOT NULL, direct INTEGER NOT NULL, enqueued REAL NOT NULL, starts REAL NOT NULL, ends REAL NOT NULL,
    cost INTEGER NOT NULL, outcome TEXT, error TEXT, recipe TEXT);
CREATE INDEX open_generations ON generations (ends) WHERE outcome IS NULL;
CREATE TABLE recipes (digest TEXT PRIMARY KEY, recipe TEXT NOT NULL);
CREATE TABLE turns (request TEXT PRIMARY KEY, outputs INTEGER NOT NULL);
CREATE TABLE favorites (model TEXT PRIMARY KEY);
CREATE TABLE deployments (model TEXT PRIMARY KEY, status TEXT NOT NULL, ends REAL NOT NULL);
CREATE TABLE customs (id TEXT PRIMARY KEY, body TEXT NOT NULL);
"""
