"""The project file, ``inference.toml`` upwards from the working folder: models, namespace, aliases, templates."""

import contextlib
from pathlib import Path
from typing import Any

from inference_cli.errors import UsageError
from inference_cli.profile import keys
from inference_cli.profile.files import read_plain
from inference_cli.profile.tomlfile import decode, line_of, parse

NAME = "inference.toml"


def find(cwd: Path) -> Path | None:
    """The nearest project file, in the working folder or above it; None where there is none."""
    with contextlib.suppress(OSError):  # the working folder may be gone
        folder = cwd.absolute()
        for place in (folder, *folder.parents):
            with contextlib.suppress(OSError):
                if (place / NAME).is_file():
                    return place / NAME
    return None


def read(path: Path) -> dict[str, Any]:
    """What a project file sets; an alias is under ``aliases.NAME``. Its templates are read by ``templates.py``.

    It comes with somebody's repository, so it can neither move a token nor lift a limit: where the API is, the token,
    and what may be spent stay with the profile (fault F6).

    Raises:
        UsageError: it is damaged, a value cannot be used, or it sets what it must not; it names the file and the line.
    """
    text = decode(read_plain(path) or b"", path)
    values: dict[str, Any] = {}
    for key, value in parse(text, path).items():
        if key == keys.ALIASES:
            if not isinstance(value, dict):
                raise UsageError(f"{_at(path, text, (), key)}: {key} must be a table of names and models")
            for name, model in value.items():
                values[f"{keys.ALIASES}.{name}"] = _value(path, text, (keys.ALIASES,), name, model)
        elif key in {"profiles", "default_profile"} or (key in keys.KEYS and not keys.KEYS[key].in_project):
            raise UsageError(
                f"{_at(path, text, (), key)}: a project file cannot set {key}",
                hint=f"It may set default models, a namespace, aliases and templates; set the rest for yourself:  "
                f"inference config set {key if key in keys.KEYS else 'KEY'} VALUE",
            )
        elif key in keys.KEYS:
            values[key] = _value(path, text, (), key, value)
    return values


def _value(path: Path, text: str, header: tuple[str, ...], key: str, value: object) -> Any:
    setting = keys.ALIAS if header else keys.KEYS[key]
    try:
        return setting.read(value)
    except ValueError as error:
        raise UsageError(f"{_at(path, text, header, key)}: {'.'.join((*header, key))} {error}") from error


def _at(path: Path, text: str, header: tuple[str, ...], key: str) -> str:
    line = line_of(text, header, key)
    return f"{path}, line {line}" if line else str(path)
