"""A made-up API and media host: what they answer is a script over the seconds of a manual clock."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from inference_cli.api.dialect import CURRENT, Dialect
from inference_cli.api.events import Event
from inference_cli.api.generations import Page
from inference_cli.api.media import MediaStream
from inference_cli.api.records import Generation, MediaAnswer, Output
from inference_cli.api.redaction import Redactor
from inference_cli.api.retry import Retry
from inference_cli.clock import Clock
from inference_cli.errors import NotFoundError, TemporaryError
from tests.support.samples import png

LINK = "https://media.example/{}.png?X-Amz-Signature=canary"
Answer = Mapping[str, Any] | Exception | None
"""A row, an error, or None for a 404."""


def link(identity: str) -> str:
    """Where the fake API says that a result is."""
    return LINK.format(identity)


@dataclass(frozen=True, slots=True)
class Story:
    """What becomes of one generation: from each second on, an answer; ``listed`` is whether the queue shows it."""

    steps: Sequence[tuple[float, Answer]]

    def at(self, second: float) -> Answer:
        """The answer in force at a second."""
        return next((answer for start, answer in reversed(self.steps) if second >= start), None)


def story(identity: str, *steps: tuple[float, str], **fields: Any) -> Story:
    """A life in words: ``(0, "queued"), (2, "succeeded")``; a generation that succeeded has a link."""
    rows: list[tuple[float, Answer]] = []
    for second, status in steps:
        row = {"status": status, "result_url": link(identity) if status == "succeeded" else None}
        rows.append((second, {**row, **fields}))
    return Story(rows)


class FakeClient:
    """The surface of ``api.client.Client`` that jobs use.

    Args:
        clock: whose seconds the stories count.
        stories: by id.
        enqueued: what each POST to the queue answers: ids, or an error.
        answers: what each direct call answers: outputs, an error, or a function of the sink.
        dialect: the generation of the API.
        outages: spans of seconds in which every GET fails.
        events: the event stream's data, once; then it breaks.
        further_on: a server that answers by id although its generation of the API does not promise to.
        unborn: ids of stories that begin with the first paid request.
    """

    def __init__(
        self,
        clock: Clock,
        stories: Mapping[str, Story] | None = None,
        *,
        enqueued: Sequence[Sequence[str] | Exception] = (),
        answers: Sequence[Any] = (),
        dialect: Dialect = CURRENT,
        outages: Sequence[tuple[float, float, Exception]] = (),
        events: Sequence[str] = (),
        further_on: bool = False,
        unborn: Sequence[str] = (),
    ) -> None:
        self.redactor = Redactor()
        self.retry = Retry(clock=clock)
        self.further_on = further_on
        self.clock, self.stories, self.dialect = clock, dict(stories or {}), dialect
        self.calls: list[str] = []
        self.baselines = 0
        self.unborn = set(unborn)
        self.bodies: list[dict[str, Any]] = []
        self.outages, self.event_data = outages, list(events)
        self._enqueued, self._answers = list(enqueued), list(answers)
        self.queue = self.generations = self.images = self.videos = self

    def script_direct(self, *answers: Any) -> None:
        """What the next direct calls answer."""
        self._answers += answers

    def _say(self, call: str) -> None:
        self.calls.append(call)
        now = self.clock.monotonic()
        for start, end, error in self.outages:
            if start <= now < end:
                raise error

    def _row(self, identity: str) -> Generation | None:
        known = None if identity in self.unborn else self.stories.get(identity)
        answer = None if known is None else known.at(self.clock.monotonic())
        if isinstance(answer, Exception):
            raise answer
        return None if answer is None else Generation.from_json({"generation_id": identity, **answer})

    def get(self, identity: str) -> Generation:
        """``GET /ai/queue/:id`` and ``/ai/generations/:id`` alike."""
        self._say(f"get {identity}")
        row = self._row(identity) if self.dialect.has_generation_route or self.further_on else None
        if row is None:
            raise NotFoundError("the server has no such thing")
        return row

    def list(self, **filters: Any) -> tuple[Generation, ...]:
        """``GET /ai/queue`` with filters, ``/ai/generations`` without: active rows, or all."""
        past = not filters
        self._say("history" if past else "list " + " ".join(str(value) for value in filters.values()))
        rows = [row for identity in self.stories if (row := self._row(identity)) is not None]
        return tuple(row for row in rows if past or not row.state.ended)

    def running(self, *, model: str, namespace: str | None, seconds: float) -> tuple[Generation, ...]:
        """The queue's list of one model."""
        assert seconds > 0
        return self.list(namespace=namespace, model=model)

    def newest(self, rows: int, *, namespace: str | None, seconds: float) -> Page:
        """The first page of ``/ai/generations``, the newest first; not among the calls, but counted."""
        assert rows > 0
        assert seconds > 0
        self.baselines += 1
        return next(self._pages())

    def pages(
        self, filters: Mapping[str, str | None], *, page_size: int, seconds: float | None = None
    ) -> Iterator[Page]:
        """``GET /ai/generations``, all in one page."""
        assert page_size > 0
        assert seconds is None or seconds > 0
        self._say("pages " + " ".join(str(value) for value in filters.values()))
        return self._pages()

    def _pages(self) -> Iterator[Page]:
        rows = [row for identity in self.stories if (row := self._row(identity)) is not None]
        yield Page(1, tuple(reversed(rows)), 1, len(rows), last=True)

    def glance(self, ids: Sequence[str], *, singly: int, seconds: float) -> Iterator[Generation]:
        """``GET /ai/generations/:id`` for each, or one page of ``/ai/generations``."""
        assert singly > 0
        assert seconds > 0
        self._say(f"costs {' '.join(ids)}" if len(ids) <= singly else "costs of all")
        yield from (row for identity in ids if (row := self._row(identity)) is not None)

    def enqueue(self, body: Mapping[str, Any]) -> tuple[Generation, ...]:
        """``POST /ai/queue``."""
        self.calls.append("enqueue")
        self.unborn.clear()
        self.bodies.append(dict(body))
        answer = self._enqueued.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return tuple(Generation.from_json({"generation_id": one, "status": "queued"}) for one in answer)

    def generate(self, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
        """A direct call."""
        return self._direct("generate", body, sink)

    def edit(self, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
        """A direct edit."""
        return self._direct("edit", body, sink)

    def _direct(self, name: str, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
        self.calls.append(name)
        self.unborn.clear()
        self.bodies.append(dict(body))
        answer = self._answers.pop(0)
        if callable(answer):
            answer = answer(sink)
        if isinstance(answer, BaseException):
            raise answer
        return MediaAnswer(model="fox-1", created=None, outputs=tuple(answer))

    @contextmanager
    def events(self) -> Iterator[Iterator[Event]]:
        """The event stream: what was scripted, then a broken connection."""
        self._say("events")
        data, self.event_data = self.event_data, []

        def stream() -> Iterator[Event]:
            yield from (Event(event="media_generation_completed", data=one) for one in data)
            raise TemporaryError("the connection broke")

        yield stream()


def inline(*media: bytes) -> Callable[[Callable[[int], BinaryIO]], list[Output]]:
    """A direct answer with the media inside it."""

    def answer(sink: Callable[[int], BinaryIO]) -> list[Output]:
        for number, data in enumerate(media):
            file = sink(number)
            file.write(data)
            file.close()
        return [Output(inline=number) for number in range(len(media))]

    return answer


def cut(error: BaseException, *media: bytes, piece: bytes = b"") -> Callable[[Callable[[int], BinaryIO]], Any]:
    """A direct answer that breaks after whole media and perhaps a piece of more."""

    def answer(sink: Callable[[int], BinaryIO]) -> Any:
        inline(*media)(sink)
        if piece:
            sink(len(media)).write(piece)
        return error

    return answer


@dataclass(slots=True)
class Served:
    """A file of the fake media host; each connection takes the next of ``faults``, after them all goes well.

    A fault is an error, or the number of bytes after which the connection breaks.
    """

    data: bytes
    etag: str | None = '"v1"'
    faults: list[Any] = field(default_factory=list)
    sized: bool = True
    ranges: bool = True
    chunk: int = 64


class FakeMedia:
    """The surface of ``api.media.MediaClient`` that jobs use."""

    def __init__(self, files: Mapping[str, Served | bytes] | None = None) -> None:
        self.files = {url: Served(file) if isinstance(file, bytes) else file for url, file in (files or {}).items()}
        self.asked: list[tuple[str, int, str | None]] = []
        self.on_chunk: Callable[[], None] = lambda: None

    @contextmanager
    def open(self, url: str, *, offset: int = 0, etag: str | None = None) -> Iterator[MediaStream]:
        """A download that may break."""
        self.asked.append((url, offset, etag))
        file = self.files.get(url, Served(png()))
        fault = file.faults.pop(0) if file.faults else None
        if isinstance(fault, Exception):
            raise fault
        start = offset if file.ranges and etag == file.etag else 0
        total = len(file.data) if file.sized else None
        yield MediaStream(206 if start else 200, start, total, file.etag, "image/png", self._chunks(file, start, fault))

    def _chunks(self, file: Served, start: int, fault: int | None) -> Iterator[bytes]:
        rest = file.data[start:] if fault is None else file.data[start : start + fault]
        for place in range(0, len(rest), file.chunk):
            yield rest[place : place + file.chunk]
            self.on_chunk()
        if fault is not None:
            raise TemporaryError("the connection broke")


def sha256(data: bytes) -> str:
    """The digest that a result of those bytes has."""
    return hashlib.sha256(data).hexdigest()
