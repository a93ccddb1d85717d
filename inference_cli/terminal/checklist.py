"""What checks found, a line each: the word, what was looked at, what it is, and the next command."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from inference_cli.terminal.safe import line
from inference_cli.terminal.styles import Style, painted

Word = Literal["ok", "warning", "failure"]
WORDS: tuple[Word, ...] = ("ok", "warning", "failure")
_STYLES: dict[Word, Style] = {"ok": "good", "warning": "waiting", "failure": "bad"}
_WIDEST = 100  # columns; longer lines are hard to read
_NARROWEST = 24  # columns of a sentence, however narrow the terminal is
_GAP = 2
_BETWEEN = re.compile(r"\n| {4,}")  # two fixes


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: ``check`` is a stable name for scripts, ``fix`` ends with the next command behind a colon."""

    state: Word
    check: str
    message: str
    fix: str | None = None


def drawn(findings: Sequence[Finding], *, width: int, color: bool) -> str:
    """The lines for a terminal; long sentences are folded, a fix stands whole below what it mends.

    Args:
        findings: texts from outside or not.
        width: columns of the terminal.
        color: whether the words have their colours.
    """
    first = max(map(len, WORDS)) + _GAP
    second = max((len(line(finding.check)) for finding in findings), default=0) + _GAP
    margin = " " * (2 + first + second)
    room = max(_NARROWEST, min(width, _WIDEST) - len(margin))
    text = ""
    for finding in findings:
        word = painted(finding.state, _STYLES[finding.state], color=color) + " " * (first - len(finding.state))
        folded = textwrap.wrap(line(finding.message), room, break_on_hyphens=False, break_long_words=False) or [""]
        text += f"  {word}{line(finding.check):<{second}}{folded[0]}\n"
        text += "".join(f"{margin}{more}\n" for more in folded[1:])
        for fix in _BETWEEN.split(finding.fix) if finding.fix else ():  # a command has to be copied in one piece
            text += f"{margin}{line(fix)}\n"
    return text


def rows(findings: Iterable[Finding]) -> list[tuple[str, ...]]:
    """The same as cells for a pipe: word, check, message, fix."""
    return [
        (finding.state, finding.check, finding.message, _BETWEEN.sub("; ", finding.fix or "")) for finding in findings
    ]


def summary(findings: Sequence[Finding]) -> str:
    """``1 failure, 2 warnings, 14 ok``."""
    counts = {word: sum(finding.state == word for finding in findings) for word in reversed(WORDS)}
    named = [f"{count} {word}{'s' if word != 'ok' and count != 1 else ''}" for word, count in counts.items() if count]
    return ", ".join(named)


def checklist_document(findings: Sequence[Finding], *, schema: int) -> dict[str, Any]:
    """The same for ``--json``: ``ok`` says whether no check failed.

    Args:
        findings: in the order of the lines.
        schema: the version of the contract.
    """
    return {
        "schema": schema,
        "ok": all(finding.state != "failure" for finding in findings),
        "data": [
            {"check": finding.check, "state": finding.state, "message": finding.message, "fix": finding.fix}
            for finding in findings
        ],
    }
