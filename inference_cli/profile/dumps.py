"""Core dumps, which would hold a token in the clear (fault F15)."""

import contextlib
import resource


def forbid() -> None:
    """Let this process leave no core dump, however it ends; where a system has none there is nothing to forbid."""
    with contextlib.suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
