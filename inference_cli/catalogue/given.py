"""``--input``: an object of parameters, as JSON or as TOML."""

from typing import Any

from inference_cli.catalogue.typed import TOO_DEEP, is_deep, literal
from inference_cli.errors import UsageError


def parse(text: str, name: str) -> dict[str, Any]:
    """Read the parameters of a file.

    Args:
        text: its content; JSON begins with a brace.
        name: how the user named it, for the error.

    Raises:
        UsageError: it is neither, or no object.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise UsageError(f"{name} is empty", hint='It looks like  {"prompt": "a fox", "seed": 7}')
    if start.startswith("{") or _is_json(start):
        try:
            value = literal(start)
        except ValueError as error:
            raise UsageError(f"{name} is not JSON: {error}") from None
    else:
        import tomllib

        try:
            value = tomllib.loads(start.replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise UsageError(f"{name} is neither JSON nor TOML: {error}") from None
        if is_deep(value):
            raise UsageError(f"{name} cannot be used: {TOO_DEEP}")
    if not isinstance(value, dict):
        raise UsageError(f"{name} holds no object of parameters", hint='It looks like  {"prompt": "a fox", "seed": 7}')
    return value


def _is_json(text: str) -> bool:
    """Whether all of it is JSON: a list looks like the heading of a TOML table at first."""
    try:
        literal(text)
    except ValueError:
        return False
    return True
