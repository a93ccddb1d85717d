"""TOML files read, with the file and the line in every complaint."""

from pathlib import Path
from typing import Any

from inference_cli.errors import UsageError


def decode(data: bytes, path: Path) -> str:
    """The text of a TOML file; a byte order mark is dropped.

    Raises:
        UsageError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{path}, line {line}: this is not UTF-8 text", hint=_restore(path)) from error


def parse(text: str, path: Path) -> dict[str, Any]:
    """The contents of a TOML file; numbers with a point are exact decimals.

    Raises:
        UsageError: it is not TOML.
    """
    if not text.strip():
        return {}
    import tomllib
    from decimal import Decimal

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise UsageError(f"{path}{_complaint(text, error)}", hint=_restore(path)) from error


def _complaint(text: str, error: Exception) -> str:
    """Where and what, without the bytes around it: they may be a secret."""
    what, found, place = str(error).partition(" (at ")
    if not found:
        return ": it is nested too deeply, or holds a number that is too long"
    line = place.partition(",")[0].removeprefix("line ")
    number = line if line.isdigit() else str(text.count("\n") + 1)
    return f", line {number}: {what[:1].lower()}{what[1:]}"


def _restore(path: Path) -> str:
    kept = path.with_name(path.name + ".bak")
    if kept.exists():
        return f"Correct that line; the version before the last change is {kept}"
    return "Correct that line; nothing was changed"


def line_of(text: str, table: tuple[str, ...], key: str) -> int | None:
    """The line where a key of a table stands, where it is written plainly.

    Args:
        text: the file.
        table: the names in the table's header.
        key: the name before the equals sign.
    """
    current: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            header = stripped.partition("#")[0].strip(" \t[]")
            current = tuple(part.strip(" \t\"'") for part in header.split("."))
        elif current == table and stripped.partition("=")[0].strip(" \t\"'") == key:
            return number
    return None
