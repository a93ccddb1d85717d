"""Every published model, by its own command: what fits is built, what does not fit is refused and nothing is sent.

``python -m tests.support.proof`` prints what was tried as a table.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inference_cli.catalogue.faults import shortened
from inference_cli.sandbox.validation import faults as sandbox_faults
from tests.support.program import Finished
from tests.support.wire import Wired, rows
from tests.support.wishes import Wish, fullest, least, parts, verb
from tests.support.wrongs import Wrong, wrongs

SAYS = {
    "wrong type": "must be ",
    "not whole": "must be ",
    "outside the options": "must be ",
    "below the range": "must be ",
    "above the range": "must be ",
    "too many": " at most",
    "too few": " at least",
    "too long": " at most",
    "no URL": "is no URL; a file is sent with -p ",
    "other media": ", not a",
    "missing": "is required",
    "empty prompt": "the prompt is empty",
    "no prompt taken": "this model takes no prompt",
    "unknown key": "no such parameter",
    "missing inside": "needs ",
    "unknown key inside": "no such parameter",
    "either … or": "exclude each other",
    "needs another": "needs start_image_url (--first-frame) as well",
    "all shots together": "s together; ",
    "shared limit": " together",
    "flag without parameter": "no parameter for it",
    "given twice": "is given twice, and takes one value",
    "flag and -p": "names seed, as -p seed=8 does",
}
"""What the line of a fault says, by kind."""
_CURED = frozenset({"wrong type", "unknown key", "missing", "shared limit"})
"""Kinds that ``--no-validate`` sends."""
_QUEUE = ("queue", "submit")


@dataclass(slots=True)
class Tally:
    """What was tried with some models, and what did not go as it must."""

    models: int = 0
    valid: int = 0
    unchecked: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another one in."""
        self.models += other.models
        self.valid += other.valid
        self.unchecked += other.unchecked
        self.lines += other.lines
        self.refused.update(other.refused)
        self.problems.extend(other.problems)


def with_a_command() -> list[str]:
    """The models that ``image`` and ``video`` are for."""
    return [name for name in rows() if parts(name) and verb(name) in {"image", "video"}]


def without_one() -> list[str]:
    """The others, which those commands and the queue refuse."""
    return [name for name in rows() if name not in with_a_command()]


def accepted(name: str, wired: Wired) -> Tally:
    """Valid requests to a model: the least, all parameters by flags, all by ``-p``, each with ``--dry-run``."""
    tally = Tally(models=1)
    commands: list[tuple[Sequence[str], Wish]] = [
        (("",), least(name)),
        (("",), fullest(name, flags=True)),
        (("",), fullest(name, flags=False)),
        (_QUEUE, least(name)),
    ]
    for words, wish in commands:
        line = (*(words if words[0] else (verb(name),)), "-m", name, *wish.arguments, "--dry-run", "--json")
        done = wired(*line)
        tally.lines += 1
        problem = _unlike(wish, done)
        tally.valid += problem is None
        tally.problems.extend([f"{' '.join(line)}: {problem}"] if problem else [])
    return _without_cost(tally, wired)


def _unlike(wish: Wish, done: Finished) -> str | None:
    """How a request differs from what was wished for, or from what the sandbox takes."""
    if done.code != 0:
        return done.err
    (body,) = done.json["request"]["bodies"]
    if body.pop("model") != wish.name or _text(body) != _text(wish.body):
        return f"{_text(body)} is not {_text(wish.body)}"
    found = sandbox_faults(rows()[wish.name]["request_schema"], body)
    return "; ".join(found) or None


def _text(value: object) -> str:
    """JSON that tells 1 from true and from "1"."""
    return json.dumps(value, sort_keys=True)


def refused(name: str, wired: Wired) -> Tally:
    """Every kind of fault that a request to a model can have, without ``--dry-run``: what slips through is sent."""
    tally = Tally(models=1)
    for wrong in wrongs(name):
        ways: list[tuple[str, ...]] = [(verb(name),), _QUEUE] if "unknown key" in wrong.kinds else [(verb(name),)]
        for words in ways:
            line = (*words, "-m", name, "--yes", *wrong.arguments)
            tally.lines += 1
            problems = list(_untold(wrong, wired(*line)))
            tally.problems.extend(f"{' '.join(line)}: {problem}" for problem in problems)
            tally.refused.update(kind for kind, _ in wrong.faults if not problems and words != _QUEUE)
        if wrong.kinds <= _CURED:
            line = (verb(name), "-m", name, *wrong.arguments, "--no-validate", "--dry-run", "--json")
            done = wired(*line)
            tally.lines += 1
            tally.unchecked += done.code == 0
            tally.problems.extend([f"{' '.join(line)}: {done.err}"] if done.code else [])
    return _without_cost(tally, wired)


def _untold(wrong: Wrong, done: Finished) -> Iterator[str]:
    """What of a wrong command line was not refused, or not in its own words."""
    if done.code != 2 or done.out:
        yield f"exit {done.code}, {done.out!r}"
    lines = [line.strip() for line in done.err.splitlines()]
    for kind, spelling in wrong.faults:
        begins, said = shortened(spelling).removesuffix("…"), SAYS[kind.removesuffix(", inside")]
        if not any(line.startswith(begins) and said in line for line in lines):
            yield f"{spelling} is not told: {done.err}"


def turned_away(name: str, wired: Wired) -> Tally:
    """A model of another kind, by every command that takes parameters."""
    tally = Tally(models=1)
    for words in (("image",), ("video",), _QUEUE):
        line = (*words, "hello", "-m", name, "--yes", "-p", "temperature=1")
        done = wired(*line)
        tally.lines += 1
        right = done.code == 2 and f"{name} makes {verb(name)}" in done.err
        tally.refused["model of another kind"] += right
        tally.problems.extend([] if right else [f"{' '.join(line)}: {done.code} {done.err}"])
    return _without_cost(tally, wired)


def _without_cost(tally: Tally, wired: Wired) -> Tally:
    tally.problems.extend(f"{line} went out" for line in wired.wire.costly)
    wired.wire.costly.clear()
    return tally


def all_of_them(wired: Wired) -> dict[str, Tally]:
    """Everything, by endpoint."""
    found: dict[str, Tally] = {}
    for name in rows():
        tally = found.setdefault(rows()[name]["endpoint"], Tally())
        if name in without_one():
            tally.add(turned_away(name, wired))
            continue
        tally.add(accepted(name, wired))
        more = refused(name, wired)
        more.models = 0
        tally.add(more)
    return found


def table(found: dict[str, Tally], free: int) -> str:
    """What was tried, for people."""
    total = Tally()
    for tally in found.values():
        total.add(tally)
    head = ("endpoint", "models", "valid", "faults refused", "sent unchecked", "command lines", "problems")
    body = [(name, *_numbers(tally)) for name, tally in sorted(found.items())]
    kinds = [(kind, str(number)) for kind, number in total.refused.most_common()]
    costly = sum(problem.endswith("went out") for problem in total.problems)
    return "\n".join(
        [
            *_columns([head, *body, ("all", *_numbers(total))]),
            "",
            *_columns([("kind of fault", "refused"), *kinds]),
            "",
            f"requests on the wire: {free} free questions about models, {costly} that could cost",
            *total.problems[:20],
        ]
    )


def _numbers(tally: Tally) -> tuple[str, ...]:
    counts = (tally.models, tally.valid, tally.refused.total(), tally.unchecked, tally.lines, len(tally.problems))
    return tuple(map(str, counts))


def _columns(lines: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]


def main() -> int:
    """Try everything and print the table; 1 when something did not go as it must."""
    with tempfile.TemporaryDirectory() as folder:
        wired = Wired(Path(folder))
        found = all_of_them(wired)
    sys.stdout.write(table(found, wired.wire.free) + "\n")
    return int(any(tally.problems for tally in found.values()))


if __name__ == "__main__":
    sys.exit(main())
