"""A template as it stands in a TOML file, read and checked."""

import json
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation import schemas
from inference_cli.conversation.template import Extract, Template
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.profile.templates import Written

_KEYS = ("prompt", "system", "model", "params", "schema", "schema_multi", "tools", "attachments", "extract", "defaults")
_OF_THE_REQUEST = frozenset({"model", "messages", "stream", "tools", "response_format"})
"""What a chat request has beside parameters; some of it has a key of its own here."""
_BUILT_IN = re.compile(r"[a-z][a-z0-9_]*")
_ONLINE = re.compile(r"((image|video|audio|pdf):)?https?://|data:", re.IGNORECASE)


def read(written: "Written") -> Template:
    """A template.

    Raises:
        UsageError: a key is unknown or holds what it cannot; a project's template names a file outside its folder, or a
            tool that runs a program (fault F6). The file and the line are named.
    """
    return _Reader(written).template()


class _Reader:
    """Reads one table, key by key."""

    def __init__(self, written: "Written") -> None:
        self._written = written
        self._table = written.table

    def template(self) -> Template:
        """All of it."""
        for key in self._table:
            if key not in _KEYS:
                close = nearest(key, _KEYS, 1)
                meant = f"; did you mean {close[0]}?" if close else ""
                self._refuse(key, f"a template cannot set {key}{meant}", hint=f"It may set {', '.join(_KEYS)}")
        found = Template(
            name=self._written.name,
            prompt=self._text("prompt"),
            system=self._text("system"),
            model=self._text("model"),
            params=self._params(),
            schema=self._schema(),
            tools=self._list("tools", self._tool),
            attachments=self._list("attachments", self._attachment),
            extract=self._extract(),
            defaults=self._defaults(),
            trusted=self._written.trusted,
        )
        found.variables()
        return found

    def _refuse(self, key: str, sentence: str, *tables: str, hint: str | None = None) -> NoReturn:
        raise UsageError(f"{self._written.at(key, *tables)}: {sentence}", hint=hint)

    def _text(self, key: str) -> str | None:
        value = self._table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip() or "\0" in value):
            self._refuse(key, f"{key} must be text")
        return value

    def _list(self, key: str, read_one: Callable[[str], str]) -> tuple[str, ...]:
        value = self._table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self._refuse(key, f"{key} must be a list of texts")
        return tuple(read_one(one) for one in value)

    def _inner(self, key: str) -> Mapping[str, Any]:
        value = self._table.get(key, {})
        if not isinstance(value, dict):
            self._refuse(key, f"{key} must be a table")
        return cast(Mapping[str, Any], value)

    def _extract(self) -> Extract | None:
        value = self._table.get("extract", False)
        if value not in (True, False, "first", "last"):
            self._refuse("extract", 'extract must be true, false, "first" or "last"')
        return "last" if value == "last" else "first" if value else None

    def _params(self) -> dict[str, Any]:
        found = {}
        for name, value in self._inner("params").items():
            if name in _OF_THE_REQUEST:
                self._refuse(name, f"{name} is no parameter", "params")
            try:
                found[name] = _plain(value)
            except ValueError as error:
                self._refuse(name, f"{name} {error}", "params")
        return found

    def _defaults(self) -> dict[str, str]:
        found = {}
        for name, value in self._inner("defaults").items():
            if not isinstance(value, str | int | Decimal):
                self._refuse(name, f"{name} must be text", "defaults")
            found[name] = str(value).lower() if isinstance(value, bool) else str(value)
        return found

    def _schema(self) -> dict[str, Any] | None:
        value, several = self._table.get("schema"), self._table.get("schema_multi", False)
        if not isinstance(several, bool):
            self._refuse("schema_multi", "schema_multi must be true or false")
        if value is None:
            return None
        if not isinstance(value, str | dict) or (isinstance(value, str) and value.startswith("@")):
            self._refuse("schema", "schema must be the schema itself: text, or a table")
        try:
            schema = schemas.parse(value if isinstance(value, str) else json.dumps(_plain(value)), read_file=str)
        except ValueError as error:
            self._refuse("schema", f"schema {error}")
        except UsageError as error:
            self._refuse("schema", error.message, hint=error.hint)
        return schemas.many(schema) if several else schema

    def _tool(self, name: str) -> str:
        """A project's file may name what is built in; what runs a program, only its user may."""
        if not self._written.trusted and not _BUILT_IN.fullmatch(name):
            self._refuse(
                "tools",
                f"a project's template cannot name the tool {name}, which runs something",
                hint=f"Name it yourself:  -T {name}",
            )
        return name

    def _attachment(self, source: str) -> str:
        """A file is looked for beside the template's own; a project's may not reach out of its folder."""
        if source == "-":
            self._refuse("attachments", "a template cannot attach standard input")
        if _ONLINE.match(source):
            return source
        folder = self._written.path.parent
        path = folder / source
        if self._written.trusted:
            return str(folder / Path(source).expanduser()) if "://" not in source else source
        try:
            inside = path.resolve().is_relative_to(folder.resolve())
        except (OSError, RuntimeError, ValueError):
            inside = False
        if not inside or "://" in source:
            self._refuse(
                "attachments",
                f"a project's template cannot attach {source}, which is outside its folder",
                hint=f"Attach it yourself:  -a {source}",
            )
        return str(path)


def _plain(value: Any) -> Any:
    """TOML's values as JSON's.

    Raises:
        ValueError: JSON has no such value; the text says so as the end of a sentence.
    """
    if isinstance(value, dict):
        return {key: _plain(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside) for inside in value]
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("must be a finite number")
    if not isinstance(value, str | int | float):
        raise ValueError("must be text, a number, true, false, a list or a table")  # noqa: TRY004 - one kind for all
    return value
