"""The sandbox itself: one application for the API and for the media origin, over one folder."""

import asyncio
import functools
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from inference_cli.sandbox import audio, events, generations, images, models, queue, results, script, videos
from inference_cli.sandbox.catalogue import published
from inference_cli.sandbox.chat import completions
from inference_cli.sandbox.holdings import Status, status_of
from inference_cli.sandbox.refusals import (
    UNAUTHENTICATED,
    Refusal,
    error_body,
    is_older,
    on_database_error,
    on_http_exception,
    on_refusal,
)
from inference_cli.sandbox.store import Store
from inference_cli.sandbox.world import World, world_of

API_URL = "https://api.sandbox.invalid"
MEDIA_URL = "https://media.sandbox.invalid"
_OPEN = "/api/openapi.json"
Api = Literal["both", "current", "2026-04"]


class Sandbox:
    """The Inference API offline.

    Args:
        folder: where it keeps its state, which outlives the process; several processes may share one.
        speed: divides every duration; above 0.
        api: which generations of the API answer; the routes of the other are 404.
        api_url: the API's origin, as clients write it.
        media_url: the origin of result URLs; another one than the API's, told apart by the Host header.
        token: the only bearer token that is accepted; None accepts any.
        faults: a script of failures (see ``script``).
        clock: the time, in Unix seconds.
        sleep: lets that many seconds pass.
        fetch_loopback: whether input URLs of this machine are fetched.
        url_seconds: how long a result URL is good.

    Raises:
        ValueError: the speed is not above 0, or the script can't be read.
        OSError: the folder or its database can't be used.
    """

    def __init__(
        self,
        folder: Path,
        *,
        speed: float = 1.0,
        api: Api = "both",
        api_url: str = API_URL,
        media_url: str = MEDIA_URL,
        token: str | None = None,
        faults: Path | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        fetch_loopback: bool = False,
        url_seconds: float = 3600.0,
    ) -> None:
        if not speed > 0:
            raise ValueError("the speed must be above 0")
        self._script = script.read(faults) if faults is not None else ()
        self.api_url = api_url
        self.media_url = media_url
        self._world = World(
            store=Store(folder),
            catalogue=published(),
            speed=speed,
            api=api,
            media_url=media_url,
            token=token,
            clock=clock,
            sleep=sleep,
            fetch_loopback=fetch_loopback,
            url_seconds=url_seconds,
        )

    @functools.cached_property
    def application(self) -> ASGIApp:
        """The application, for a transport or a server."""
        handlers: dict[Any, Any] = {
            Refusal: on_refusal,
            HTTPException: on_http_exception,
            sqlite3.Error: on_database_error,
        }
        api = Starlette(routes=[Mount("/api", routes=_routes(self._world.api))], exception_handlers=handlers)
        media = Starlette(routes=list(results.routes()), exception_handlers=handlers)
        api.state.world = media.state.world = self._world
        hosts = Hosts(self._world, Bearer(self._world, api), media)
        return script.Scripted(hosts, self._script, self._world.sleep) if self._script else hosts

    def status(self) -> Status:
        """What there is."""
        return status_of(self._world.store, self._world.clock())

    def reset(self) -> None:
        """Forget every generation, favourite and file, and give the credits back."""
        self._world.store.reset()

    def close(self) -> None:
        """Close the database."""
        self._world.store.close()


def _routes(api: str) -> list[BaseRoute]:
    found: list[BaseRoute] = []
    if api != "2026-04":
        found += [*images.routes("/ai"), *videos.routes("/ai"), *queue.current_routes(), *generations.routes()]
        found += [*audio.routes("/ai"), *models.current_routes(), *events.routes()]
        found += completions.routes("/ai")
    if api != "current":
        found += [*images.routes(""), *videos.routes(""), *queue.older_routes(), *models.older_routes()]
        found += completions.routes("")
    return [*found, *queue.shared_routes(api), Route("/openapi.json", describe, methods=["GET"])]


async def describe(request: Request) -> Response:
    """The sandbox's own OpenAPI document; no token is needed for it."""
    from inference_cli.sandbox.openapi.document import document

    world = world_of(request)
    return JSONResponse(document(world.api, world.media_url))


class Hosts:
    """Tells the media origin from the API: by the port where it has one of its own, else by the Host header."""

    def __init__(self, world: World, api: ASGIApp, media: ASGIApp) -> None:
        parts = urlsplit(world.media_url)
        self._media_host = parts.netloc
        self._media_port = parts.port
        self._api = api
        self._media = media

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if self._media_port is None:
            is_media = Headers(scope=scope).get("host", "") == self._media_host
        else:
            is_media = scope["server"][1] == self._media_port
        await (self._media if is_media else self._api)(scope, receive, send)


class Bearer:
    """Refuses what comes without a good token."""

    def __init__(self, world: World, inner: ASGIApp) -> None:
        self._world = world
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the token and pass the request on."""
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        good = bool(token.strip()) and self._world.token in {None, token.strip()}
        if (scheme.lower() == "bearer" and good) or scope["path"] == _OPEN:
            await self._inner(scope, receive, send)
            return
        older = is_older(scope["path"], self._world.api)
        detail = "The API key is missing or not valid"
        response = JSONResponse(error_body(UNAUTHENTICATED, detail, older=older), 401)
        await response(scope, receive, send)
