"""Chats with the sandbox in process: asking, reading streams, small files to attach."""

import base64
import io
import json
from collections.abc import Iterator
from typing import Any

import httpx
from PIL import Image

from tests.support.offline import TEXT, Offline

CURRENT, OLDER = "/ai/chat/completions", "/chat/completions"
SEES_FILMS, HEARS = "gemini-3-flash-preview", "gpt-audio"


def said(content: Any) -> list[dict[str, Any]]:
    """One message of the user."""
    return [{"role": "user", "content": content}]


def send(offline: Offline, content: Any, path: str = CURRENT, **body: Any) -> httpx.Response:
    """Ask, and the response whatever it is; ``messages`` may be given instead of a content."""
    return offline.post(path, **{"model": TEXT, "messages": said(content), **body})


def ask(offline: Offline, content: Any, **body: Any) -> dict[str, Any]:
    """Ask, and the document of the answer."""
    answer = send(offline, content, **body)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def text_of(offline: Offline, content: Any, **body: Any) -> str:
    """Ask, and the text of the answer."""
    text: str = ask(offline, content, **body)["choices"][0]["message"]["content"]
    return text


def refused(offline: Offline, content: Any, **body: Any) -> str:
    """Ask what is refused with 400, and the sentence of the error; nothing was charged."""
    before = offline.credits()
    answer = send(offline, content, **body)
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_params"), answer.text
    assert offline.credits() == before
    return str(answer.json()["error"]["detail"])


def events(content: bytes) -> list[Any]:
    """The data of a stream's events; ``[DONE]`` as it is."""
    found = [part.removeprefix(b"data: ").decode() for part in content.split(b"\n\n") if part]
    return [event if event == "[DONE]" else json.loads(event) for event in found]


def stream(offline: Offline, content: Any, **body: Any) -> list[Any]:
    """Ask, and the events of the answer's stream."""
    answer = send(offline, content, stream=True, **body)
    assert answer.headers["content-type"].startswith("text/event-stream"), answer.text
    return events(answer.content)


def deltas(chunks: list[Any]) -> Iterator[dict[str, Any]]:
    """The deltas of a stream."""
    yield from (chunk["choices"][0]["delta"] for chunk in chunks if chunk != "[DONE]" and chunk.get("choices"))


def tool(name: str, **properties: Any) -> dict[str, Any]:
    """A tool whose properties are all required."""
    parameters = {"type": "object", "properties": properties, "required": sorted(properties)}
    return {"type": "function", "function": {"name": name, "description": "A tool.", "parameters": parameters}}


def as_url(data: bytes, kind: str) -> str:
    """A data: URL."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def pdf(pages: int = 3, title: str = "On foxes") -> bytes:
    """A PDF as Pillow writes it."""
    stream = io.BytesIO()
    sheets = [Image.new("RGB", (40, 60), "white") for _ in range(pages)]
    sheets[0].save(stream, "PDF", save_all=True, append_images=sheets[1:], title=title)
    return stream.getvalue()


def clip(frames: int = 10) -> bytes:
    """A film of 64 by 48 pixels and 10 frames a second, without sound."""
    import av

    stream = io.BytesIO()
    with av.open(stream, mode="w", format="mp4") as container:
        track = container.add_stream("mpeg4", rate=10)
        track.width, track.height, track.pix_fmt = 64, 48, "yuv420p"
        for _ in range(frames):
            container.mux(track.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(track.encode(None))
    return stream.getvalue()
