"""Templates on disk: a TOML file each beside the profiles, and the tables ``[templates.NAME]`` of a project file.

What is in a template means nothing here: ``conversation/template.py`` reads it.
"""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference_cli.errors import LocalError, NotFoundError, UsageError
from inference_cli.profile.files import LIMIT, Notice, locked, read_plain, read_private, silent, write_atomically
from inference_cli.profile.tomlfile import decode, line_of, parse

TABLE = "templates"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SHOWN = 8  # names in an error


@dataclass(frozen=True, slots=True)
class Written:
    """A template as it stands in a file.

    ``header`` names its table there, empty where the file holds nothing else. ``trusted`` says that it is the user's
    own: a project's comes with somebody's repository, like the project file itself (fault F6).
    """

    name: str
    table: Mapping[str, Any]
    path: Path
    header: tuple[str, ...] = ()
    trusted: bool = True
    text: str = ""

    def at(self, key: str, *tables: str) -> str:
        """Where a key stands, for an error: the file, and the line where that is plain to see."""
        line = line_of(self.text, (*self.header, *tables), key)
        return f"{self.path}, line {line}" if line else str(self.path)


class Templates:
    """All templates in reach; where two have one name, the project's is meant.

    Args:
        folder: of the user's own; it need not exist.
        project: the project file, where there is one.
        notice: takes a sentence about what was repaired, or is not as it seems.
    """

    def __init__(self, folder: Path, project: Path | None = None, *, notice: Notice = silent) -> None:
        self._folder = folder
        self._project = project
        self._notice = notice

    def names(self) -> tuple[str, ...]:
        """All names, in order.

        Raises:
            UsageError: the project file is damaged.
        """
        own: list[str] = []
        with contextlib.suppress(OSError):
            own = [path.stem for path in self._folder.glob("*.toml") if _NAME.fullmatch(path.stem)]
        return tuple(sorted({*own, *self._of_project()[1]}))

    def get(self, name: str) -> Written:
        """A template.

        Raises:
            NotFoundError: there is none of that name; the closest are named.
            UsageError: its file is damaged.
            LocalError: its file belongs to another user, or cannot be read.
        """
        text, tables = self._of_project()
        if name in tables and self._project is not None:
            table = tables[name]
            if not isinstance(table, dict):
                line = line_of(text, (TABLE,), name)
                where = f"{self._project}, line {line}" if line else str(self._project)
                raise UsageError(f"{where}: {name} must be a table: [{TABLE}.{name}]")
            return Written(name, table, self._project, (TABLE, name), trusted=False, text=text)
        path = self._folder / f"{name}.toml"
        data = read_private(path, notice=self._notice) if _NAME.fullmatch(name) else None
        if data is None:
            raise self._missing(name)
        text = decode(data, path)
        return Written(name, parse(text, path), path, text=text)

    def save(self, name: str, table: Mapping[str, Any], *, force: bool = False) -> Path:
        """Write one of the user's own templates.

        Args:
            name: letters, digits, dots, dashes and underscores, up to 64.
            table: what TOML can hold.
            force: replace one that is there.

        Returns:
            Its file.

        Raises:
            UsageError: the name will not do, there is one already, or TOML cannot hold the table.
            LocalError: the file cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(
                "the name of a template must be letters, digits, dots, dashes and underscores, 64 at most",
                hint="It begins with a letter or a digit",
            )
        data = _written(name, table)
        path = self._folder / f"{name}.toml"
        with locked(path):
            if path.exists() and not force:
                raise UsageError(f"there is a template {name} already: {path}", hint="Replace it:  --force")
            write_atomically(path, data)
        if name in self._of_project()[1]:
            self._notice(f"in this folder the template {name} of {self._project} is used instead")
        return path

    def _of_project(self) -> tuple[str, Mapping[str, Any]]:
        if self._project is None:
            return "", {}
        text = decode(read_plain(self._project) or b"", self._project)
        tables = parse(text, self._project).get(TABLE, {})
        if not isinstance(tables, dict):
            raise UsageError(f"{self._project}: {TABLE} must be a table for each template: [{TABLE}.NAME]")
        return text, tables

    def _missing(self, name: str) -> NotFoundError:
        import difflib

        known = self.names()
        close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        listed = ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
        details = [f"closest: {', '.join(close)}"] if close else [f"there are: {listed}"] if known else []
        return NotFoundError(
            f"no template named {name}",
            details=details,
            hint='Nothing was sent.  Keep one:  inference chat "Translate: {input}" --save-template NAME',
        )


def _written(name: str, table: Mapping[str, Any]) -> bytes:
    import tomli_w

    try:
        # Inside a text of several lines TOML reads every line end as a plain one: CRLF has to be spelled out.
        several = not _holds_return(table)
        data = tomli_w.dumps(table, multiline_strings=several).encode()
    except (TypeError, ValueError) as error:
        raise UsageError(f"the template {name} cannot be written as TOML: {error}") from error
    if len(data) > LIMIT:
        raise LocalError(f"the template {name} is larger than {LIMIT // 10**6} MB", hint="Put large files online")
    return data


def _holds_return(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_return(inside) for inside in value.values())
    if isinstance(value, list | tuple):
        return any(_holds_return(inside) for inside in value)
    return isinstance(value, str) and "\r" in value
