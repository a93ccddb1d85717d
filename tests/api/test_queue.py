import json

import pytest

from inference_cli.api.dialect import CURRENT, LEGACY
from inference_cli.api.events import Event
from inference_cli.api.records import Generation, State
from inference_cli.api.wire import httpx
from inference_cli.errors import DamagedError, InferenceError, NotFoundError, TemporaryError, TokenError, UsageError
from tests.support.api import CANARY, Script, client_of, in_pieces

ROW = {"generation_id": "a1", "status": "processing", "model_name": "m", "media_type": "video", "prompt": "waves"}


def ids(found: tuple[Generation, ...]) -> list[str]:
    """Just the ids."""
    return [one.generation_id for one in found]


def test_enqueue() -> None:
    """One POST with the whole body; what comes back is what the server took."""
    script = Script(httpx.Response(200, json={"generations": [{"generation_id": "a1", "status": "queued"}]}))
    with client_of(script) as client:
        taken = client.queue.enqueue({"model": "m", "prompt": "x", "num_generations": 1})
    assert script.lines == ["POST /api/ai/queue"]
    assert script.bodies == [{"model": "m", "prompt": "x", "num_generations": 1}]
    assert taken == (Generation("a1", "queued", State.QUEUED, raw={"generation_id": "a1", "status": "queued"}),)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"generations": [{"generation_id": "a"}, {"generation_id": "b"}]}, ["a", "b"]),
        ({"generations": [{"generation_id": "a"}, {"generation_id": "a"}]}, ["a"]),
        ({"generations": [{"generation_id": "a"}, {"generation_id": "../b"}, None, 7]}, ["a"]),
        ([{"generation_id": "a"}], ["a"]),
        ({"data": [{"id": "a"}]}, ["a"]),
        ({"ids": ["a", "b"]}, ["a", "b"]),
        ({"generation_ids": ["a"]}, ["a"]),
        ({"generation_id": "a", "status": "queued"}, ["a"]),
        ({"generation": {"generation_id": "a"}}, ["a"]),
        ({"status": "success", "result": {"jobs": [{"generation_id": "a"}]}}, ["a"]),
        ({"status": "error", "generations": [{"generation_id": "a"}]}, ["a"]),
    ],
)
def test_C25_C32_ids_are_found_in_any_wrapping(answer: object, found: list[str]) -> None:
    """By shape, each once, only safe ones; other wrappings than the contract's do not lose a paid generation."""
    with client_of(Script(httpx.Response(200, json=answer))) as client:
        assert ids(client.queue.enqueue({})) == found


def test_list() -> None:
    """Filters go into the query, rows are read tolerantly, each id once."""
    rows = [ROW, {**ROW, "status": "queued"}, {"generation_id": "a2", "status": "throttled"}, {"status": "queued"}, "x"]
    script = Script(httpx.Response(200, json={"count": 5, "generations": rows}))
    with client_of(script, namespace="ours") as client:
        found = client.queue.list(model="org/m", status="queued", folder="a b")
    assert script.lines == ["GET /api/ai/queue?model=org%2Fm&status=queued&folder=a+b"]
    assert [(one.generation_id, one.state, one.status) for one in found] == [
        ("a1", State.QUEUED, "queued"),
        ("a2", State.UNKNOWN, "throttled"),
    ]
    assert found[0].raw["prompt"] == "waves"


def test_list_in_2026_04() -> None:
    """By namespace and model in the path; other filters are applied here, as far as the rows say anything."""
    rows = [
        {"generation_id": "a1", "status": "processing", "model": "org/m", "media_type": "image"},
        {"generation_id": "a2", "status": "processing", "model": "org/m"},
        {"generation_id": "a3", "status": "processing", "model": "org/m", "media_type": "video"},
        {"generation_id": "a4", "status": "waiting", "model": "org/m", "media_type": "video"},
    ]
    answers = [httpx.Response(200, json={"status": "success", "count": 4, "generations": rows}) for _ in range(3)]
    script = Script(*answers)
    with client_of(script, dialect=LEGACY, namespace="ours") as client:
        assert ids(client.queue.list(model="org/m")) == ["a1", "a2", "a3", "a4"]
        assert ids(client.queue.list(model="org/m", namespace="theirs", media_type="video")) == ["a2", "a3", "a4"]
        assert ids(client.queue.list(model="org/m", status="processing", media_type="video")) == ["a2", "a3"]
    assert script.lines == [
        "GET /api/media/generations/status/ours/org/m",
        "GET /api/media/generations/status/theirs/org/m",
        "GET /api/media/generations/status/ours/org/m",
    ]


def test_what_runs_of_a_model_is_asked_for_once() -> None:
    """A paid request waits for it: no second try, in either generation of the API."""
    for dialect, path in (
        (CURRENT, "/api/ai/queue?namespace=ours&model=m"),
        (LEGACY, "/api/media/generations/status/ours/m"),
    ):
        script = Script(httpx.Response(503), httpx.Response(200, json={"generations": [ROW]}))
        with client_of(script, dialect=dialect) as client:
            with pytest.raises(TemporaryError):
                client.queue.running(model="m", namespace="ours", seconds=5.0)
            assert script.lines == [f"GET {path}"]
            assert ids(client.queue.running(model="m", namespace="ours", seconds=5.0)) == ["a1"]


def test_2026_04_needs_a_namespace_and_a_model() -> None:
    """It is said before anything is sent, with the command that sets it."""
    with client_of(Script(), dialect=LEGACY) as client:
        for call in (lambda: client.queue.list(model="m"), lambda: client.queue.cancel("a1")):
            with pytest.raises(UsageError) as caught:
                call()
            assert caught.value.message == "the 2026-04 API needs a namespace"
            assert caught.value.hint == "Set it:  inference config set namespace NAME"
        client.namespace = "ours"
        with pytest.raises(UsageError, match="of one model"):
            client.queue.list()


@pytest.mark.parametrize("answer", [{}, {"generations": None}, None, "x", {"generations": {"a": 1}}])
def test_A26_a_list_that_is_none(answer: object) -> None:
    """Damaged, never an empty queue."""
    with client_of(Script(httpx.Response(200, content=json.dumps(answer)))) as client, pytest.raises(DamagedError):
        client.queue.list()


def test_get() -> None:
    """Bare or in a wrapper, and a failed generation is no failed request."""
    script = Script(
        httpx.Response(200, json=ROW),
        httpx.Response(200, json={"status": "success", "generation": ROW}),
        httpx.Response(200, json={**ROW, "status": "error", "error": "policy"}),
        httpx.Response(200, json={"status": "processing"}),
    )
    with client_of(script) as client:
        assert client.queue.get("a1") == client.queue.get("a1") == Generation.from_json(ROW)
        assert client.queue.get("a1").state is State.FAILED
        with pytest.raises(DamagedError):
            client.queue.get("a1")
    assert script.lines == ["GET /api/ai/queue/a1"] * 4


@pytest.mark.parametrize("bad", ["", "..", "a/b", "a b", "a" * 129, "a\x1b", "ä"])
def test_C25_an_id_that_is_none_reaches_no_path(bad: str) -> None:
    """It is not found; nothing is sent."""
    with client_of(Script()) as client:
        for call in (client.queue.get, client.queue.cancel, client.generations.get):
            with pytest.raises(NotFoundError):
                call(bad)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (httpx.Response(200, json={"status": "success", "generation_id": "a1"}), None),
        (httpx.Response(204), None),
        (httpx.Response(200, json={**ROW, "status": "cancelled"}), State.CANCELLED),
        (httpx.Response(200, json={"status": "success", "generation": {**ROW, "status": "canceled"}}), State.CANCELLED),
        (httpx.Response(200, json={"status": "succeeded"}), State.SUCCEEDED),
    ],
)
def test_C22_cancel(answer: httpx.Response, state: State | None) -> None:
    """The row where the answer holds one; what is only about the request says nothing about the generation."""
    script = Script(answer)
    with client_of(script) as client:
        row = client.queue.cancel("a1")
    assert (row and row.state) == state
    assert script.lines == ["DELETE /api/ai/queue/a1"]


def test_cancel_in_2026_04() -> None:
    """With the namespace in the path; what has ended is a 404."""
    script = Script(httpx.Response(200, json={"status": "success"}), httpx.Response(404, json={"error": "gone"}))
    with client_of(script, dialect=LEGACY, namespace="ours") as client:
        assert client.queue.cancel("a1") is None
        with pytest.raises(NotFoundError):
            client.queue.cancel("a1")
    assert script.lines == ["DELETE /api/media/generations/ours/a1"] * 2


def test_C23_cancelling_is_tried_again() -> None:
    """It is idempotent."""
    script = Script(httpx.ReadTimeout("late"), httpx.Response(502), httpx.Response(204))
    with client_of(script) as client:
        assert client.queue.cancel("a1") is None
    assert len(script.requests) == 3


@pytest.mark.parametrize(("status", "kind"), [(404, NotFoundError), (403, TokenError)])
def test_C24_cancelling_what_is_not_ours(status: int, kind: type[InferenceError]) -> None:
    """As the server says."""
    with client_of(Script(httpx.Response(status))) as client, pytest.raises(kind):
        client.queue.cancel("a1")


SSE = {"content-type": "text/event-stream; charset=utf-8"}


def test_events() -> None:
    """As they come, in whatever pieces; comments are no events."""
    body = b': hi\n\nevent: media_generation_completed\ndata: {"generation_id": "a1"}\n\n'
    script = Script(httpx.Response(200, headers=SSE, content=in_pieces(body[:20], body[20:])))
    with client_of(script) as client, client.queue.events() as events:
        assert list(events) == [Event("media_generation_completed", '{"generation_id": "a1"}')]
    assert script.lines == ["GET /api/events"]
    assert script.requests[0].headers["accept"] == "text/event-stream"
    assert script.requests[0].extensions["timeout"]["read"] == 60.0


def test_A39_a_stream_that_breaks_is_temporary_and_not_opened_again() -> None:
    """Whoever follows it does that."""
    broken = httpx.Response(200, headers=SSE, content=in_pieces(b"data: 1\n\n", httpx.ReadTimeout("silence")))
    script = Script(broken, httpx.ConnectError("refused"))
    got: list[Event] = []
    with client_of(script) as client:
        with pytest.raises(TemporaryError), client.queue.events() as events:
            got.extend(events)
        with pytest.raises(TemporaryError), client.queue.events():
            pass
    assert len(script.requests) == 2


def test_a_stream_that_is_none() -> None:
    """An HTML page instead of events is damaged; 2026-04 has no events."""
    with (
        client_of(Script(httpx.Response(200, html="<html>"))) as client,
        pytest.raises(DamagedError),
        client.queue.events(),
    ):
        pass
    with client_of(Script(), dialect=LEGACY) as client, pytest.raises(NotFoundError), client.queue.events():
        pass


def test_what_2026_04_does_not_have() -> None:
    """Not found, naming the generation of the API; nothing is sent."""
    with (
        client_of(Script(), dialect=LEGACY, namespace="ours") as client,
        pytest.raises(NotFoundError, match="2026-04 API"),
    ):
        list(client.generations.list())


def test_I5_a_token_that_the_server_repeats_goes_no_further() -> None:
    """Neither the row nor what is kept of it holds the token."""
    answer = {"generation_id": "g1", "status": "failed", "error_message": f"refused Bearer {CANARY}", "note": CANARY}
    row = client_of(Script(httpx.Response(200, json=answer))).queue.get("g1")

    assert (row.error_message, row.raw["note"], CANARY in repr(row)) == ("refused Bearer ***", "***", False)
