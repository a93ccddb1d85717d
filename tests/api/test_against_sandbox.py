"""The client and the sandbox were written apart from one contract; that they agree is a test of both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inference_cli.api.client import Client
from inference_cli.api.dialect import CURRENT, LEGACY, Dialect, detect
from inference_cli.api.media import MediaClient
from inference_cli.api.records import State
from inference_cli.clock import ManualClock, SystemClock
from inference_cli.errors import NotFoundError, RefusedError
from inference_cli.origin import parse_origin
from inference_cli.sandbox.app import Sandbox
from inference_cli.sandbox.transport import SandboxTransport
from tests.support.api import Sinks

BASE = "https://api.sandbox.invalid/api"
IMAGE = "black-forest-labs-flux-2-klein-4b"
VIDEO = "kling-video-v2-6-pro-text-to-video"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def time() -> ManualClock:
    """The sandbox's time, which tests advance."""
    return ManualClock()


@pytest.fixture
def sandbox(tmp_path: Path, time: ManualClock) -> Iterator[Sandbox]:
    """One that speaks both generations of the API."""
    one = Sandbox(tmp_path, clock=time.now)
    yield one
    one.close()


def client_to(sandbox: Sandbox, dialect: Dialect) -> Client:
    """A client of that generation of the API."""
    return Client(
        base_url=BASE,
        origin=parse_origin(BASE),
        token="sandbox-token",
        dialect=dialect,
        namespace="sandbox",
        clock=SystemClock(),
        transport=lambda: SandboxTransport(sandbox.application),
    )


def media_to(sandbox: Sandbox) -> MediaClient:
    """The client of its result URLs."""
    return MediaClient(
        api_origin=parse_origin(BASE),
        clock=SystemClock(),
        transport=lambda: SandboxTransport(sandbox.application),
    )


def download(sandbox: Sandbox, url: str, offset: int = 0, etag: str | None = None) -> tuple[int, bytes, str | None]:
    """Status, bytes and name of a file."""
    with media_to(sandbox) as media, media.open(url, offset=offset, etag=etag) as stream:
        return stream.status, b"".join(stream.chunks()), stream.etag


@pytest.mark.parametrize("dialect", [CURRENT, LEGACY], ids=lambda dialect: dialect.name)
def test_models(sandbox: Sandbox, dialect: Dialect) -> None:
    """Listed, searched and found in both; a model that is not there is not found."""
    with client_to(sandbox, dialect) as client:
        listed = client.models.list()
        videos = client.models.list(output="video")
        found = client.models.search("kling")
        one = client.models.get(VIDEO)
        with pytest.raises(NotFoundError):
            client.models.get("no/such-model")
    assert {model.id for model in videos} < {model.id for model in listed}
    assert VIDEO in {model.id for model in videos} & {model.id for model in found}
    assert one.id == VIDEO
    assert one.schema is not None
    assert "duration" in one.schema["properties"]


@pytest.mark.parametrize("dialect", [CURRENT, LEGACY], ids=lambda dialect: dialect.name)
def test_direct_images(sandbox: Sandbox, dialect: Dialect) -> None:
    """By URL and inline: the same picture; a download goes on where it broke off."""
    body = {"model": IMAGE, "prompt": "a red fox", "seed": 1}
    sinks = Sinks()
    with client_to(sandbox, dialect) as client:
        by_url = client.images.generate(body, sinks)
        inline = client.images.generate({**body, "response_format": "b64_json"}, sinks)
    (output,) = by_url.outputs
    assert output.url is not None
    status, data, etag = download(sandbox, output.url)
    assert (status, [one.inline for one in inline.outputs]) == (200, [0])
    assert sinks.data[0] == data
    status, rest, _ = download(sandbox, output.url, 100, etag)
    assert (status, rest) == (206, data[100:])


@pytest.mark.parametrize("dialect", [CURRENT, LEGACY], ids=lambda dialect: dialect.name)
def test_refusals(sandbox: Sandbox, dialect: Dialect) -> None:
    """Every shape of error that the sandbox writes is read as what it is."""
    with client_to(sandbox, dialect) as client:
        with pytest.raises(NotFoundError, match="no model named nonsense"):
            client.images.generate({"model": "nonsense", "prompt": "x"}, Sinks())
        with pytest.raises(RefusedError, match="server refused the request: "):
            client.images.generate({"model": IMAGE, "prompt": ""}, Sinks())
        with pytest.raises(RefusedError, match="num_generations"):
            client.queue.enqueue({"model": VIDEO, "prompt": "x", "num_generations": 99})


def test_the_queue_of_today(sandbox: Sandbox, time: ManualClock) -> None:
    """Enqueued, listed, ended, found with its result and its cost; cancelled."""
    with client_to(sandbox, CURRENT) as client:
        taken = client.queue.enqueue({"model": IMAGE, "prompt": "a fox", "num_generations": 2})
        first, second = (one.generation_id for one in taken)
        assert {one.generation_id for one in client.queue.list(model=IMAGE)} == {first, second}
        client.queue.cancel(second)
        assert client.queue.get(second).state is State.CANCELLED
        time.sleep(600)
        done = client.queue.get(first)
        assert client.queue.list() == ()
        assert [one.generation_id for one in client.queue.list(status="succeeded")] == [first]
        assert {one.generation_id for one in client.generations.list()} == {first, second}
        assert client.generations.get(first).cost is not None
        with pytest.raises(NotFoundError):
            client.queue.get("no-such-generation")
    assert (done.state, done.model) == (State.SUCCEEDED, IMAGE)
    assert done.result_url is not None
    assert download(sandbox, done.result_url)[0] == 200


def test_the_queue_of_2026_04(sandbox: Sandbox, time: ManualClock) -> None:
    """Enqueued, listed by namespace and model, cancelled; what has ended leaves the list and cannot be cancelled."""
    with client_to(sandbox, LEGACY) as client:
        taken = client.queue.enqueue({"model": IMAGE, "prompt": "a fox", "num_generations": 2})
        ids = [one.generation_id for one in taken]
        listed = client.queue.list(model=IMAGE)
        assert sorted(one.generation_id for one in listed) == sorted(ids)
        assert {one.model for one in listed} == {IMAGE}
        client.queue.cancel(ids[1])
        assert [one.generation_id for one in client.queue.list(model=IMAGE)] == ids[:1]
        time.sleep(600)
        assert client.queue.list(model=IMAGE) == ()
        with pytest.raises(NotFoundError):
            client.queue.cancel(ids[0])


def test_which_generation_of_the_api(tmp_path: Path) -> None:
    """Found out by a free call."""
    for api, dialect in (("current", CURRENT), ("2026-04", LEGACY)):
        sandbox = Sandbox(tmp_path / api, api=api)  # type: ignore[arg-type] # one of its literals
        with client_to(sandbox, CURRENT) as client:
            assert detect(client) is dialect
        sandbox.close()


def test_events_open(sandbox: Sandbox) -> None:
    """The stream opens, and is left without an event having come."""
    with client_to(sandbox, CURRENT) as client, client.queue.events() as events:
        assert iter(events) is events
