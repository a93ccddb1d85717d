"""A response as it was recorded, and everything that can become of one on its way."""

import random
import re
from dataclasses import dataclass, replace
from typing import Any

import httpx

from tests.support.fuzz.documents import HOSTILE, spoilt, written

Headers = tuple[tuple[str, str], ...]
STATUSES = (
    200,
    201,
    202,
    204,
    206,
    301,
    304,
    307,
    400,
    401,
    402,
    403,
    404,
    409,
    413,
    416,
    422,
    423,
    429,
    500,
    502,
    503,
)
_WAITS = ("0", "1", "-1", "NaN", "1e400", "86400", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", "9" * 400)
_KINDS = (
    "application/json",
    "text/event-stream",
    "text/html",
    "image/png",
    "",
    "application/json; charset=utf-16",
    "x",
)
_HTML = (
    b"<html><head><title>502 \x1b[31337mBad\x9b Gateway</title></head><body>" + b"<p>x</p>" * 200 + b"</body></html>"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of a response; the headers are those that concern a client."""

    status: int
    headers: Headers
    content: bytes

    @classmethod
    def of(cls, response: httpx.Response) -> "Answer":
        """What a response holds; it is read to its end."""
        kept = ("content-type", "etag", "content-range", "accept-ranges", "retry-after")
        headers = tuple((name, response.headers[name]) for name in kept if name in response.headers)
        return cls(response.status_code, headers, response.read())

    @property
    def kind(self) -> str:
        """Its type of content."""
        return dict(self.headers).get("content-type", "")

    @property
    def refuses(self) -> bool:
        """Whether it is a whole refusal: no id in it, and a status from 400 to 499 or an error's shape (fault A25)."""
        if _ID.search(self.content):
            return False
        if 400 <= self.status < 500:
            return True
        document = _parsed(self.content) if self.status == 200 and b'"error"' in self.content else None
        return isinstance(document, dict) and "error" in document

    def response(self, request: httpx.Request) -> httpx.Response:
        """The response to a request."""
        return httpx.Response(self.status, headers=list(self.headers), content=self.content, request=request)


def mutated(answer: Answer, rng: random.Random) -> Answer:
    """The answer with something wrong: mostly its document, else its bytes or its head, now and then several of them."""
    for _ in range(rng.choice((1, 1, 1, 2))):
        change = rng.choice((_document, _document, _document, _document, _bytes, _head))
        answer = change(answer, rng)
    return answer


def _document(answer: Answer, rng: random.Random) -> Answer:
    if answer.kind.startswith("text/event-stream"):
        return replace(answer, content=_stream(answer.content, rng))
    found = _parsed(answer.content)
    if found is _NONE:
        return _bytes(answer, rng)
    spoiled = _spoiled(found, rng)
    return _bytes(answer, rng) if spoiled is None else replace(answer, content=spoiled)


def _spoiled(document: Any, rng: random.Random) -> bytes | None:
    """The JSON of a spoilt copy; None where an earlier spoiling left what Python cannot write."""
    try:
        return written(spoilt(document, rng))
    except (ValueError, RecursionError):
        return None


_NONE = object()
_ID = re.compile(rb'"generation_id"\s*:\s*"[A-Za-z0-9._-]{1,128}"')


def _parsed(content: bytes) -> Any:
    import json

    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return _NONE


def _stream(content: bytes, rng: random.Random) -> bytes:
    """A stream of events, one of them with another document, or the events in another order."""
    events = content.split(b"\n\n")
    place = rng.randrange(len(events))
    found = _parsed(events[place].removeprefix(b"data: "))
    spoiled = _spoiled(found, rng) if found is not _NONE and rng.random() < 0.7 else None
    if spoiled is not None:
        events[place] = b"data: " + spoiled
        return b"\n\n".join(events)
    kind = rng.randrange(6)
    if kind == 0:
        rng.shuffle(events)
    elif kind == 1:
        del events[place]
    elif kind == 2:
        events.insert(place, events[place])
    elif kind == 3:
        events.insert(
            place, rng.choice((b"event: error", b": c", b"data:", b"data: [DONE]", b"retry: x", b"data: \xff"))
        )
    elif kind == 4:
        return b"\n\n".join(events[:place])
    return rng.choice((b"\n\n", b"\r\r", b"\r\n\r\n", b"\n")).join(events)


def _bytes(answer: Answer, rng: random.Random) -> Answer:
    content = answer.content
    at = rng.randrange(len(content) + 1)
    made = (
        content[:at],
        content[at:],
        b"",
        content[:at] + rng.randbytes(rng.randrange(1, 9)) + content[at:],
        content[:at] + rng.choice(HOSTILE).encode("utf-8", "surrogatepass") + content[at:],
        _HTML,
        b"\xef\xbb\xbf" + content,
        content.decode("latin-1").encode("utf-16"),
        content + content,
        b"[" * rng.choice((10, 1_000, 100_000)),
        b"null",
        b"\x00" * 40,
        rng.randbytes(40),
    )
    return replace(answer, content=rng.choice(made))


def _head(answer: Answer, rng: random.Random) -> Answer:
    kind = rng.randrange(5)
    if kind == 0:
        return replace(answer, status=rng.choice(STATUSES))
    if kind == 1:
        return replace(answer, status=429, headers=(*answer.headers, ("retry-after", rng.choice(_WAITS))))
    if kind == 2:
        rest = tuple(pair for pair in answer.headers if pair[0] != "content-type")
        return replace(answer, headers=(*rest, ("content-type", rng.choice(_KINDS))))
    if kind == 3:
        code = rng.choice(("gzip", "br", "deflate", "identity", "x-none", "gzip, gzip"))
        return replace(answer, headers=(*answer.headers, ("content-encoding", code)))
    where = rng.choice(("/api/ai/models", "https://evil.example/x", "file:///etc/passwd", "//x", "", "\t"))
    return replace(answer, status=rng.choice((301, 302, 303, 307, 308)), headers=(*answer.headers, ("location", where)))
