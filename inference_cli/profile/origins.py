"""Which generation of the API was found at which origin, so that it is asked for once."""

from pathlib import Path

from inference_cli.errors import InferenceError
from inference_cli.origin import Origin
from inference_cli.profile.files import locked, read_private, write_atomically
from inference_cli.profile.tomlfile import decode, parse

GENERATIONS = ("current", "2026-04")


def remembered(path: Path, origin: Origin) -> str | None:
    """The generation found at an origin, or None where it has to be asked.

    Args:
        path: the file; one that is missing or damaged remembers nothing.
        origin: exactly this one.
    """
    found = _origins(path).get(str(origin))
    return found if found in GENERATIONS else None


def remember(path: Path, origin: Origin, api: str) -> None:
    """Keep what was found at an origin.

    Args:
        path: the file; a damaged one is started again, since all of it can be asked again.
        origin: where it was found.
        api: ``current`` or ``2026-04``.

    Raises:
        LocalError: the file cannot be written.
    """
    import tomli_w

    with locked(path):
        origins = _origins(path) | {str(origin): api}
        write_atomically(path, tomli_w.dumps({"origins": origins}).encode())


def _origins(path: Path) -> dict[str, str]:
    try:
        origins = parse(decode(read_private(path) or b"", path), path).get("origins", {})
    except InferenceError:
        return {}
    if not isinstance(origins, dict):
        return {}
    return {name: api for name, api in origins.items() if isinstance(api, str)}
