import base64
import io
import json
from typing import Any

import pytest

from inference_cli.api.dialect import CURRENT, LEGACY, Dialect
from inference_cli.api.direct import media_answer
from inference_cli.api.failures import Garbled
from inference_cli.api.records import MediaAnswer, Output
from inference_cli.api.wire import httpx
from inference_cli.errors import RefusedError, SpendingError, UnknownOutcomeError
from tests.support.api import Script, Sinks, client_of, in_pieces, no_sinks

URL = "https://media.example/a.png?sig=1"


@pytest.mark.parametrize(
    ("dialect", "prefix"),
    [(CURRENT, "/api/ai"), (LEGACY, "/api")],
)
def test_the_direct_routes(dialect: Dialect, prefix: str) -> None:
    """Images made, images edited, videos made; fifteen minutes each."""
    script = Script(*(httpx.Response(200, json={"images": [{"url": URL}]}) for _ in range(3)))
    with client_of(script, dialect=dialect) as client, no_sinks() as sink:
        for call in (client.images.generate, client.images.edit, client.videos.generate):
            assert call({"model": "m"}, sink).outputs == (Output(url=URL, raw={"url": URL}),)
    assert script.lines == [f"POST {prefix}/{route}" for route in ("images/generate", "images/edit", "videos/generate")]
    assert script.requests[0].extensions["timeout"]["read"] == 900.0


def test_inline_media_goes_to_sinks() -> None:
    """In a stream, each to its own; what is left says which is where, and never holds the media."""
    body = json.dumps(
        {
            "images": [
                {"b64_json": base64.b64encode(b"first").decode(), "revised_prompt": "a fox"},
                {"url": URL, "b64_json": None},
                {"b64_json": base64.b64encode(b"third").decode()},
            ],
            "model": "m",
            "created": 7,
        }
    ).encode()
    sinks = Sinks()
    script = Script(httpx.Response(200, content=in_pieces(*(body[at : at + 7] for at in range(0, len(body), 7)))))
    with client_of(script) as client:
        found = client.images.generate({}, sinks)
    outputs = (
        Output(inline=0, revised_prompt="a fox", raw={"b64_json": "inline:0", "revised_prompt": "a fox"}),
        Output(url=URL, raw={"url": URL, "b64_json": None}),
        Output(inline=1, raw={"b64_json": "inline:1"}),
    )
    raw = {"images": [dict(output.raw) for output in outputs], "model": "m", "created": 7}
    assert found == MediaAnswer("m", 7.0, outputs, raw)
    assert sinks.data == {0: b"first", 1: b"third"}


@pytest.mark.parametrize(
    ("document", "outputs"),
    [
        ({"images": [{"url": "u"}]}, [("u", None)]),
        ({"videos": [{"url": "u"}, {"url": "v"}]}, [("u", None), ("v", None)]),
        ({"audios": [{"url": "u"}]}, [("u", None)]),
        ({"data": [{"url": "u"}, {"b64_json": "inline:0"}]}, [("u", None), (None, 0)]),
        ({"data": {"images": [{"url": "u"}]}}, [("u", None)]),
        ({"images": ["u", "v", "", 7, None]}, [("u", None), ("v", None)]),
        ({"image_url": "u"}, [("u", None)]),
        ({"video_url": {"url": "u"}}, [("u", None)]),
        ({"images": [], "video_url": "u"}, [("u", None)]),
        ({"b64_json": "inline:0"}, [(None, 0)]),
        ({"images": [{"b64_json": "inline:0", "url": "u"}]}, [(None, 0)]),
        ([{"url": "u"}], [("u", None)]),
        ({"images": [{"b64_json": ""}, {"url": ""}, {"url": "u"}]}, [("u", None)]),
    ],
)
def test_every_shape_of_an_answer(document: Any, outputs: list[tuple[str | None, int | None]]) -> None:
    """Lists under several names, one URL at the top, bare lists (contract, "Media, direct")."""
    assert [(output.url, output.inline) for output in media_answer(document).outputs] == outputs


@pytest.mark.parametrize("document", [{}, {"images": []}, {"images": [{}]}, [], "x", None, 7, {"url": 7}])
def test_an_answer_without_media(document: Any) -> None:
    """It is no answer."""
    with pytest.raises(Garbled):
        media_answer(document)


def test_odd_fields_do_not_matter() -> None:
    """Names and times of other types are left out."""
    found = media_answer({"model": 7, "created": True, "images": [{"url": "u", "revised_prompt": 3}]})
    assert (found.model, found.created, found.outputs[0].revised_prompt) == (None, None, None)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"images": []}', b'{"images": [{"url": "u"}', b'{"images": [{"b64_json": "aGk'],
)
def test_a_paid_answer_that_cannot_be_used_is_an_unknown_outcome(body: bytes) -> None:
    """Sent once; what was decoded is in the sink, which is not closed."""
    sinks = Sinks()
    script = Script(httpx.Response(200, content=body))
    with client_of(script) as client, pytest.raises(UnknownOutcomeError):
        client.images.generate({}, sinks)
    assert (len(script.requests), sinks.data) == (1, {})


def test_what_came_before_the_answer_was_cut_is_closed() -> None:
    """One output whole, the next one cut by a connection that breaks: whoever opened the sinks can tell them apart."""
    sinks = Sinks()
    broken = httpx.RemoteProtocolError("peer closed connection without sending complete message body")
    body = in_pieces(b'{"images": [{"b64_json": "aGk="}, {"b64_json": "aGVsbG8h', broken)
    with client_of(Script(httpx.Response(200, content=body))) as client, pytest.raises(UnknownOutcomeError):
        client.images.generate({}, sinks)
    assert (sinks.data, sinks.cut) == ({0: b"hi"}, {1: b"hello!"})


def test_ids_instead_of_media_are_handed_on() -> None:
    """A direct call that was queued after all: unknown, with the ids to follow."""
    script = Script(httpx.Response(202, json={"generations": [{"generation_id": "a1"}]}))
    with client_of(script) as client, no_sinks() as sink, pytest.raises(UnknownOutcomeError) as caught:
        client.videos.generate({}, sink)
    assert caught.value.generation_ids == ("a1",)


def test_inline_media_that_is_damaged() -> None:
    """It was made, and probably billed: nothing says that it was refused (8); the sink is not closed."""
    sinks = Sinks()
    script = Script(httpx.Response(200, json={"images": [{"b64_json": "aGk=!"}]}))
    with client_of(script) as client, pytest.raises(UnknownOutcomeError):
        client.images.generate({}, sinks)
    assert (len(script.requests), sinks.data) == (1, {})


def test_a_full_disk_is_not_an_answer() -> None:
    """The sink's own error comes out as it is."""

    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    script = Script(httpx.Response(200, json={"images": [{"b64_json": "aGk="}]}))
    with client_of(script) as client, pytest.raises(OSError, match="No space"):
        client.images.generate({}, lambda _: Full())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(200, json={"error": {"message": "insufficient credits"}}), SpendingError),
        (httpx.Response(400, json={"error": {"message": "Prompt cannot be empty"}}), RefusedError),
    ],
)
def test_A25_refusals(answer: httpx.Response, kind: type[Exception]) -> None:
    """Whatever their status."""
    with client_of(Script(answer)) as client, no_sinks() as sink, pytest.raises(kind):
        client.images.generate({}, sink)
