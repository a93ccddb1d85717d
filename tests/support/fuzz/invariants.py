"""What holds for every run of the program, whatever it was given (faults I1, I3 to I7)."""

import itertools
import re
from pathlib import Path

from inference_cli.errors import Exit
from tests.support.api import CANARY
from tests.support.program import Finished

MOST_LINES = 20
_CODES = frozenset(int(code) for code in Exit) - {int(Exit.BUG)}
_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\??[0-9;]*[ABCDGHJKhl]|\x1b\]8;;[^\x1b\x07]*(?:\x1b\\|\x07)|\x1b[78]")
"""What the program itself writes to a terminal: colours, moves of the cursor, links, its own marks."""
_UP = re.compile(r"\x1b\[(\d+)A")
"""Lines that are drawn anew."""
_NUMBER = re.compile(r"\d+")
"""Lines that differ by their seconds are one: a long wait says now and then that it still waits."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\U000e0000-\U000e007f]")
_FOREIGN = re.compile(r"\x1b\[31337m|\x1b\]52|\x1b\]0;canary|\x1b\]8;;https://evil|\x1bP1;1|\x1b_|\x9b6n|\x90canary")
"""Of ``documents.HOSTILE`` what could be mistaken for the program's own."""


def broken(done: Finished, home: Path, *, terminal: bool = False) -> list[str]:
    """Which invariants a run broke, in words that are the same for the same cause.

    Args:
        done: the run.
        home: its home, where a crash leaves a file.
        terminal: whether its streams were terminals.
    """
    found = []
    if done.code not in _CODES:
        found.append(f"exit {done.code}: {_crash(home) or done.err.strip()[-200:]}")
    if "Traceback (most recent call last)" in done.err + done.out:
        found.append("a traceback")
    lines = list(dict.fromkeys(_NUMBER.sub("#", _OURS.sub("", done.err)).splitlines()))
    if len(lines) - sum(int(up) for up in _UP.findall(done.err)) > MOST_LINES:
        found.append(f"more than {MOST_LINES} lines on stderr: {lines[0][:60]}")
    if CANARY in done.out + done.err:
        found.append("the token was printed")
    if terminal:
        found += [f"a control character on {name}" for name in _unsafe({"stdout": done.out, "stderr": done.err})]
    return found


def _unsafe(streams: dict[str, str]) -> list[str]:
    found = []
    for name, written in streams.items():
        seen = _FOREIGN.search(written) or _CONTROL.search(_OURS.sub("", written))
        if seen is not None:
            found.append(f"{name}: {seen[0]!r}")
    return found


def _crash(home: Path) -> str:
    """The kind of the error and the innermost place of this program that it went through."""
    path = home / "state" / "crash.txt"
    if not path.exists():
        return ""
    kind, *rest = path.read_text().splitlines()
    places = [line.strip() for line in itertools.takewhile(lambda line: line.startswith(" "), rest)]
    ours = [place.rpartition("inference_cli/")[2] for place in places if "inference_cli/" in place]
    within = "" if places and "inference_cli/" in places[-1] else f", inside {places[-1].rpartition('/')[2]}"
    return f"{kind} at {ours[-1] if ours else '?'}{within}"
