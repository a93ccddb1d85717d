"""The ten invariants of the fault catalogue: what holds after every case, whatever it did."""

import json
import re
import sqlite3
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.support.host import Asked, Host

EXITS = frozenset({0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 124, 129, 130, 137, 141, 143})
"""The table of exit codes without 1, a bug; 137 is a case that killed the command."""

_LINES = 20  # of stderr
_MEMORY = 300 * 2**20  # bytes
_MEDIA = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".mp4", ".webm", ".wav", ".mp3", ".bin"}
_OWN = re.compile(rb"""
    \x1b\[[0-9;:]*m                            # colours
  | \x1b\[[0-9]*[ABCDGHJKLMPX@] | \x1b\[[0-9;]*[Hr]  # places, and what is erased
  | \x1b\[\?(?:1|7|12|25|1004|2004|2026|2027|2031)[hl] | \x1b\[[0-9]*\x20q | \x1b[=>78]
  | \x1b\[(?:6|\?u|[<>=]?[0-9;]*u|c)n?
  | \x1b\]9;4;[0-9;]*(?:\x07|\x1b\\)              # progress in the title bar
""", re.VERBOSE)  # fmt: skip
MARK = "7101"
"""A parameter of control sequences that only a server sends: the program's own never have it."""

_FOREIGN = re.compile(rf"""
    \x1b\[[0-9;?]*{MARK}            # CSI
  | \x1b[\]P_^X][\x20-\x7e]{{0,60}}{MARK}  # OSC, DCS, APC, PM, SOS
""", re.VERBOSE)  # fmt: skip
_ISOLATED = re.compile("[\u2066-\u2068]([^\u2066-\u2069]*)\u2069")  # whole, in such a line: its own right (fault G4)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u061c\u200b\u2028\u2029\u2060\ufeff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Run:
    """One command of a case and everything that can be said of it.

    ``raw`` is what a terminal was sent; a command in a pipe has none. ``peak`` is in bytes, ``seconds`` by the clock.
    """

    arguments: tuple[str, ...]
    code: int
    out: bytes
    err: bytes
    raw: bytes = b""
    seconds: float = 0.0
    peak: int = 0
    intents: int = 1
    budget: float = 30.0
    talkative: bool = False  # -v and --debug-http may say more than 20 lines
    asked: tuple[Asked, ...] = ()


def broken(
    runs: Iterable[Run], *, home: Path, cwd: Path, strangers: Iterable[Host], secrets: Mapping[str, str],
    results: Iterable[bytes], given: frozenset[Path],
) -> list[str]:  # fmt: skip
    """What does not hold, a sentence each; empty when all is well.

    Args:
        runs: the commands of the case.
        home: where the profile is.
        cwd: where files are made.
        strangers: hosts that must not see the token.
        secrets: the canary ``token`` and the canary ``signature``.
        results: what whole results are.
        given: files that the case itself put there.
    """
    found: list[str] = []
    for run in runs:
        found += [f"{' '.join(run.arguments)}: {what}" for what in _of_a_run(run, secrets)]
    found += _ids(runs, home)
    found += _files(cwd, set(results), given)
    found += _secrets(home, cwd, strangers, secrets, given)
    found += _profile(home)
    return found


def _of_a_run(run: Run, secrets: Mapping[str, str]) -> Iterator[str]:
    sent = [one for one in run.asked if one.paid and not one.refused]
    if len(sent) > run.intents:
        yield f"I1: {len(sent)} paid requests may have been accepted, for {run.intents}"
    both = run.out + run.err + run.raw
    if b"Traceback (most recent call last)" in both:
        yield f"I4: a traceback: {run.err.decode(errors='replace')[-1500:]}"
    if not run.talkative and len(run.err.splitlines()) > _LINES:
        yield f"I4: {len(run.err.splitlines())} lines on stderr"
    if secrets["token"].encode() in both:
        yield "I5: the token was shown"
    json_wanted = bool({"--json", "--jq", "--events"} & set(run.arguments))
    if secrets["signature"].encode() in (run.err + run.raw if json_wanted else both):
        yield "I5: a signature was shown"
    yield from (f"I6: {one}" for one in controls(run.raw))
    if run.code not in EXITS:
        yield f"I7: exit code {run.code}"
    if run.seconds > run.budget:
        yield f"I8: {run.seconds:.1f} s of {run.budget:.0f}"
    if run.peak > _MEMORY:
        yield f"I9: {run.peak >> 20} MB"


def controls(raw: bytes) -> list[str]:
    """Control codes in what a terminal was sent that are not this program's own."""
    foreign = [f"{one!r} reached the terminal" for one in _FOREIGN.findall(raw.decode("latin-1"))]
    lines = _OWN.sub(b"", raw).decode(errors="replace").split("\n")
    text = "\n".join(_ISOLATED.sub(r"\1", line) if _right_to_left(line) else line for line in lines)
    return sorted(
        {*foreign, *(f"U+{ord(one):04X} reached the terminal" for one in _CONTROL.findall(text.replace("\r", "")))}
    )


def _right_to_left(line: str) -> bool:
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in line)


def _ids(runs: Iterable[Run], home: Path) -> Iterator[str]:
    known = {row[0] for file in home.rglob("journal*.sqlite3") for row in rows(file, "SELECT id FROM generations")}
    for run in runs:
        for asked in run.asked:
            if asked.paid and run.code != 137:
                yield from (f"I2: {one} is not in the journal" for one in asked.ids if one not in known)


def _files(cwd: Path, results: set[bytes], given: frozenset[Path]) -> Iterator[str]:
    for path in sorted(cwd.rglob("*")):
        if path in given or path.name.startswith(".") or path.suffix.lower() not in _MEDIA or not path.is_file():
            continue
        if path.read_bytes() not in results:
            yield f"I3: {path.name} is not a whole result"


def _secrets(
    home: Path, cwd: Path, strangers: Iterable[Host], secrets: Mapping[str, str], given: frozenset[Path]
) -> Iterator[str]:
    token, signature = secrets["token"].encode(), secrets["signature"].encode()
    waiting = any(rows(file, "SELECT 1 FROM generations WHERE url IS NOT NULL") for file in home.rglob("*.sqlite3"))
    for path in sorted({*home.rglob("*"), *cwd.rglob("*")} - given):
        if not path.is_file() or path.stat().st_size > 2**26:
            continue
        data = path.read_bytes()
        if token in data and path.name != "tokens.toml":
            yield f"I5: the token is in {path.name}"
        if signature in data and not (waiting and path.name.startswith("journal")):
            yield f"I5: a signature is in {path.name}"
    for host in strangers:
        for asked in host.asked:
            if secrets["token"] in asked.seen.head or token in asked.seen.body:
                yield f"I5: another host was sent the token: {asked.line}"


def _profile(home: Path) -> Iterator[str]:
    for path in sorted(home.rglob("*")):
        if path.suffix == ".toml":
            yield from _parsed(path, tomllib.loads)
        elif path.suffix == ".json":
            yield from _parsed(path, json.loads)
        elif path.suffix == ".sqlite3" and path.stat().st_size and rows(path, "PRAGMA integrity_check") != [("ok",)]:
            yield f"I10: {path.name} is damaged"


def _parsed(path: Path, read: object) -> Iterator[str]:
    assert callable(read)
    try:
        read(path.read_text(encoding="utf-8"))
    except ValueError as error:
        yield f"I10: {path.name} cannot be read: {error}"


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    """The rows of a query to a database that nobody else has open; none where there is no such table."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=rw", uri=True)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []
    except sqlite3.DatabaseError:
        return [("damaged",)]
