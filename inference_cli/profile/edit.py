"""One change in a TOML file of the user's, with its comments and its order kept."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from inference_cli.errors import UsageError
from inference_cli.profile.tomlfile import parse


def with_value(text: str, keys: tuple[str, ...], value: str | Decimal, path: Path) -> str:
    """The file with one value set, its tables made where they are missing.

    Args:
        text: the file, which is valid TOML.
        keys: the tables, then the key.
        value: what it is set to.
        path: the file's name, for an error.

    Raises:
        UsageError: the file is written in a way that cannot be edited without harm.
    """
    import tomlkit

    with _harmless(path):
        expected = parse(text, path)
        table = expected
        for key in keys[:-1]:
            table = table.setdefault(key, {})
        table[keys[-1]] = value

        document = tomlkit.parse(text)
        inner: Any = document
        added = []
        for depth, key in enumerate(keys):
            if key not in inner:
                added.append((inner, key))
            if depth == len(keys) - 1:
                inner[key] = tomlkit.value(format(value, "f")) if isinstance(value, Decimal) else value
            elif key not in inner:
                inner[key] = tomlkit.table(is_super_table=depth == 0)
            inner = inner[key]
        for table, key in added:
            _above_comments(table, key)
        return _checked(_spaced(tomlkit.dumps(document), text), expected, path)


def without(text: str, keys: tuple[str, ...], path: Path) -> str:
    """The file with one value removed, which is there.

    Args:
        text: the file, which is valid TOML.
        keys: the tables, then the key.
        path: the file's name, for an error.

    Raises:
        UsageError: the file is written in a way that cannot be edited without harm.
    """
    import tomlkit

    with _harmless(path):
        expected = parse(text, path)
        table = expected
        for key in keys[:-1]:
            table = table[key]
        del table[keys[-1]]

        document = tomlkit.parse(text)
        inner: Any = document
        for key in keys[:-1]:
            inner = inner[key]
        del inner[keys[-1]]
        return _checked(tomlkit.dumps(document), expected, path)


def _above_comments(table: Any, name: str) -> None:
    """Move what was just added to a table above the comments before it: they speak of what follows the table."""
    body = getattr(table, "body", None) or getattr(getattr(table, "value", None), "body", [])
    here = next((index for index, (key, _) in enumerate(body) if key is not None and key.key == name), 0)
    place = here
    while place > 0 and body[place - 1][0] is None:
        place -= 1
    if place > 0:
        body.insert(place, body.pop(here))


def _spaced(text: str, before: str) -> str:
    """The file with an empty line above each header that is new in it."""
    old = set(before.splitlines())
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("[") and line.strip() not in old and lines and lines[-1].strip():
            lines.append("\n")
        lines.append(line)
    return "".join(lines)


@contextmanager
def _harmless(path: Path) -> Iterator[None]:
    """Whatever an unusual way of writing does to the editor, the file is left alone and the person told."""
    from tomlkit.exceptions import TOMLKitError

    try:
        yield
    except (TOMLKitError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise _uneditable(path) from error


def _checked(text: str, expected: dict[str, Any], path: Path) -> str:
    """The new text, once it is proved to mean what was meant: a wrong edit is never written."""
    with suppress(UsageError):
        if parse(text, path) == expected:
            return text
    raise _uneditable(path)


def _uneditable(path: Path) -> UsageError:
    return UsageError(f"{path} is written in a way that this program cannot edit safely", hint="Edit it by hand")
