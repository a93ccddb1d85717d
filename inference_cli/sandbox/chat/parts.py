"""The parts of a message's content: texts, and what is attached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inference_cli.sandbox.refusals import INVALID, Refusal


@dataclass(frozen=True, slots=True)
class Part:
    """Something attached: ``kind`` is ``image``, ``video``, ``audio`` or ``file``, ``url`` where it is.

    ``where`` names it for an error; ``form`` is the format that it was said to have.
    """

    kind: str
    url: str
    where: str
    form: str | None = None


def wrong(detail: str) -> Refusal:
    """A request that is not as it should be."""
    return Refusal(400, INVALID, detail)


def read(where: str, row: Any, role: str) -> str | Part:
    """One part of a content.

    Args:
        where: its place in the request, for errors.
        row: the part.
        role: of the message; only a user attaches something.

    Raises:
        Refusal: it is of no kind that there is, or not as its kind should be.
    """
    kind = row.get("type") if isinstance(row, dict) else None
    if kind == "text":
        if not isinstance(row.get("text"), str):
            raise wrong(f"{where}.text: must be a string")
        return str(row["text"])
    if not isinstance(kind, str) or kind not in _READERS:
        raise wrong(f"{where}.type: must be one of text, {', '.join(_READERS)}")
    if role != "user":
        raise wrong(f"{where}.type: only a user's message may hold {kind}")
    if not isinstance(row.get(kind), dict):
        raise wrong(f"{where}.{kind}: must be an object")
    return _READERS[kind](f"{where}.{kind}", row[kind])


def _linked(kind: str) -> Callable[[str, Mapping[str, Any]], Part]:
    def read_part(where: str, inner: Mapping[str, Any]) -> Part:
        return Part(kind, _string(f"{where}.url", inner.get("url")), where)

    return read_part


def _sound(where: str, inner: Mapping[str, Any]) -> Part:
    data = _string(f"{where}.data", inner.get("data"))
    form = _string(f"{where}.format", inner.get("format"))
    return Part("audio", data if data.startswith("data:") else f"data:audio/{form};base64,{data}", where, form)


def _file(where: str, inner: Mapping[str, Any]) -> Part:
    if inner.get("file_id") is not None:
        raise wrong(f"{where}.file_id: is not supported, give file_data or file_url")
    given = [key for key in ("file_data", "file_url") if inner.get(key) is not None]
    if len(given) != 1:
        raise wrong(f"{where}: exactly one of file_data and file_url must be given")
    url = _string(f"{where}.{given[0]}", inner[given[0]])
    if given[0] == "file_data" and not url.startswith("data:"):
        raise wrong(f"{where}.file_data: must be a data: URL")
    return Part("file", url, where)


def _string(where: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise wrong(f"{where}: must be a string")
    return value


_READERS: Mapping[str, Callable[[str, Mapping[str, Any]], Part]] = {
    "image_url": _linked("image"),
    "video_url": _linked("video"),
    "audio_url": _linked("audio"),
    "input_audio": _sound,
    "file": _file,
}
