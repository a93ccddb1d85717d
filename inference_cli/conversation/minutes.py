"""A conversation as Markdown, for a file of the user's own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NAMES = {"image_url": "a picture", "video_url": "a film", "audio_url": "a sound", "input_audio": "a sound"}


def markdown(messages: Sequence[Mapping[str, Any]], *, model: str, system: str | None) -> str:
    """All that was said, each under who said it; media are named, not contained.

    Args:
        messages: as they were sent and came.
        model: who answers now.
        system: the system prompt in force.
    """
    parts = [f"# A conversation with {model}"]
    if system:
        parts += ["## System", system]
    for message in messages:
        parts += _said(message)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _said(message: Mapping[str, Any]) -> Iterator[str]:
    role = message.get("role")
    content = message.get("content")
    parts = content if isinstance(content, list) else [{"type": "text", "text": content or ""}]
    if role == "tool":
        yield _quoted(str(content or ""))
        return
    yield "## You" if role == "user" else "## Answer"
    for part in parts:
        if part.get("type") == "text":
            if part.get("text"):
                yield str(part["text"])
        else:
            yield f"*{_named(part)} was attached*"
    for call in message.get("tool_calls") or ():
        function = call.get("function") or {}
        yield f"*It called {function.get('name')} with* `{function.get('arguments')}`"


def _named(part: Mapping[str, Any]) -> str:
    if part.get("type") == "file":
        file = part.get("file") or {}
        return str(file.get("filename") or file.get("file_url") or "a file")
    inner = part.get(str(part.get("type"))) or {}
    url = str(inner.get("url", "")) if isinstance(inner, Mapping) else ""
    what = _NAMES.get(str(part.get("type")), "something")
    return what if url.startswith("data:") or not url else f"{what} ({url.partition('?')[0]})"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
