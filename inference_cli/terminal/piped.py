"""An answer into a pipe while it arrives: its bytes exactly, in few writes, none of them late."""

import threading
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from inference_cli.clock import Wake
from inference_cli.errors import LocalError
from inference_cli.terminal.safe import whole

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.terminal.streams import Streams

GATE = 0.010
"""Seconds for which pieces that follow each other quickly are gathered; a slow stream is never held back."""


class Piped:
    """Writes an answer to standard output, as a context; leaving it writes what is left.

    A piece that comes after a pause is written at once. Pieces that follow within ``GATE`` seconds are gathered, and a
    thread writes them when the gate opens, so that the last one is not kept waiting for another.

    Args:
        streams: whose standard output.
        clock: for the gate.
        automatic: whether that thread runs; without it ``feed`` and the end write.
    """

    def __init__(self, streams: "Streams", clock: "Clock", *, automatic: bool = True) -> None:
        self._streams, self._clock, self._automatic = streams, clock, automatic
        self._lock = threading.Lock()
        self._pieces: list[str] = []
        self._opens = 0.0  # the monotonic second from which a write needs no gathering
        self._failure: BaseException | None = None
        self._wanted, self._stopped = Wake(), Wake()  # a signal may break off whoever feeds, at any step
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        else:
            with suppress(OSError, LocalError):
                self.finish()

    def feed(self, text: str) -> None:
        """Take the next piece.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: standard output cannot be written.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            self._pieces.append(text)
            if self._clock.monotonic() < self._opens:
                waits = True
            else:
                self._write()
                waits = False
        if waits and self._automatic and not self._wanted.is_set():
            self._wake()

    def finish(self) -> None:
        """Write what is left; nothing is added to it.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: standard output cannot be written.
        """
        self._stopped.set()
        self._wanted.set()
        with self._lock:
            if self._failure is not None:
                raise self._failure
            self._write()

    def _write(self) -> None:
        text, self._pieces = "".join(self._pieces), []
        if text:
            self._streams.write_stdout(whole(text).encode())
            self._opens = self._clock.monotonic() + GATE

    def _wake(self) -> None:
        self._wanted.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="piped", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            if self._clock.wait(self._stopped, GATE):
                return
            with self._lock:
                self._wanted.clear()
                try:
                    self._write()
                except (OSError, LocalError) as error:  # told to whoever feeds next
                    self._failure = error
                    return
