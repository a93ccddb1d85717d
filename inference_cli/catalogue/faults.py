"""What is wrong with a request: a line for each fault, all of them in one error."""

from collections.abc import Sequence

from inference_cli.errors import ParameterError
from inference_cli.frozen import dataclass, field

_WIDEST = 40  # characters of what the user typed that a line shows
_COLUMN = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: how the user spelled it (``--duration 7``), and a sentence (``must be 5 or 10``).

    ``final`` says that ``--no-validate`` does not send it either: there is nothing that could be sent.
    """

    spelling: str
    sentence: str
    final: bool = field(default=False, compare=False)


def shortened(text: str, widest: int = _WIDEST) -> str:
    """Text on one line and not longer than that; a data URL keeps no more than its type."""
    line = " ".join(text.lstrip()[: 100 * widest].split())  # a prompt may have megabytes (fault A37)
    at = line.find(";base64,")
    if at != -1 and len(line) > widest:
        line = line[: at + len(";base64,")] + "…"
    return line if len(line) <= widest else line[: widest - 1] + "…"


def error_of(model: str, faults: Sequence[Fault], *, validated: bool = True) -> ParameterError:
    """The error for a request to a model.

    Args:
        model: its id.
        faults: at least one; shown are the prompt's, those of flags, those of ``-p``, then what is missing.
        validated: whether the schema had a say, so that ``--no-validate`` may help; it does where no fault is final.
    """
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: _rank(fault.spelling))
    spelled = [shortened(fault.spelling) for fault in ordered]
    column = max(_COLUMN, *(len(spelling) + 2 for spelling in spelled))
    count = len(ordered)
    what = "a parameter does not fit" if count == 1 else f"{count} parameters do not fit"
    unchecked = (
        "        Send it unchecked:  --no-validate" if validated and not any(fault.final for fault in faults) else ""
    )
    return ParameterError(
        f"{what} {model}",
        details=[f"{spelling:<{column}}{fault.sentence}" for spelling, fault in zip(spelled, ordered, strict=True)],
        hint=f"Nothing was sent.  See:  inference models params {model}{unchecked}",
    )


def _rank(spelling: str) -> int:
    if spelling.startswith('"'):
        return 0
    if spelling.startswith("-p "):
        return 2
    return 1 if spelling.startswith("-") else 3
