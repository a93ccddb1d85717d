"""Chat completions: streamed piece by piece, or whole."""

import contextlib
import json
import math
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inference_cli.api.assembly import Assembly
from inference_cli.api.bodies import JSON_CAP, capped, decode
from inference_cli.api.completion import Completion, Delta
from inference_cli.api.events import EventDecoder
from inference_cli.api.exchange import Call
from inference_cli.api.failures import ASK_AGAIN, Garbled, complaint_of, is_error, judge
from inference_cli.api.payload import encode
from inference_cli.api.retry import Kind
from inference_cli.api.wire import httpx
from inference_cli.errors import DamagedError, InferenceError, Interrupted, TemporaryError, UnknownOutcomeError
from inference_cli.late import pattern

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.exchange import Answer

FIRST_BYTE, IDLE = 600.0, 120.0  # seconds (faults document, "Retry policy", timeouts)
_NO_LIMIT = 1e8  # seconds for a whole answer: three years
GO_ON = "What came is kept.  Go on from it:  inference chat -c"
_ERRORS = range(400, 600)  # HTTP's
_LONE = pattern(r"\\u[dD][89a-fA-F]")  # may be half a surrogate pair
_BROKEN_OFF = pattern(r"server|internal|overload|timeout|engine|unavailable|capacity", re.IGNORECASE)


class Chat:
    """``POST /chat/completions``, in the current API below ``/ai``."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    @contextlib.contextmanager
    def stream(self, body: Mapping[str, Any], *, stop: threading.Event | None = None) -> "Iterator[Answering]":
        """Ask, and give the answer while it comes; leaving the block closes the connection.

        Args:
            body: the request; ``stream`` and ``stream_options`` are added here.
            stop: ends the reading when it is set, within a tenth of a second.

        Raises:
            UsageError: JSON cannot carry the body; nothing was sent.
            NotFoundError: no such model.
            TemporaryError: the server did not take it.
            DamagedError: it was sent and its answer was lost; it may have been billed.
            Interrupted: ``stop`` was set.
            InferenceError: the server refused it.
        """
        asked = {**body, "stream": True}
        asked.setdefault("stream_options", {"include_usage": True})
        with self._asked(asked, stop) as answering:
            yield answering

    def complete(self, body: Mapping[str, Any], *, stop: threading.Event | None = None) -> Completion:
        """Ask, and wait for the whole answer.

        Raises:
            InferenceError: as for ``stream``.
        """
        with self._asked({**body, "stream": False}, stop) as answering:
            for _ in answering:
                pass
            return answering.completion

    @contextlib.contextmanager
    def _asked(self, body: Mapping[str, Any], stop: threading.Event | None) -> "Iterator[Answering]":
        method, path = self._client.dialect.route("chat.completions")
        accept = "text/event-stream, application/json" if body["stream"] else "application/json"
        call = Call(
            Kind.CHAT,
            method,
            path,
            body=encode(body),
            total=_NO_LIMIT,
            silence=IDLE,
            patience=FIRST_BYTE,
            accept=accept,
            encoding="identity",
            stop=stop,
        )
        try:
            with self._client.streaming(call, again=True) as answer:
                yield Answering(self._client, answer, stop)
        except (DamagedError, TemporaryError) as error:
            if stop is None or not stop.is_set():
                raise
            raise Interrupted("stopped; the answer may have been billed as far as it came") from error


class Answering:
    """An answer while it comes: iterate over its pieces; what came so far is there at any time."""

    def __init__(self, client: "Client", answer: "Answer", stop: threading.Event | None = None) -> None:
        self._client, self._answer, self._stop = client, answer, stop
        self._chunks = answer.chunks(cap=None)
        self._size = 0  # bytes so far
        self._decoder = EventDecoder()
        self._assembly = Assembly(client.redactor)
        # Control characters in a string are no JSON; what was paid for is read all the same (fault B2).
        self._scan = json.JSONDecoder(parse_constant=_real, parse_float=_real, strict=False).raw_decode
        self._is_stream: bool | None = None  # once its beginning is there
        self._warned = False
        self._over = False
        self._complete = False

    @property
    def completion(self) -> Completion:
        """The answer as far as it came; it costs as much as the answer is long."""
        return self._assembly.completion(complete=self._complete)

    def __iter__(self) -> Iterator[Delta]:
        """The pieces that were not given out yet.

        Raises:
            DamagedError: the stream ended early, stood still, or was not understood; what came is kept.
            Interrupted: somebody wished to stop.
            InferenceError: the server said in the middle of its answer that it failed.
        """
        while not self._over:
            failure = self._failure_in()
            delta = self._assembly.drain(last=self._over)
            if delta is not None:
                yield delta
            if failure is not None:
                raise failure

    def _failure_in(self) -> InferenceError | None:
        """Take the next bytes; why nothing will follow, if it is a failure."""
        try:
            self._feed(next(self._chunks, None))
        except (httpx.HTTPError, httpx.StreamError) as error:
            failure: InferenceError | None = self._broken(error)
        except Garbled as error:
            failure = self._ended(f": {error.message}", error.message)
        except InferenceError as error:
            failure = error
        else:
            return None
        self._over = True
        return failure

    def _feed(self, chunk: bytes | None) -> None:
        if self._is_stream is None:
            self._is_stream = self._streams(chunk or b"")
        if not self._is_stream:
            self._whole(chunk or b"")
            return
        if chunk is None:
            self._over = True
            self._end("")
            return
        self._feed_stream(chunk)

    def _feed_stream(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > JSON_CAP:
            raise Garbled(f"the answer is larger than {JSON_CAP // (1024 * 1024)} MB")
        datas = self._decoder.plain(chunk)
        if datas is not None:
            for data in datas:
                if self._take(data):
                    self._over = self._complete = True
                    break
            return
        for event in self._decoder.feed(chunk):
            if self._take(event.data, event.event):
                self._over = self._complete = True
                break
        if self._decoder.damaged_text and not self._warned:
            self._warned = True
            self._client.notice("the answer holds bytes that are not UTF-8; they are shown as \ufffd")

    def _streams(self, beginning: bytes) -> bool:
        """Whether the answer is a stream, whatever was asked for (fault B10)."""
        kind = self._answer.answered.headers.get("content-type", "").lower()
        if "event-stream" in kind:
            return True
        return "json" not in kind and not beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[", b"<"))

    def _take(self, data: str, name: str = "message") -> bool:
        """Take one event; whether it is the last."""
        if data[:6] == "[DONE]":
            return True
        if not data or data.isspace():
            return False
        document = self._read(data)
        if not isinstance(document, dict):
            return False
        if "error" in document or name == "error":
            self._check(document, named=name == "error")
        self._assembly.take(document, halves="\\u" in data and _LONE.search(data) is not None)
        return False

    def _read(self, data: str) -> Any:
        try:
            document, end = self._scan(data)
            if end == len(data):
                return document
        except (ValueError, RecursionError):
            pass
        return decode(data.encode("utf-8", "surrogatepass"), notice=self._client.notice)

    def _check(self, document: dict[str, Any], *, named: bool) -> None:
        choices = document.get("choices")
        broke_off = any(
            isinstance(choice, dict) and choice.get("finish_reason") == "error"
            for choice in (choices if isinstance(choices, list) else ())
        )
        if not broke_off and (choices or not (document.get("error") or named)):
            return
        begun = self._assembly.begun
        self._assembly.take(document)
        raise self._said(self._client.redactor.document(document), begun=begun)

    def _said(self, document: Mapping[str, Any], *, begun: bool) -> InferenceError:
        """The failure that a server speaks of when its good status is out already (fault B6)."""
        complaint = complaint_of(document)
        inner = document.get("error")
        code = inner.get("code") if isinstance(inner, Mapping) else None
        said = f"{complaint.type}\n{complaint.text}"
        status = code if isinstance(code, int) and code in _ERRORS else 500 if _BROKEN_OFF.search(said) else 400
        error = judge(replace(self._answer.answered, status=status), complaint).error
        if begun or isinstance(error, UnknownOutcomeError | DamagedError):
            # What came is billed: no class may say that nothing was accepted (interface document, "Exit codes").
            words = f": {complaint.text.splitlines()[0].rstrip('.')}" if complaint.text.strip() else ""
            error = DamagedError(f"the server broke off its answer{words}", hint=GO_ON, details=error.details)
        error.status = self._answer.answered.status
        return error

    def _whole(self, beginning: bytes) -> None:
        answered = self._answer.answered
        whole = b"".join((beginning, *capped(self._chunks, JSON_CAP)))
        document = decode(whole, notice=self._client.notice)
        document = self._client.redactor.document(document)
        if is_error(document):
            raise self._said(document, begun=False)
        if not isinstance(document, dict) or not isinstance(document.get("choices"), list):
            raise DamagedError("the answer is no chat completion; it may have been billed", status=answered.status)
        self._assembly.take_whole(document)
        self._over = self._complete = True

    def _broken(self, error: Exception) -> InferenceError | None:
        if self._stop is not None and self._stop.is_set():
            return Interrupted("stopped; the answer is billed as far as it came")
        if isinstance(error, httpx.TimeoutException):
            return self._ended(f": nothing came for {IDLE:.0f} s")
        return self._ended(": the connection broke" if isinstance(error, httpx.NetworkError) else "")

    def _end(self, why: str) -> None:
        failure = self._ended(why)
        if failure is not None:
            raise failure

    def _ended(self, why: str, alone: str = "the answer was cut") -> InferenceError | None:
        """What it means that nothing follows: everything was said (fault B5), or the stream ended early (B4).

        Args:
            why: the end of the sentence for a stream.
            alone: the sentence for an answer that was to come in one piece.
        """
        if self._assembly.finished:
            self._complete = True
            return None
        status = self._answer.answered.status
        if self._assembly.begun:
            return DamagedError(f"the stream ended early{why}", hint=GO_ON, status=status)
        sentence = f"the stream ended early{why}" if self._is_stream is not False else alone
        return DamagedError(f"{sentence}; it may have been billed", hint=ASK_AGAIN, status=status)


def _real(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None
