"""One request and its answer, as data: what is sent, and a body that has not been read yet."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from inference_cli.api.bodies import DOCUMENT_CAP, decoded
from inference_cli.api.deadlines import Deadline
from inference_cli.api.failures import Answered, Garbled
from inference_cli.api.payload import Payload
from inference_cli.api.retry import Kind
from inference_cli.api.wire import httpx
from inference_cli.frozen import dataclass

if TYPE_CHECKING:
    import threading

CONTROL, DIRECT = 120.0, 900.0  # seconds for a whole call, retries included (faults document, timeouts)
_KEPT = 1024 * 1024  # bytes of an answer that are remembered to save ids from, if it cannot be read


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the API: ``path`` is below the base URL, ``total`` seconds are for all of its attempts."""

    kind: Kind
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Payload | None = None
    total: float = CONTROL
    silence: float = 1e9  # seconds that may pass between two bytes
    patience: float | None = None  # seconds until the first byte of the body, where that is another time
    stop: "threading.Event | None" = None  # ends the reading when it is set
    accept: str = "application/json"
    encoding: str = "gzip"
    etag: str | None = None  # of the copy that is there: an answer of 304 says that it is still right


class Answer:
    """A good answer whose body has not been read yet."""

    def __init__(self, answered: Answered, chunks: Iterable[bytes]) -> None:
        self.answered = answered
        self._chunks = chunks
        self.beginning = bytearray()  # the first bytes of the body, once they were read

    def chunks(self, *, cap: int | None = DOCUMENT_CAP) -> Iterator[bytes]:
        """The body, its content encoding undone.

        Raises:
            Garbled: it is not in the encoding that it claims, was cut, or exceeds the cap in bytes.
        """
        encoding, raw = self.answered.headers.get("content-encoding", ""), bytearray()
        chunks = _kept(self._chunks, raw) if encoding else self._chunks
        try:
            for chunk in decoded(chunks, encoding, cap=cap):
                if len(self.beginning) < _KEPT:
                    self.beginning += chunk[:_KEPT]
                yield chunk
        except Garbled:
            self.beginning += raw  # where ids may stand in plain words (fault A18)
            raise


def _kept(chunks: Iterable[bytes], kept: bytearray) -> Iterator[bytes]:
    for chunk in chunks:
        if len(kept) < _KEPT:
            kept += chunk[:_KEPT]
        yield chunk


def until(chunks: Iterable[bytes], deadline: Deadline, silence: float, *, paid: bool = False) -> Iterator[bytes]:
    """The chunks of a body, for transports that do not look at the deadline between them.

    Args:
        chunks: the body.
        deadline: when it has to be over.
        silence: seconds that may pass between two chunks, from the first one on.
        paid: an answer that is here whole counts, however long it took to write its end to a disk.
    """
    begun = False
    for chunk in chunks:
        if begun and paid and deadline.left() <= 0:
            raise httpx.ReadTimeout("the time is up")
        if not begun:
            begun = True
            deadline.each_from_now(silence)
        yield chunk
        if not paid and deadline.left() <= 0:
            raise httpx.ReadTimeout("the time is up")
