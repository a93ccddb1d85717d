"""The queue: generations that run without a connection being held open."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.api.events import Event, EventDecoder
from inference_cli.api.failures import Garbled, ids_in
from inference_cli.api.records import Generation, is_valid_id
from inference_cli.api.retry import Kind
from inference_cli.api.rows import read_rows, row_in, rows_in
from inference_cli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.exchange import Answer

HEARTBEAT = 60.0  # seconds without a byte after which the event stream is dead (fault A39)
_DAY = 86400.0


class Queue:
    """``/ai/queue``, ``/media/generations`` and ``/events``."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def enqueue(self, body: Mapping[str, Any]) -> tuple[Generation, ...]:
        """Enqueue a paid request, once.

        Returns:
            What the server took, each id once; it may be fewer or more than were asked for (fault C25).

        Raises:
            UsageError: JSON cannot carry the body; nothing was sent.
            UnknownOutcomeError: it may have been accepted; ``generation_ids`` holds ids seen in the answer.
            PartialError: refused, and yet with ids, which ``generation_ids`` holds (fault A31).
            InferenceError: the server refused it.
        """
        _, path = self._client.dialect.route("queue.enqueue")

        def read(answer: "Answer") -> tuple[Generation, ...]:
            return _accepted(self._client.read_document(answer))

        return self._client.perform(self._client.paid(path, body), read)

    def list(
        self,
        *,
        model: str | None = None,
        namespace: str | None = None,
        status: str | None = None,
        media_type: str | None = None,
        repo: str | None = None,
        folder: str | None = None,
    ) -> tuple[Generation, ...]:
        """What is in the queue: active generations, unless a status is named.

        Args:
            model: 2026-04 needs one.
            namespace: 2026-04 needs one; the client's own is the default there.
            status: one value of the contract; 2026-04 has only active ones, and they are filtered here.
            media_type: ``image`` or ``video``.
            repo: target repository.
            folder: target folder.

        Raises:
            UsageError: 2026-04, and no namespace or no model.
            InferenceError: as the answer says.
        """
        asked = {
            "namespace": namespace,
            "model": model,
            "status": status,
            "media_type": media_type,
            "repo": repo,
            "folder": folder,
        }
        return self._listed(asked)

    def running(self, *, model: str, namespace: str | None, seconds: float) -> tuple[Generation, ...]:
        """What is active of one model, asked for once: what a paid request is about to wait for may not take long.

        Args:
            model: whose generations.
            namespace: 2026-04 needs one; the client's own is the default there.
            seconds: for all of it.

        Raises:
            UsageError: 2026-04, and no namespace.
            InferenceError: as the answer says, or there was none in time.
        """
        return self._listed({"namespace": namespace, "model": model}, seconds)

    def _listed(self, asked: Mapping[str, str | None], once: float | None = None) -> tuple[Generation, ...]:
        from inference_cli.api.exchange import CONTROL, Call

        dialect = self._client.dialect
        if dialect.queue_filters:
            _, path = dialect.route("queue.list")
        else:
            names = {"namespace": self._namespace(asked["namespace"]), "model": _needed(asked["model"])}
            _, path = dialect.route("queue.list", **names)
        sent = [(name, asked.get(name)) for name in dialect.queue_filters]
        query = tuple((name, value) for name, value in sent if value is not None)
        call = Call(Kind.READ if once is None else Kind.GLANCE, "GET", path, query, total=once or CONTROL)
        rows = rows_in(self._client.document(call), "generations", "data")
        found = {row.generation_id: row for row in read_rows(rows, Generation.from_json)}
        unfiltered = {name: value for name, value in asked.items() if name not in dialect.queue_filters}
        return tuple(row for row in found.values() if _fits(row, unfiltered))

    def get(self, generation_id: str) -> Generation:
        """One generation, ended or not.

        Raises:
            NotFoundError: there is none, or 2026-04, which has no such route.
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("queue.get", id=_safe(generation_id))
        return Generation.from_json(row_in(self._client.get(path), "generation", "data"))

    def cancel(self, generation_id: str, *, namespace: str | None = None) -> Generation | None:
        """Cancel one generation; one that has ended stays as it is (fault C22).

        Args:
            generation_id: the generation.
            namespace: where it was made, for 2026-04; the client's own is the default there.

        Returns:
            Its row where the answer holds one; otherwise ask for its state.

        Raises:
            NotFoundError: there is none; in 2026-04 also when it has ended.
            UsageError: 2026-04, and no namespace.
            InferenceError: as the answer says.
        """
        from inference_cli.api.exchange import Call

        places = {"id": _safe(generation_id)}
        if "{namespace}" in self._client.dialect.routes.get("queue.cancel", ""):
            places["namespace"] = self._namespace(namespace)
        method, path = self._client.dialect.route("queue.cancel", **places)
        document = row_in(self._client.document(Call(Kind.CANCEL, method, path)), "generation", "data")
        # {"status": "success", "generation_id"} is about the request, not about the generation.
        status = document.get("status") if isinstance(document, Mapping) else None
        if not isinstance(status, str) or status == "success":
            return None
        return Generation.from_json({**document, "generation_id": generation_id})

    @contextlib.contextmanager
    def events(self) -> Iterator[Iterator[Event]]:
        """The events of finished generations, as they come: a hint, never the truth (fault A39).

        Raises:
            NotFoundError: 2026-04, which has no such route.
            TemporaryError: the connection broke, or was silent for a minute; follow the list instead, or come back.
        """
        from inference_cli.api.exchange import Call

        _, path = self._client.dialect.route("queue.events")
        call = Call(
            Kind.EVENTS,
            "GET",
            path,
            total=_DAY,
            silence=HEARTBEAT,
            accept="text/event-stream",
            encoding="identity",
        )
        with self._client.streaming(call) as answer:
            kind = answer.answered.headers.get("content-type", "")
            if not kind.lower().startswith("text/event-stream"):
                raise Garbled("the event stream is no event stream")
            yield _events(answer)

    def _namespace(self, asked_for: str | None) -> str:
        namespace = asked_for or self._client.namespace
        if not namespace:
            raise UsageError("the 2026-04 API needs a namespace", hint="Set it:  inference config set namespace NAME")
        return namespace


def _events(answer: "Answer") -> Iterator[Event]:
    decoder = EventDecoder()
    for chunk in answer.chunks(cap=None):
        yield from decoder.feed(chunk)


def _accepted(document: Any) -> tuple[Generation, ...]:
    """The generations in the answer to a paid request, whatever they are wrapped in (fault C32)."""
    try:
        rows = rows_in(document, "generations", "data", "ids", "generation_ids")
    except Garbled:
        row = row_in(document, "generation", "data")
        rows = [row] if isinstance(row, Mapping) else []  # a bare word such as "queued" is no id
    rows = [{"generation_id": row, "status": "queued"} if isinstance(row, str) else row for row in rows]
    found = {row.generation_id: row for row in read_rows(rows, Generation.from_json)}
    for identity in ids_in(document):
        found.setdefault(identity, Generation.from_json({"generation_id": identity, "status": "queued"}))
    if not found:
        raise Garbled("the answer names no generation")
    return tuple(found.values())


def _fits(row: Generation, filters: Mapping[str, str | None]) -> bool:
    """Whether a row passes the filters that the server did not apply; what it does not say is no reason against it."""
    status, media = filters.get("status"), filters.get("media_type")
    if status and status not in {row.status, row.state.value}:
        return False
    return not (media and row.media_type and row.media_type != media)


def _safe(generation_id: str) -> str:
    if not is_valid_id(generation_id):
        raise NotFoundError("that is no id of a generation", hint="See:  inference queue list")
    return generation_id


def _needed(model: str | None) -> str:
    if not model:
        raise UsageError("the 2026-04 API lists the queue of one model", hint="Name it:  -m MODEL")
    return model
