"""The command tree as data, and what every emitter asks of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "file", "folder", "model", "parameter", "generation", "conversation", "profile"]
DYNAMIC: frozenset[Kind] = frozenset({"model", "parameter", "generation", "conversation", "profile"})
"""What the program is asked for on TAB; everything else is in the scripts."""
_LONGEST = 90  # characters of a description beside a completion


@dataclass(frozen=True, slots=True)
class Flag:
    """An option; ``names`` are its spellings with their dashes, ``default`` is the value that its help names."""

    names: tuple[str, ...]
    help: str = ""
    takes_value: bool = False
    choices: tuple[str, ...] = ()
    repeatable: bool = False
    kind: Kind = "text"
    metavar: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """A positional argument."""

    name: str
    help: str = ""
    choices: tuple[str, ...] = ()
    repeatable: bool = False
    kind: Kind = "text"
    metavar: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group of them; ``details`` is all that its help says."""

    name: str
    help: str = ""
    flags: tuple[Flag, ...] = ()
    commands: tuple["Command", ...] = ()
    arguments: tuple[Argument, ...] = ()
    details: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A command with the way to it; its flags include those of the commands above it, which may stand anywhere."""

    path: tuple[str, ...]
    command: Command
    flags: tuple[Flag, ...]

    @property
    def key(self) -> str:
        """The way as one word: ``inference/queue/list``."""
        return "/".join(self.path)


def places(tree: Command) -> tuple[Place, ...]:
    """Every command of the tree, the root first."""
    return tuple(_below(tree, (), ()))


def _below(command: Command, path: tuple[str, ...], above: tuple[Flag, ...]) -> Iterator[Place]:
    own = {name for flag in command.flags for name in flag.names}
    flags = command.flags + tuple(flag for flag in above if own.isdisjoint(flag.names))
    here = (*path, command.name)
    yield Place(here, command, flags)
    for below in command.commands:
        yield from _below(below, here, flags)


def valued(tree: Command) -> tuple[tuple[str, Flag], ...]:
    """Every flag that takes a value, as a pattern over "place flag".

    It is ``* --model`` where a flag means the same everywhere, else there is one with each place.
    """
    known: dict[str, list[tuple[str, Flag]]] = {}
    for place in places(tree):
        for flag in place.flags:
            for name in flag.names:
                known.setdefault(name, []).append((place.key, flag))
    patterns: list[tuple[str, Flag]] = []
    for name, uses in known.items():
        if len({_nature(flag) for _, flag in uses}) == 1:
            patterns.append((f"* {name}", uses[0][1]))
        else:
            patterns += [(f"{key} {name}", flag) for key, flag in uses]
    return tuple((pattern, flag) for pattern, flag in patterns if flag.takes_value)


def _nature(flag: Flag) -> tuple[bool, tuple[str, ...], Kind]:
    return flag.takes_value, flag.choices, flag.kind


def described(text: str) -> str:
    """The first line of a help text, short enough to stand beside a completion, without control characters."""
    first = (text.strip().splitlines() or [""])[0].rstrip(".")
    first = "".join(char if char.isprintable() else " " for char in first)
    return first if len(first) <= _LONGEST else first[: _LONGEST - 1] + "…"
