"""Where the program's folders are, found without pathlib and platformdirs: importing them takes longer than an answer.

``profile/paths.py`` decides where they are; a test holds this module equal to it.
"""

import os

from inference_cli import xdg


def folder(kind: str, env: dict[str, str]) -> str:
    """The folder of a kind: config, state, data or cache.

    Raises:
        Exception: there is none; completion then has nothing to offer.
    """
    named = env.get(f"INFERENCE_{kind.upper()}_DIR", "")
    if named.strip():
        return os.path.abspath(named)
    found = xdg.folder(kind, env)
    if found is not None:
        return found
    from inference_cli.profile.paths import Paths

    return str(getattr(Paths.from_environment(env), kind))
