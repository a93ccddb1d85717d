"""The server that everybody is measured against: what it answers has to be right, or no figure is."""

import http.client
import json
from collections.abc import Iterator

import pytest

from tests.benchmarks.server.chat import LAST, tokens
from tests.benchmarks.server.client import Server
from tests.benchmarks.server.films import beginning, pieces

MODEL = "film-2-0"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One for all tests."""
    with Server() as running:
        yield running


def _ask(
    server: Server, method: str, target: str, body: object = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request(method, target, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer, data


def _said(data: bytes) -> str:
    chunks = [json.loads(line[6:]) for line in data.splitlines() if line.startswith(b"data: {")]
    return "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)


def test_an_answer_has_as_many_tokens_as_its_model_says(server: Server) -> None:
    """All of the text, the end, and the mark at the end by which it is known to be whole."""
    answer, data = _ask(server, "POST", "/v1/chat/completions", {"model": "chat-300", "stream": True})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
    assert _said(data) == "".join(tokens(300))
    assert _said(data).endswith(f"tok{LAST}\n")
    assert data.endswith(b"data: [DONE]\n\n")


def test_a_paced_answer_says_when_each_token_was_sent(server: Server) -> None:
    """Marks in order, and the moments of the sender's clock."""
    server.seen()
    _, data = _ask(server, "POST", "/api/ai/chat/completions", {"model": "chat-5@1000", "stream": True})
    seen = server.seen()
    assert _said(data) == f"tok00000 tok00001 tok00002 tok00003 tok00004 \n\ntok{LAST}\n"
    assert list(seen.sent) == [0, 1, 2, 3, 4]
    assert sorted(seen.sent.values()) == list(seen.sent.values())
    assert seen.first is not None
    assert seen.first <= seen.sent[0]


def test_a_film_has_the_size_that_is_asked_for(server: Server) -> None:
    """Whole, and from any place on."""
    size = 900_001
    film = b"".join(pieces(size))
    assert (len(film), len(beginning(size)) % 3) == (size, 0)
    assert _ask(server, "GET", f"/files/{size}/film.mp4")[1] == film
    for start in (5, len(beginning(size)), 800_000, size - 1):
        answer, data = _ask(server, "GET", f"/files/{size}/film.mp4", Range=f"bytes={start}-")
        assert (answer.status, data) == (206, film[start:])
        assert answer.headers["Content-Range"] == f"bytes {start}-{size - 1}/{size}"
    assert _ask(server, "GET", f"/files/{size}/film.mp4", Range=f"bytes={size}-")[0].status == 416


def test_a_film_inside_json_is_the_same_film(server: Server) -> None:
    """Rounded down to what base64 can be put together from."""
    import base64

    body = {"model": "film-1000-0", "prompt": "waves", "response_format": "b64_json"}
    _, data = _ask(server, "POST", "/api/videos/generate", body)
    (video,) = json.loads(data)["videos"]
    assert base64.b64decode(video["b64_json"], validate=True) == b"".join(pieces(999_999))


def test_a_generation_ends_and_is_fetched(server: Server) -> None:
    """Active ones are listed, ended ones by their status or their id; the link leads to the film."""
    _, data = _ask(server, "POST", "/api/ai/queue", {"model": "film-2-60", "prompt": "waves", "num_generations": 2})
    active = [one["generation_id"] for one in json.loads(data)["generations"]]
    _, data = _ask(server, "POST", "/api/ai/queue", {"model": MODEL, "prompt": "waves"})
    (ended,) = [one["generation_id"] for one in json.loads(data)["generations"]]

    listed = json.loads(_ask(server, "GET", "/api/ai/queue")[1])["generations"]
    row = json.loads(_ask(server, "GET", f"/api/ai/queue/{ended}")[1])

    assert [one["generation_id"] for one in listed] == active
    assert (row["status"], row["model_name"], row["prompt"]) == ("succeeded", MODEL, "waves")
    assert _ask(server, "GET", row["result_url"].removeprefix(server.url))[1] == b"".join(pieces(2000))
    older = json.loads(_ask(server, "GET", "/older/api/media/generations/status/org/film-2-60")[1])
    assert (older["count"], [one["result_url"] for one in older["generations"]]) == (2, [None, None])
    assert _ask(server, "GET", f"/older/api/ai/queue/{ended}")[0].status == 404


def test_what_was_asked_is_told_once(server: Server) -> None:
    """Method and target of each, in order; the question itself is none."""
    server.seen()
    _ask(server, "GET", "/api/ai/models/film-1-0")
    _ask(server, "GET", "/api/ai/models/nothing")
    seen = server.seen()
    assert [(method, target) for _, method, target in seen.requests] == [
        ("GET", "/api/ai/models/film-1-0"),
        ("GET", "/api/ai/models/nothing"),
    ]
    assert seen.first is None
    assert server.seen().requests == ()
