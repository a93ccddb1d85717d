"""Where a user's folders are on Linux, without platformdirs: loading it takes longer than completing a word.

It is the XDG Base Directory Specification; a test holds this module equal to platformdirs.
"""

import os
import sys

TYPE_CHECKING = False  # importing it from typing takes longer than an answer on TAB
if TYPE_CHECKING:
    from collections.abc import Mapping

_BELOW_HOME = {"config": ".config", "state": ".local/state", "data": ".local/share", "cache": ".cache"}


def folder(kind: str, env: "Mapping[str, str]") -> str | None:
    """The program's folder of a kind: config, state, data or cache; None where the platform has to be asked for it."""
    home = env.get("HOME", "")
    if sys.platform != "linux" or "ANDROID_DATA" in env or not os.path.isabs(home):
        return None
    base = env.get(f"XDG_{kind.upper()}_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(home, _BELOW_HOME[kind])
    return os.path.join(base, "inference")
