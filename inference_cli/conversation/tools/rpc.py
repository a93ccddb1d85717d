"""JSON-RPC 2.0 with a child, a message per line: the stdio transport of the Model Context Protocol.

Nobody waits on the child in the caller's thread: what is sent waits in a queue, what comes is read by a thread of its
own, and every answer is waited for by the clock. A child that dies, floods, or writes other things than messages, fails
what was asked of it, and is ended.
"""

import json
import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from inference_cli.conversation.tools import child
from inference_cli.conversation.tools.child import Spec

if TYPE_CHECKING:
    from inference_cli.clock import Clock

LARGEST = 16_000_000  # bytes of a message
_MOST_NOISE = 1000  # lines that are no messages, before a child is ended
_MOST_WAITING = 1000  # messages that a child has not read yet
_GRACE = 2.0  # seconds between two steps of the shutdown (specification, "Lifecycle", stdio)
_LINE = 1 << 16
_KEPT = 8  # lines of standard error that are kept for an error message
_NO_METHOD = -32601


class RpcError(Exception):
    """There is no answer: the child refuses, is gone, or did not answer in time. The text is a sentence's end."""


@dataclass(slots=True)
class Asked:
    """A request that was sent, and its answer when there is one."""

    number: int
    done: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: str | None = None

    def fail(self, why: str) -> None:
        """There will be no answer."""
        if not self.done.is_set():
            self.error = why
            self.done.set()


class Peer:
    """A child that speaks JSON-RPC.

    Args:
        spec: what is run.
        clock: waits.
        notice: gets the notifications of the child, in a thread of its own: name and parameters.
        chatter: gets the lines of its standard error.
    """

    def __init__(
        self,
        spec: Spec,
        *,
        clock: "Clock",
        notice: Callable[[str, Any], None] = lambda _name, _parameters: None,
        chatter: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._spec, self._clock, self._notice, self._chatter = spec, clock, notice, chatter
        self._lock = threading.Lock()
        self._pending: dict[int, Asked] = {}
        self._number = 0
        self._outbox: queue.Queue[bytes | None] = queue.Queue(_MOST_WAITING)
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._why: str | None = None
        self.exited = threading.Event()
        self.errors: deque[str] = deque(maxlen=_KEPT)

    def start(self) -> None:
        """Start the child.

        Raises:
            RpcError: it cannot be started.
        """
        with self._lock:
            if self._closed:
                raise RpcError("was stopped before it started")
            try:
                process = child.start(self._spec, stdin=subprocess.PIPE)
            except (OSError, ValueError) as error:
                why = (error.strerror or "").lower() if isinstance(error, OSError) else "it is no command"
                raise RpcError(f"cannot be started: {why}") from None
            self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        streams = process.stdin, process.stdout, process.stderr
        for work, stream in zip((self._write, self._read, self._listen), streams, strict=True):
            threading.Thread(target=work, args=(stream,), name="mcp", daemon=True).start()
        threading.Thread(target=self._await, args=(process,), name="mcp", daemon=True).start()

    @property
    def is_gone(self) -> bool:
        """Whether nothing is to be had from it any more."""
        return self._closed or self._why is not None

    def ask(self, method: str, parameters: Mapping[str, Any]) -> Asked:
        """Send a request."""
        with self._lock:
            self._number += 1
            asked = Asked(self._number)
            if self._why is None:
                self._pending[asked.number] = asked
        if self._why is not None:
            asked.fail(self._why)
        self._send({"jsonrpc": "2.0", "id": asked.number, "method": method, "params": dict(parameters)})
        return asked

    def answer(self, asked: Asked, seconds: float, *, cancel: bool = True) -> Any:
        """Wait for an answer.

        Args:
            asked: what was sent.
            seconds: that it may take.
            cancel: whether the child is told when nobody waits any more.

        Raises:
            RpcError: there is none.
        """
        if not self._clock.wait(asked.done, seconds) and not asked.done.is_set():
            self.abandon(asked, f"did not answer within {seconds:g} s", cancel=cancel)
        if asked.error is not None:
            raise RpcError(asked.error)
        return asked.result

    def abandon(self, asked: Asked, why: str, *, cancel: bool = True) -> None:
        """Wait for an answer no more, and say so to the child (specification, "Cancellation")."""
        with self._lock:
            waited_for = self._pending.pop(asked.number, None) is not None
        asked.fail(why)
        if waited_for and cancel:
            self.tell("notifications/cancelled", {"requestId": asked.number, "reason": why})

    def tell(self, method: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Send a notification."""
        given = {} if parameters is None else {"params": dict(parameters)}
        self._send({"jsonrpc": "2.0", "method": method, **given})

    def close(self) -> None:
        """End the child: close its standard input, ask it to end, end it (specification, "Lifecycle", stdio)."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is None:
            return
        with suppress(queue.Full):
            self._outbox.put_nowait(None)
        for signum in (signal.SIGTERM, signal.SIGKILL):
            if self._clock.wait(self.exited, _GRACE):
                break
            child.send(process, signum)
        child.send(process, signal.SIGKILL)  # what it started and left behind

    def _send(self, message: Mapping[str, Any]) -> None:
        try:
            data = json.dumps(message, ensure_ascii=True, allow_nan=False).encode() + b"\n"
            self._outbox.put_nowait(data)
        except queue.Full:
            self._end("does not read what it is sent")

    def _write(self, stream: IO[bytes]) -> None:
        with suppress(OSError, ValueError):
            while (data := self._outbox.get()) is not None:
                stream.write(data)
                stream.flush()
        with suppress(OSError, ValueError):
            stream.close()

    def _read(self, stream: IO[bytes]) -> None:
        noise = 0
        with stream, suppress(OSError, ValueError):
            while line := stream.readline(LARGEST + 1):
                if len(line) > LARGEST:
                    self._end(f"sent a message of more than {LARGEST // 10**6} MB")
                    return
                noise += not self._heard(line)
                if noise > _MOST_NOISE:
                    self._end("writes other things than messages to its standard output")
                    return
        self._clock.wait(self.exited, _GRACE)
        code = None if self._process is None else self._process.poll()
        self._end("closed its standard output" if code is None else f"has ended (exit code {code})")

    def _listen(self, stream: IO[bytes]) -> None:
        with stream, suppress(OSError, ValueError):
            while line := stream.readline(_LINE):
                text = line.decode("utf-8", "replace").rstrip()
                self.errors.append(text)
                self._chatter(text)

    def _await(self, process: "subprocess.Popen[bytes]") -> None:
        process.wait()
        self.exited.set()

    def _heard(self, line: bytes) -> bool:
        """Take a line in; whether it was one of JSON-RPC."""
        if not line.strip():
            return True
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            return False
        messages = found if isinstance(found, list) else [found]  # batches were part of one version
        if not all(isinstance(message, dict) for message in messages):
            return False
        for message in messages:
            self._take(message)
        return True

    def _take(self, message: dict[str, Any]) -> None:
        method, number = message.get("method"), message.get("id")
        if isinstance(method, str):
            if number is None:
                self._notice(method, message.get("params"))
            else:
                self._send({"jsonrpc": "2.0", "id": number, **_reply(method)})
            return
        with self._lock:
            asked = self._pending.pop(number, None) if type(number) is int else None
        if asked is None:  # nobody asked, or nobody waits any more
            return
        if "error" in message:
            asked.fail(_refusal(message["error"]))
        else:
            asked.result = message.get("result")
            asked.done.set()

    def _end(self, why: str) -> None:
        """Nothing is to be had from it any more."""
        with self._lock:
            self._why = self._why or why
            pending = list(self._pending.values())
            self._pending.clear()
        for asked in pending:
            asked.fail(self._why)
        if self._process is not None:
            child.send(self._process, signal.SIGKILL)


def _reply(method: str) -> dict[str, Any]:
    """To what a child may ask: whether somebody is there, and nothing else."""
    if method == "ping":
        return {"result": {}}
    return {"error": {"code": _NO_METHOD, "message": "Method not found"}}


def _refusal(error: Any) -> str:
    message = error.get("message") if isinstance(error, dict) else None
    return f"refused: {message}" if isinstance(message, str) and message else "refused"
