"""The token that the service's own tool keeps, read from its file and never changed there."""

from collections.abc import Mapping
from pathlib import Path

from inference_cli.errors import TokenError
from inference_cli.profile.files import read_plain
from inference_cli.profile.tokens import normalise
from inference_cli.profile.tomlfile import decode, parse


def service_file(env: Mapping[str, str]) -> Path:
    """Where the service's own tool keeps its tokens: ``~/.config/oxen/auth_config.toml``."""
    home = env.get("HOME", "")
    return (Path(home) if home else Path.home()) / ".config" / "oxen" / "auth_config.toml"


def import_service_file(path: Path, host: str) -> str | None:
    """The token of a host in that file, or None where it has none.

    The file is a list of tables ``[[host_configs]]``, each with ``host`` and ``auth_token``.

    Args:
        path: the file.
        host: exactly this one, in lower case; with its port where it is not the scheme's own.

    Raises:
        UsageError: the file is damaged.
        LocalError: it cannot be read.
        TokenError: it holds something for the host that is no token.
    """
    data = parse(decode(read_plain(path) or b"", path), path)
    rows = data.get("host_configs", [])
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("host") == host:
            token = row.get("auth_token")
            if not isinstance(token, str):
                raise TokenError(f"{path} has no token for {host}", hint="Sign in:  inference auth login")
            return normalise(token)
    return None
