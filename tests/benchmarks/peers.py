"""Other programs to compare with: read from ``peers.toml``, used where they are installed."""

import re
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("peers.toml")
_PLACE = re.compile(r"\{([a-z]+)\}")
_SETTINGS = {"program", "env", "files", "any_code", "chat_most"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: its commands by kind of scenario, with places to fill in; ``path`` is None where it is not installed.

    ``chat_most`` is how many tokens it may be asked for, ``any_code`` whether it ends with other codes than 0 when all
    is well.
    """

    name: str
    path: str | None
    commands: Mapping[str, Sequence[str]]
    env: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    any_code: bool = False
    chat_most: int | None = None

    def argv(self, kind: str, **places: object) -> list[str]:
        """A command with its places filled in; braces that name none stay.

        Raises:
            KeyError: it has no command of that kind.
        """
        return [filled(word, program=self.path, **places) for word in self.commands[kind]]


def filled(text: str, **places: object) -> str:
    """A text with ``{name}`` replaced wherever there is such a place."""
    return _PLACE.sub(lambda found: str(places[found[1]]) if found[1] in places else found[0], text)


def read(folder: Path | None, *, file: Path = FILE, path: str | None = None) -> list[Peer]:
    """All peers that are described.

    Args:
        folder: of virtual environments by name; None where there is none, so that only PATH is searched.
        file: the description.
        path: the programs of the system; the PATH of the process by default.

    Raises:
        ValueError: the description is not understood.
    """
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return [_peer(name, table, folder, path) for name, table in tables.items()]


def _peer(name: str, table: Mapping[str, Any], folder: Path | None, path: str | None) -> Peer:
    program = table.get("program")
    if not isinstance(program, str):
        raise ValueError(f"{name} has no program")  # noqa: TRY004 - what is wrong is the file
    commands = {kind: words for kind, words in table.items() if kind not in _SETTINGS}
    for kind, words in commands.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError(f"{name}.{kind} is no list of words")
    settings = {key: table[key] for key in _SETTINGS - {"program"} if key in table}
    return Peer(name, _found(program, folder, path), commands, **settings)


def _found(program: str, folder: Path | None, path: str | None) -> str | None:
    if "/" not in program:
        return shutil.which(program, path=path)
    place = None if folder is None else folder.absolute() / program  # its links are kept: they lead out of environments
    return str(place) if place is not None and place.exists() else None
