"""An error as a person reads it on stderr, and as JSON on stdout."""

from contextlib import suppress
from typing import TYPE_CHECKING

from inference_cli.errors import Interrupted, LocalError, ParameterError, UsageError
from inference_cli.terminal.safe import block, line

if TYPE_CHECKING:
    from inference_cli.errors import InferenceError
    from inference_cli.terminal.output import Output

_DETAILS, _HINTS = 11, 7  # lines at most; with the message fewer than 20, so that what was before stays in sight
_PARAMETERS = 17  # lines of parameters that do not fit: each is to be mended; with message and hint a screen of 20
_LAST = 2  # lines of a long hint that stay: its end says what to type
_LONGEST = 500  # characters of a line that may come from a server
_LONGEST_HINT = 4000  # a hint is ours, and may name a hundred ids in one command
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
    with suppress(LocalError):  # a full disk behind stdout may be the very error, and stderr has said it
        _show_as_json(output, error)


def _lines(output: "Output", error: "InferenceError") -> list[str]:
    message = _cut(line(error.message), _LONGEST)
    word = "" if isinstance(error, Interrupted) else output.paint("error:", "bad") + " "
    inset = "  " if word else "    "
    details = [inset + _cut(line(detail), _LONGEST) for detail in error.details]
    hints = [f"  {_cut(hint, _LONGEST_HINT)}" for hint in block(error.hint).split("\n")] if error.hint else []
    return [
        f"{word or '  '}{message}",
        *_shortened(details, _PARAMETERS if isinstance(error, ParameterError) else _DETAILS, inset),
        *_shortened(hints[:-_LAST], _HINTS - _LAST, "  "),
        *hints[-_LAST:],
    ]


def _shortened(lines: list[str], limit: int, inset: str) -> list[str]:
    if len(lines) <= limit:
        return lines
    return [*lines[: limit - 1], f"{inset}… and {len(lines) - limit + 1} more"]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


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
