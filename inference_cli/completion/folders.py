"""Where the program's folders are, found without pathlib and platformdirs: importing them takes longer than an answer.

``profile/paths.py`` decides where they are; a test holds this module equal to it.
"""

import os
import sys

_BELOW_HOME = {"config": ".config", "state": ".local/state", "data": ".local/share", "cache": ".cache"}


def folder(kind: str, env: dict[str, str]) -> str:
    """The folder of a kind: config, state, data or cache.

    Raises:
        Exception: there is none; completion then has nothing to offer.
    """
    named = env.get(f"INFERENCE_{kind.upper()}_DIR", "")
    if named.strip():
        return os.path.abspath(named)
    home = env.get("HOME", "")
    if sys.platform != "linux" or "ANDROID_DATA" in env or not os.path.isabs(home):
        from inference_cli.profile.paths import Paths

        return str(getattr(Paths.from_environment(env), kind))
    base = env.get(f"XDG_{kind.upper()}_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(home, _BELOW_HOME[kind])
    return os.path.join(base, "inference")
