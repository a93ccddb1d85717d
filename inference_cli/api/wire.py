"""httpx, imported once for the whole package: without what is not used of it, and with its logging kept quiet."""

import sys

from inference_cli.api.spare import spared

# httpx imports its command line (click, rich, pygments) whenever click happens to be installed; that doubles its cost.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # None is how the import system marks "not here"

with spared():
    import httpx

if "logging" in sys.modules:  # otherwise what stands in for it keeps quiet
    import logging

    # At INFO they print whole URLs, signatures included (fault F4); --debug-http prints a redacted trace of our own.
    for _name in ("httpx", "httpcore", "hpack"):
        logging.getLogger(_name).setLevel(logging.WARNING)

__all__ = ["httpx"]
