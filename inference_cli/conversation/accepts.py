"""Whether a model takes what is attached, asked before anything is sent."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.conversation.attachments import Attachment

_TAKEN_AS = {"image": ("image",), "video": ("video",), "audio": ("audio",), "pdf": ("file", "pdf", "document")}
"""The words for a kind in a model's ``capabilities.input``; the first is the service's."""
_SEVERAL = {"image": "images", "video": "videos", "audio": "sound", "pdf": "PDFs", "file": "PDFs"}
_SOUNDS = {"openai": ("audio/wav", "audio/mpeg")}
"""The sounds that a maker's models take, where not all kinds known here are taken (``x-limits.audio_formats`` of the
chat request's schema: Google's take all of them)."""
_MAKERS = {"gpt-": "openai", "openai/": "openai"}
_UNCHECKED = "Send it unchecked:  --no-validate"
_SHOWN = 3  # names in a sentence


def check(attachments: "Sequence[Attachment]", model: "Model | None") -> None:
    """Refuse what a model does not take.

    Args:
        attachments: what goes with the message.
        model: None, or one whose inputs nobody knows, is not checked.

    Raises:
        UsageError: it does not take one of them; the sentence says what it does take.
    """
    if model is None or not model.inputs:
        return
    strangers = [one for one in attachments if not set(_TAKEN_AS[one.kind]) & set(model.inputs)]
    if strangers:
        kinds = list(dict.fromkeys(one.kind for one in strangers))
        takes = list(dict.fromkeys(_SEVERAL.get(word, word) for word in model.inputs))
        raise UsageError(
            f"{model.id} takes {_joined(takes, 'and')}, not {_joined([_SEVERAL[kind] for kind in kinds], 'or')}: "
            f"{_named(strangers)}",
            hint=f"Nothing was sent.  See:  inference models list --output text --input {_TAKEN_AS[kinds[0]][0]}"
            f"        {_UNCHECKED}",
        )
    formats = _SOUNDS.get(_maker(model))
    sounds = [one for one in attachments if one.kind == "audio" and not one.mime.endswith("*")]
    foreign = [one for one in sounds if formats and one.mime not in formats]
    if foreign:
        raise UsageError(
            f"{model.id} takes sound as WAV or MP3 only: {_named(foreign)}",
            hint=f"Nothing was sent.  Convert it to WAV or MP3 first        {_UNCHECKED}",
        )


def _maker(model: "Model") -> str:
    """Whose model it is: as the service says, else by the beginning of its id."""
    if model.developer:
        return model.developer.casefold()
    return next((maker for start, maker in _MAKERS.items() if model.id.lower().startswith(start)), "")


def _named(attachments: "Iterable[Attachment]") -> str:
    names = list(dict.fromkeys(one.name for one in attachments))
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _joined(words: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
