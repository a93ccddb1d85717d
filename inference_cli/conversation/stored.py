"""Messages as the log keeps them: media by their hash, links without signatures, nothing that opens anything."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inference_cli.api.redaction import Redactor
from inference_cli.conversation.blobs import Blobs
from inference_cli.media import dataurl

_KEPT = "kept:"  # what stands for a data URL: this, the hash, a semicolon, the type
_MASKED = "***"
_FIELDS = ("url", "file_data", "file_url", "data")


def stored(messages: Sequence[Mapping[str, Any]], blobs: Blobs) -> list[Any]:
    """Messages without their media, which go into ``blobs``.

    Raises:
        LocalError: a content cannot be kept.
    """
    redactor = Redactor()

    def keep(value: str) -> str:
        if value.startswith("data:"):
            try:
                data = dataurl.decode(value)
            except ValueError:
                return ""
            mime = value[5:].partition(",")[0].partition(";")[0]
            return f"{_KEPT}{blobs.keep(data)};{mime}"
        return redactor.text(value)

    return [_walked(message, keep) for message in messages]


def restored(messages: Sequence[Mapping[str, Any]], blobs: Blobs) -> tuple[list[dict[str, Any]], int]:
    """Messages as they were sent, and how many media are not to be had any more; a text stands in their place."""
    missing = 0
    done: list[dict[str, Any]] = []
    for message in messages:
        content = message.get("content")
        if not isinstance(content, list):
            done.append(dict(message))
            continue
        parts = []
        for part in content:
            back = _restored_part(part, blobs)
            missing += back is None
            parts.append(back or {"type": "text", "text": "[something was attached here that is not there any more]"})
        done.append({**message, "content": parts})
    return done, missing


def _restored_part(part: Any, blobs: Blobs) -> Any:
    lost: list[str] = []

    def back(value: str) -> str:
        if value.startswith(_KEPT):
            digest, _, mime = value.removeprefix(_KEPT).partition(";")
            data = blobs.get(digest)
            if data is not None:
                return dataurl.encode(data, mime)
            lost.append(digest)
        elif _MASKED in value:
            lost.append(value)
        return value

    found = _walked(part, back)
    return None if lost else found


def _walked(value: Any, change: Callable[[str], str], name: str = "") -> Any:
    if isinstance(value, str):
        return change(value) if name in _FIELDS else value
    if isinstance(value, Mapping):
        return {key: _walked(inside, change, str(key)) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_walked(inside, change) for inside in value]
    return value


def words_of(messages: Sequence[Mapping[str, Any]]) -> str:
    """The text of the user's messages, for people and for the search."""
    found = []
    for message in messages:
        content = message.get("content")
        if message.get("role") != "user":
            continue
        if isinstance(content, str):
            found.append(content)
        elif isinstance(content, list):
            found.extend(str(part["text"]) for part in content if isinstance(part, Mapping) and part.get("text"))
    return "\n\n".join(found)
