"""The environment of a child: never with a token in it (fault F13)."""

from collections.abc import Collection, Mapping

from inference_cli.profile.children import scrubbed

__all__ = ["chosen", "scrubbed"]

_BASICS = frozenset({"PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LANGUAGE", "TZ", "TMPDIR"})


def chosen(environ: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Of a scrubbed environment only what every program needs, and these."""
    return {
        name: value for name, value in environ.items() if name in _BASICS or name.startswith("LC_") or name in names
    }
