"""What typer imports and nobody here uses: half of what it costs to import it.

Its own completion, pretty tracebacks, dates and UUIDs as arguments, translations, and what pathlib and inspect, which
it needs, have for others.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from inference_cli.standins import Names, without


def _as_it_is(message: str) -> str:
    """A sentence of typer's in English, as all others are, whatever a catalogue on this machine has for it."""
    return message


SPARED: Mapping[str, Names] = {
    "ast": Names(classes=("NodeVisitor",)),
    "datetime": Names(classes=("datetime",)),
    "difflib": Names(functions=("get_close_matches",)),
    "gettext": Names(others={"gettext": _as_it_is}),
    "shutil": Names(functions=("get_terminal_size",)),
    "traceback": Names(classes=("FrameSummary", "StackSummary")),
    "typer._click.shell_completion": Names(classes=("CompletionItem",)),
    "typer.completion": Names(functions=("get_completion_inspect_parameters",)),
    "urllib.parse": Names(functions=("quote_from_bytes",)),
    "uuid": Names(classes=("UUID",)),
}


def spared() -> AbstractContextManager[None]:
    """Import typer inside."""
    return without(SPARED)
