import json
from pathlib import Path

import httpx
import pytest

from inference_cli.sandbox.script import Fault, read
from tests.support.offline import IMAGE, SMALL, Offline, Open, read_until_it_breaks


def scripted(open_sandbox: Open, folder: Path, text: str) -> Offline:
    """A sandbox with a script of faults."""
    path = folder / "faults.toml"
    path.write_text(text)
    return open_sandbox(faults=path)


def paint(offline: Offline) -> httpx.Response:
    """A picture at once."""
    return offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", size=SMALL)


def test_a_scripted_answer_of_the_nth_request(open_sandbox: Open, tmp_path: Path) -> None:
    """Counted among those that match; the others pass."""
    text = """
[[fault]]
method = "POST"
path = "/api/ai/*"
nth = [2, 3]
status = 503
headers = { Retry-After = "2" }
body = { error = { message = "busy" } }
"""
    offline = scripted(open_sandbox, tmp_path, text)
    offline.api.get("/ai/models")
    answers = [paint(offline) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 503, 503, 200]
    assert (answers[1].json(), answers[1].headers["retry-after"]) == ({"error": {"message": "busy"}}, "2")


def test_a_scripted_answer_may_be_text_and_late(open_sandbox: Open, tmp_path: Path) -> None:
    """The delay is slept on the sandbox's time."""
    offline = scripted(open_sandbox, tmp_path, '[[fault]]\nnth = 1\nstatus = 502\nbody = "<h1>no</h1>"\ndelay = 2.5')
    answer = paint(offline)
    assert (answer.status_code, answer.text, offline.time.slept) == (502, "<h1>no</h1>", [2.5])


def test_a_delay_alone_lets_the_request_through(open_sandbox: Open, tmp_path: Path) -> None:
    """Later, as it is."""
    offline = scripted(open_sandbox, tmp_path, "[[fault]]\ndelay = 2.5")
    assert len(offline.api.get("/ai/models").json()["data"]) == 178
    assert offline.time.slept == [2.5]


@pytest.mark.parametrize(("when", "kept"), [("before", 0), ("after", 1)])
def test_a_dropped_connection(open_sandbox: Open, tmp_path: Path, when: str, kept: int) -> None:
    """Before the sandbox saw the request, or after it accepted it."""
    offline = scripted(open_sandbox, tmp_path, f'[[fault]]\nmethod = "POST"\ndrop = "{when}"')
    with pytest.raises(httpx.RemoteProtocolError):
        paint(offline)
    assert offline.sandbox.status().generations == kept


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_truncated_answer(open_sandbox: Open, tmp_path: Path, size: int) -> None:
    """Its head, so many bytes of its body, then no connection."""
    offline = scripted(open_sandbox, tmp_path, f'[[fault]]\npath = "/results/*"\nnth = 1\ntruncate = {size}')
    url = paint(offline).json()["images"][0]["url"]
    with offline.media.stream("GET", url) as answer:
        got = read_until_it_breaks(answer)
    assert (answer.status_code, got) == (200, offline.media.get(url).content[:size])


def test_a_truncation_longer_than_the_answer_changes_nothing(open_sandbox: Open, tmp_path: Path) -> None:
    """There is nothing to cut."""
    offline = scripted(open_sandbox, tmp_path, "[[fault]]\ntruncate = 100000000")
    assert len(offline.api.get("/ai/models").json()["data"]) == 178


def test_a_slow_body(open_sandbox: Open, tmp_path: Path) -> None:
    """In pieces, with a pause before each; the bytes are the same."""
    offline = scripted(open_sandbox, tmp_path, '[[fault]]\npath = "/results/*"\nnth = 2\npiece = 1000\npause = 0.5')
    url = paint(offline).json()["images"][0]["url"]
    offline.time.slept.clear()
    whole = offline.media.get(url).content
    assert offline.media.get(url).content == whole
    assert offline.time.slept == [0.5] * -(-len(whole) // 1000)


def test_urls_that_have_expired(open_sandbox: Open, tmp_path: Path) -> None:
    """In the answers that match; the next look has a good one."""
    offline = scripted(open_sandbox, tmp_path, '[[fault]]\npath = "/api/ai/*/*"\nnth = [1, 2]\nexpired = true')
    assert offline.media.get(paint(offline).json()["images"][0]["url"]).status_code == 403
    (identity,) = offline.enqueue()
    assert offline.media.get(offline.ended(identity)["result_url"]).status_code == 403
    assert offline.media.get(offline.row(identity)["result_url"]).status_code == 200


def test_a_script_may_be_json(tmp_path: Path) -> None:
    """The same keys; a missing one has its default."""
    path = tmp_path / "faults.json"
    path.write_text(json.dumps({"fault": [{"status": 500, "nth": 3}, {}]}))
    assert read(path) == (Fault(status=500, nth=frozenset({3})), Fault())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fault = 3",
        "fault = [3]",
        "[[fault]]\nstatuss = 3",
        '[[fault]]\nstream = "now"',
        '[[fault]]\ndrop = "now"',
        "[[[",
    ],
)
def test_a_bad_script_is_refused(tmp_path: Path, text: str) -> None:
    """When the sandbox is opened, not when a request comes."""
    path = tmp_path / "faults.toml"
    path.write_text(text)
    with pytest.raises(ValueError):
        read(path)
