"""An error as a person reads it on stderr, and as JSON on stdout."""

from typing import TYPE_CHECKING

from inference_cli.errors import Interrupted, UsageError
from inference_cli.terminal.safe import block, line

if TYPE_CHECKING:
    from inference_cli.errors import InferenceError
    from inference_cli.terminal.output import Output

_LINES = 12  # of details and of a hint each: an error must not scroll away what was before it
_LONGEST = 500  # characters of a line that may come from a server
_PIPE = 13  # the signal of a closed pipe, about which nobody wants to read


def show_error(output: "Output", error: "InferenceError") -> None:
    """Say what happened and what to do next.

    The text goes to stderr. With ``--json`` the error goes to stdout as a document too, unless the command wrote one
    that holds it already; with ``--events`` as the last event.
    """
    if isinstance(error, Interrupted) and error.signum == _PIPE:
        return
    for text in _lines(output, error):
        output.say(text)
    _show_as_json(output, error)


def _lines(output: "Output", error: "InferenceError") -> list[str]:
    message = _cut(line(error.message))
    word = "" if isinstance(error, Interrupted) else output.paint("error:", "bad") + " "
    lines = [f"{word}{message}" if word else f"  {message}"]
    inset = "  " if word else "    "
    lines += _shortened([inset + _cut(line(detail)) for detail in error.details], inset)
    hints = block(error.hint).split("\n") if error.hint else []
    return lines + _shortened([f"  {_cut(hint)}" for hint in hints], "  ")


def _shortened(lines: list[str], inset: str) -> list[str]:
    if len(lines) <= _LINES:
        return lines
    return [*lines[: _LINES - 1], f"{inset}… and {len(lines) - _LINES + 1} more"]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _show_as_json(output: "Output", error: "InferenceError") -> None:
    if output.wants_events:
        from inference_cli.terminal.documents import dumped, error_event

        output.result(dumped(error_event(error)))
    elif output.wants_document and not output.said_everything:
        from inference_cli.terminal.documents import error_document

        try:
            output.document(error_document(error))
        except UsageError:
            return  # a filter for what was hoped for; the text on stderr says what happened instead
