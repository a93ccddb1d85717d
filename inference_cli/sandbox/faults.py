"""Failures on demand, for people: words in a prompt that make something go wrong.

Put one of these words anywhere in a prompt. ``direct`` are the routes that answer with the result. Chats know those
that are about requests, and many more (``chat/demands.py``).

=======================  ==========================================================================================
``sandbox:refuse``       400 at once, on the queue too; nothing is charged
``sandbox:fail``         the generation fails (direct: 400); refunded
``sandbox:moderation``   the same, because of the content policy
``sandbox:partial``      of several generations of one request the second, the fourth, … fail
``sandbox:credits``      the credits do not suffice: 402, in 2026-04 400
``sandbox:429``          429 with ``Retry-After: 1``, every time
``sandbox:busy``         429 with ``Retry-After: 1``, the first time only
``sandbox:500``          500; nothing was accepted, although a client can't know
``sandbox:502``          502 with an HTML page, as a gateway writes it
``sandbox:cut``          the connection drops before the request is accepted
``sandbox:drop``         the connection drops after it was accepted (and charged), before the answer
``sandbox:slow``         everything takes twenty times as long
``sandbox:stuck``        a queued generation goes on processing until it expires after 24 hours
``sandbox:vanish``       the generation is not found any more once it has ended
``sandbox:nourl``        it succeeds, but has no result URL
``sandbox:expired``      the result URL has expired already
``sandbox:broken``       the download's connection breaks half-way; resuming with a range works
``sandbox:damaged``      the download is cut short with a length that agrees
=======================  ==========================================================================================
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from inference_cli.sandbox.refusals import INVALID, UNKNOWN, Refusal
from inference_cli.sandbox.world import DAY, World

FAILED = "The model failed to generate a result"
MODERATED = "The request was blocked by the content policy of the model's provider"
EXPIRED = "The generation expired after 24 hours"
_WORD = re.compile(r"sandbox:([a-z0-9]+)")


def words(body: Mapping[str, Any]) -> frozenset[str]:
    """The magic words of a request: of its prompt and of the prompts of its shots."""
    shots = body.get("multi_prompt")
    prompts = (
        [body.get("prompt"), *(shot.get("prompt") for shot in shots if isinstance(shot, dict))]
        if isinstance(shots, list)
        else [body.get("prompt")]
    )
    return frozenset(word for prompt in prompts if isinstance(prompt, str) for word in _WORD.findall(prompt))


def abort(request: Request) -> None:
    """Drop the connection of a request without another byte; the server or transport lends the means."""
    request.scope["extensions"]["sandbox.abort"]()


def before_accepting(world: World, request: Request, body: Mapping[str, Any]) -> Response | None:
    """What a magic word makes of a paid request before it is accepted; None to go on.

    Raises:
        Refusal: 400, 429 or 500.
    """
    asked = words(body)
    if "busy" in asked and str(body.get("prompt")) not in world.busy:
        world.busy.add(str(body.get("prompt")))
        raise Refusal(429, UNKNOWN, "Rate limit exceeded, try again later", {"Retry-After": "1"})
    if "429" in asked:
        raise Refusal(429, UNKNOWN, "Rate limit exceeded, try again later", {"Retry-After": "1"})
    if "500" in asked:
        raise Refusal(500, UNKNOWN, "Something went wrong")
    if "502" in asked:
        return HTMLResponse("<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>", 502)
    if "refuse" in asked:
        raise Refusal(400, INVALID, "The request was refused, as its prompt asked")
    if "cut" in asked:
        abort(request)
        return Response()
    return None


def after_accepting(request: Request, body: Mapping[str, Any]) -> Response | None:
    """Drops the connection where a magic word asks for it; None to answer."""
    if "drop" not in words(body):
        return None
    abort(request)
    return Response()


def failure(body: Mapping[str, Any], place: int) -> str | None:
    """Why an output of a request fails although everything in the request is right."""
    asked = words(body)
    if "stuck" in asked:
        return EXPIRED
    if "moderation" in asked:
        return MODERATED
    if "fail" in asked or ("partial" in asked and place % 2 == 1):
        return FAILED
    return None


def timing(world: World, media_type: str, body: Mapping[str, Any]) -> tuple[float, float]:
    """How long a generation is queued and then processed, in seconds."""
    asked = words(body)
    if "stuck" in asked:
        return 0.15 / world.speed, DAY
    pace = (20.0 if "slow" in asked else 1.0) / world.speed
    return 0.15 * pace, (1.0 if media_type == "video" else 0.6) * pace


def spoiled(request: Request, prompt: str, path: Path, kind: str) -> Response | None:
    """A download that a magic word in its prompt spoils; None to serve it as it is."""
    asked = words({"prompt": prompt})
    size = path.stat().st_size
    if "damaged" in asked:
        return Response(path.read_bytes()[: size // 2], media_type=kind)
    if "broken" in asked and "range" not in request.headers and request.method == "GET":
        return Broken(path.read_bytes()[: size // 2], size, path.name.split(".")[0], kind, request)
    return None


class Broken(Response):
    """The first half of a file under the headers of the whole, and then no connection."""

    def __init__(self, half: bytes, size: int, etag: str, kind: str, request: Request) -> None:
        headers = {"content-length": str(size), "etag": f'"{etag}"', "accept-ranges": "bytes"}
        super().__init__(None, 200, headers, kind)
        self._half = half
        self._request = request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the ASGI signature
        """Send the half and drop the connection."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self._half, "more_body": True})
        abort(self._request)
