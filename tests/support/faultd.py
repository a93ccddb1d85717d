"""A loopback server that follows a script: one step per request, and every header that it gets is kept."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from inference_cli.clock import SystemClock

_FOR_OTHERS = 600.0  # seconds: whoever waits longer waits for a thread, not for the time
_TIMEOUT = 10.0  # seconds after which a broken test ends instead of hanging


@dataclass(frozen=True)
class Seen:
    """One request as it came: ``head`` is everything before the body, decoded as Latin-1."""

    head: str
    body: bytes

    @property
    def line(self) -> str:
        """The request line."""
        return self.head.split("\r\n", 1)[0]

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None


@dataclass(frozen=True)
class Step:
    """What happens to one request.

    ``read`` bytes of its body are taken (``None``: all of it; -1: not even the head), then ``send`` goes out piece by
    piece, then the connection ends: ``close`` politely, ``reset`` with RST, ``keep`` waits for the next request, and
    ``hang`` stays silent until the server is stopped.
    """

    send: tuple[bytes, ...] = ()
    end: str = "close"
    read: int | None = None
    before: Callable[[], object] = field(default=lambda: None)  # runs once the request was read
    between: Callable[[], object] = field(default=lambda: None)  # runs after each piece
    sent: Callable[[int], object] = field(default=lambda count: None)  # is told how many bytes have gone out


def http(
    status: str = "200 OK",
    body: bytes = b"",
    *,
    headers: Iterable[tuple[str, str]] = (),
    length: int | None = -1,
    version: str = "HTTP/1.1",
) -> bytes:
    """A whole response; ``length`` is what Content-Length claims: -1 the truth, ``None`` nothing at all."""
    lines = [f"{version} {status}", *(f"{name}: {value}" for name, value in headers)]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length < 0 else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def answer(response: bytes, end: str = "close") -> Step:
    """The step that reads a request and sends that response."""
    return Step((response,), end)


class Faultd:
    """Listens on loopback and does, for request after request, what the script says; then it answers 599.

    Args:
        steps: one per request.
        host: the address to listen on, ``127.0.0.1``, ``127.0.0.2`` or ``::1``.
        tls: the context to speak TLS with, if any.
        route: chooses a step for a request, instead of a script.
        appetite: says by its head how many bytes of a request's body are read before ``route`` is asked; ``None``: all.
    """

    def __init__(
        self,
        *steps: Step,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
        route: Callable[[Seen], Step] | None = None,
        appetite: Callable[[Seen], int | None] = lambda seen: None,
    ) -> None:
        self.tls = tls
        self._steps = iter(steps)
        self._route = route
        self._appetite = appetite
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self.seen: list[Seen] = []
        self.connections = 0
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._family = family
        self._listener = socket.create_server((host, 0), family=family)
        self.host, self.port = host, self._listener.getsockname()[1]
        name = f"[{host}]" if ":" in host else host
        self.url = f"{'https' if tls else 'http'}://{name}:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.leave()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(_TIMEOUT)

    def answer(self, seen: Seen) -> Step:
        """What it would do to a request that came another way."""
        assert self._route is not None
        return self._route(seen)

    def leave(self) -> None:
        """Stop listening, so that connections are refused; those that are open go on."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def come_back(self) -> None:
        """Listen again, on the same port."""
        self._listener = socket.create_server((self.host, self.port), family=self._family)
        self._start(self._accept)

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(_TIMEOUT)
            with self._lock:
                self.connections += 1
                self._open.add(connection)
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc] # a default binds it

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            while self._one(connection):
                pass
        except OSError:
            pass  # the client went away, or did not trust us, as some steps want it to
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _one(self, connection: socket.socket) -> bool:
        """One request; whether the connection is kept."""
        first = connection.recv(1)  # a step is for a request, not for a connection without one
        if not first:
            return False
        if self._route is not None:
            seen = _read(connection, first, self._appetite)
            with self._lock:
                self.seen.append(seen)
            return self._do(self._route(seen), connection)
        with self._lock:
            step = next(self._steps, answer(http("599 Script Ended")))
        if step.read != -1:
            seen = _read(connection, first, lambda seen: step.read)
            with self._lock:
                self.seen.append(seen)
        return self._do(step, connection)

    def _do(self, step: Step, connection: socket.socket) -> bool:
        """Carry out a step; whether the connection is kept."""
        step.before()
        for piece in step.send:
            connection.sendall(piece)
            step.sent(len(piece))
            step.between()
        if step.end == "hang":
            self._stopped.wait(_TIMEOUT)
        if step.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return step.end == "keep"


def _read(connection: socket.socket, data: bytes, appetite: Callable[[Seen], int | None]) -> Seen:
    while b"\r\n\r\n" not in data and (piece := connection.recv(65536)):
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    seen = Seen(head.decode("latin-1"), b"")
    length, wanted = int(seen.header("content-length") or 0), appetite(seen)
    wanted = length if wanted is None else min(wanted, length)
    while len(body) < wanted and (piece := connection.recv(65536)):
        body += piece
    return Seen(seen.head, body)


@contextlib.contextmanager
def closed_port() -> Iterator[int]:
    """A port on 127.0.0.1 that nobody listens on, and that nobody else gets meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextlib.contextmanager
def black_hole() -> Iterator[int]:
    """A port on 127.0.0.1 where connecting hangs: the listener's queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, contextlib.ExitStack() as waiting:
        address = full.getsockname()
        for _ in range(3):
            filler = waiting.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(address)
        yield address[1]


class TickingClock:
    """A clock that moves on by itself, a step each time it is asked: deadlines pass without waiting.

    Args:
        step: seconds between two looks at it.
    """

    def __init__(self, step: float = 1.0) -> None:
        self._step = step
        self._passed = 0.0
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> float:
        """Unix time."""
        return 1_790_000_000.0 + self._passed

    def monotonic(self) -> float:
        """What has passed; looking costs a step."""
        with self._lock:
            self._passed += self._step
            return self._passed

    def sleep(self, seconds: float) -> None:
        """Pass at once."""
        with self._lock:
            self.slept.append(seconds)
            self._passed += seconds

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Pass at once, unless the event is set."""
        if not event.is_set():
            self.sleep(seconds)
        return event.is_set()


class HastyClock:
    """A clock that runs faster than others, for cases that wait for real threads and real connections.

    Args:
        speed: how many of its seconds pass in one.
    """

    def __init__(self, speed: float = 20.0) -> None:
        self._speed = speed
        self._real = SystemClock()
        self._started = self._real.monotonic()
        self._leapt = 0.0
        self.set_by = 0.0  # seconds that somebody has put the calendar forward by

    def now(self) -> float:
        """Unix time."""
        return 1_790_000_000.0 + self.monotonic() + self.set_by

    def monotonic(self) -> float:
        """Its own seconds since it was made."""
        return (self._real.monotonic() - self._started) * self._speed + self._leapt

    def leap(self, seconds: float) -> None:
        """Let that much pass at once."""
        self._leapt += seconds

    def sleep(self, seconds: float) -> None:
        """Sleep for the fraction of it that is really passing."""
        self._real.sleep(seconds / self._speed)

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait for the event for as long."""
        return self._real.wait(event, seconds / self._speed)


class LeapingClock:
    """A clock that leaps over every pause of the program, and goes with the real one while it works.

    A wait of an hour is no pause: that is how one thread waits for others, and it really waits.
    """

    def __init__(self) -> None:
        self._real = SystemClock()
        self._leapt = -self._real.monotonic()
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> float:
        """Unix time."""
        return 1_790_000_000.0 + self.monotonic()

    def monotonic(self) -> float:
        """Seconds since it was made, and those leapt over."""
        return self._real.monotonic() + self._leapt

    def sleep(self, seconds: float) -> None:
        """Leap."""
        with self._lock:
            self.slept.append(seconds)
            self._leapt += seconds

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Leap, unless the event is set; other threads get a moment to set it."""
        if seconds >= _FOR_OTHERS:
            return self._real.wait(event, seconds)
        if not self._real.wait(event, min(seconds, 0.002)):
            self.sleep(seconds)
        return event.is_set()
