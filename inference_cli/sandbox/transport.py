"""An httpx transport that runs the application in this process, streaming in both directions."""

import asyncio
import contextlib
import queue
import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

import httpx

_AHEAD = 16  # messages that either side may be ahead of the other

Application = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]
]


@dataclass(frozen=True, slots=True)
class _Head:
    status: int
    headers: list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Dropped:
    error: BaseException | None = None


_END = object()


class SandboxTransport(httpx.BaseTransport):
    """Runs an ASGI application on one event-loop thread of its own; any number of threads may use it at once.

    The first bytes of an answer arrive before the application has finished; whoever closes an answer early disconnects
    the application. A connection that the application drops is ``httpx.RemoteProtocolError`` before the head of the
    answer and ``httpx.ReadError`` after it. The thread starts with the first request and ends with ``close()``.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return as soon as the head of its answer is there.

        Raises:
            httpx.ReadTimeout: the request's read timeout passed without a message.
            httpx.RemoteProtocolError: the connection was dropped before the answer.
        """
        exchange = _Exchange(self._started(), request)
        exchange.start(self._application)
        exchange.upload()
        head = exchange.head()
        return httpx.Response(head.status, headers=head.headers, stream=_Body(exchange))

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_run, args=(self._loop,), name="sandbox", daemon=True)
                self._thread.start()
            return self._loop

    def close(self) -> None:
        """Stop the loop; requests that still run are cancelled."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=5)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


class _Exchange:
    """One request and its answer: the caller's thread on one side, the loop on the other."""

    def __init__(self, loop: asyncio.AbstractEventLoop, request: httpx.Request) -> None:
        self._loop = loop
        self._request = request
        self._timeout = request.extensions.get("timeout", {}).get("read")
        self._answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._uploads: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._may_upload = threading.Semaphore(_AHEAD)
        self._may_answer = asyncio.Semaphore(_AHEAD)
        self._left = asyncio.Event()
        self._answering = threading.Event()
        self._uploaded = False
        self._over = False
        self._task: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------ the caller's thread

    def start(self, application: Application) -> None:
        """Start the application on the loop."""
        try:
            self._loop.call_soon_threadsafe(self._spawn, application)
        except RuntimeError as error:  # closed by another thread in this moment
            raise httpx.ConnectError("The sandbox was closed.", request=self._request) from error

    def upload(self) -> None:
        """Hand over the request's body, as fast as the application takes it.

        Once the answer has begun nothing waits for the application any more, which may itself be waiting for a reader;
        once it has ended the rest of the body is not sent.
        """
        assert isinstance(self._request.stream, httpx.SyncByteStream)
        try:
            for chunk in filter(None, self._request.stream):
                if not self._answering.is_set():
                    self._may_upload.acquire()
                if self._over:
                    return
                self._tell(self._uploads.put_nowait, chunk)
        except BaseException:
            self.leave()
            raise
        self._tell(self._uploads.put_nowait, None)

    def head(self) -> _Head:
        """Wait for the head of the answer."""
        message = self._next()
        if isinstance(message, _Head):
            return message
        raise httpx.RemoteProtocolError(
            "Server disconnected without sending a response.", request=self._request
        ) from _cause(message)

    def body(self) -> Iterator[bytes]:
        """The answer's body, as it comes."""
        while (message := self._next()) is not _END:
            if isinstance(message, bytes):
                yield message
                self._tell(self._may_answer.release)
            else:
                raise httpx.ReadError("The connection was dropped.", request=self._request) from _cause(message)

    def leave(self) -> None:
        """Tell the application that nobody reads on."""
        self._tell(self._disconnect)

    def _tell(self, call: Callable[..., object], *arguments: object) -> None:
        """Have the loop do something; a loop that is closed has dropped the connection, which the answers say."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *arguments)

    def _next(self) -> object:
        try:
            return self._answers.get(timeout=self._timeout)
        except queue.Empty:
            self.leave()
            raise httpx.ReadTimeout("The read operation timed out", request=self._request) from None

    # ------------------------------------------------------------------ the loop's thread

    def _spawn(self, application: Application) -> None:
        self._task = self._loop.create_task(self._run(application))
        self._task.add_done_callback(lambda _: self._abort())  # one that is cancelled before it begins says nothing

    async def _run(self, application: Application) -> None:
        error: BaseException | None = None
        try:
            await application(self._scope(), self._receive, self._send)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the connection is gone
            error = problem
        finally:
            self._finish(_Dropped(error))

    def _finish(self, last: object) -> None:
        if not self._over:
            self._over = True
            self._answers.put(last)
        self._answering.set()
        self._may_upload.release()
        self._left.set()

    def _disconnect(self) -> None:
        self._over = True
        self._left.set()
        self._may_answer.release()

    async def _receive(self) -> MutableMapping[str, Any]:
        if not self._uploaded:
            waiting = asyncio.ensure_future(self._uploads.get())
            leaving = asyncio.ensure_future(self._left.wait())
            await asyncio.wait({waiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
            leaving.cancel()
            if waiting.done():
                self._may_upload.release()
                chunk = waiting.result()
                self._uploaded = chunk is None
                return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}
            waiting.cancel()
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if self._over:
            return
        if message["type"] == "http.response.start":
            self._answers.put(_Head(message["status"], list(message.get("headers", ()))))
            self._answering.set()
            self._may_upload.release()
            return
        if body := message.get("body", b""):
            await self._may_answer.acquire()
            if self._over:
                return
            self._answers.put(bytes(body))
        if not message.get("more_body", False):
            self._finish(_END)

    def _abort(self) -> None:
        self._finish(_Dropped())

    def _scope(self) -> dict[str, Any]:
        request = self._request
        url = request.url
        path, _, query = url.raw_path.partition(b"?")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": ("127.0.0.1", 0),
            "server": (url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)),
            "extensions": {"sandbox.abort": self._abort},
        }


def _cause(message: object) -> BaseException | None:
    return message.error if isinstance(message, _Dropped) else None


class _Body(httpx.SyncByteStream):
    def __init__(self, exchange: _Exchange) -> None:
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        return self._exchange.body()

    def close(self) -> None:
        self._exchange.leave()
