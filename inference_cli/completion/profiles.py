"""The profiles as TAB needs them: names, origins, aliases, default models, and which one is the default.

They are read from ``config.toml``; a copy of what matters lies in the cache and is used as long as it was made from the
very same file, since reading TOML takes longer than the whole answer.
"""

import os

from inference_cli.completion.snapshot import HEADER, is_offerable, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SANDBOX, DEFAULT = "sandbox", "default"
SANDBOX_ORIGIN, DEFAULT_ORIGIN = "https://api.sandbox.invalid", "https://hub.oxen.ai"
_LIMIT = 1_000_000  # bytes, as profile/files.py has it
_PORTS = {"https": ":443", "http": ":80"}


class Profiles:
    """What ``config.toml`` says; each table is by profile."""

    def __init__(self) -> None:
        self.active = DEFAULT
        self.origins = {DEFAULT: DEFAULT_ORIGIN, SANDBOX: SANDBOX_ORIGIN}
        self.aliases: dict[str, dict[str, str]] = {}
        self.models: dict[str, dict[str, str]] = {}


def origin_of(url: str) -> str:
    """The origin of a base URL as ``origin.py`` spells it; for one that it refuses, any text."""
    scheme, _, rest = url.strip().partition("://")
    scheme, host = scheme.lower(), rest.partition("/")[0].lower()
    return f"{scheme}://{host.removesuffix(_PORTS.get(scheme, ' '))}"


def read(folder: str, config: str) -> Profiles:
    """The profiles of a settings file, from the copy of it where that is current.

    Args:
        folder: ``completion`` in the cache folder.
        config: the file; one that is missing or damaged has the two profiles that need no file.
    """
    stamp = _stamp(config)
    if not stamp:
        return Profiles()
    text = read_text(os.path.join(folder, "profiles"), _LIMIT)
    if text.startswith(f"{HEADER}stamp\t{stamp}\t{config}\n"):
        return _copied(text)
    return _parsed(config)


def write(folder: "Path", config: "Path") -> None:
    """Renew the copy; never fails."""
    from contextlib import suppress

    from inference_cli.errors import InferenceError
    from inference_cli.profile.files import write_atomically

    stamp = _stamp(str(config))
    if not stamp or not str(config).isprintable():
        return
    profiles = _parsed(str(config))
    rows = [("stamp", stamp, str(config)), ("active", profiles.active)]
    rows += [("profile", *pair) for pair in profiles.origins.items()]
    for kind, tables in (("alias", profiles.aliases), ("model", profiles.models)):
        rows += [(kind, name, *pair) for name, table in tables.items() for pair in table.items()]
    with suppress(InferenceError):
        write_atomically(folder / "profiles", (HEADER + "".join("\t".join(row) + "\n" for row in rows)).encode())


def in_project(cwd: str) -> tuple[dict[str, str], dict[str, str]]:
    """The aliases and the default models of the project file in a folder or above it."""
    while True:
        data = _toml(os.path.join(cwd, "inference.toml"))
        above = os.path.dirname(cwd)
        if data or above == cwd:
            return _words(data.get("aliases")), _models(data)
        cwd = above


def _stamp(path: str) -> str:
    """What changes whenever a file is changed or replaced; empty where there is none."""
    try:
        facts = os.stat(path)
    except OSError:
        return ""
    return f"{facts.st_mtime_ns} {facts.st_size} {facts.st_ino}"


def _copied(text: str) -> Profiles:
    profiles = Profiles()
    for line in text.split("\n"):
        kind, *columns = line.split("\t")
        match [kind, *columns]:
            case ["active", name]:
                profiles.active = name
            case ["profile", name, origin]:
                profiles.origins[name] = origin
            case ["alias", name, alias, model]:
                profiles.aliases.setdefault(name, {})[alias] = model
            case ["model", name, work, model]:
                profiles.models.setdefault(name, {})[work] = model
    return profiles


def _parsed(path: str) -> Profiles:
    profiles = Profiles()
    data = _toml(path)
    active = data.get("default_profile")
    profiles.active = active if isinstance(active, str) and is_offerable(active) else DEFAULT
    tables = data.get("profiles")
    for name, table in tables.items() if isinstance(tables, dict) else ():
        if not isinstance(table, dict) or not is_offerable(name):
            continue
        url = table.get("base_url")
        if name != SANDBOX:
            profiles.origins[name] = origin_of(url) if isinstance(url, str) and url.isprintable() else DEFAULT_ORIGIN
        profiles.aliases[name] = _words(table.get("aliases"))
        profiles.models[name] = _models(table)
    return profiles


def _toml(path: str) -> dict[str, object]:
    text = read_text(path, _LIMIT)
    if not text.strip():
        return {}
    import tomllib

    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}


def _words(table: object) -> dict[str, str]:
    pairs = table.items() if isinstance(table, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str) and is_offerable(key) and is_offerable(value)}


def _models(table: dict[str, object]) -> dict[str, str]:
    named = _words(table)
    return {key.removeprefix("model_"): value for key, value in named.items() if key.startswith("model_")}
