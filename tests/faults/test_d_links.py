"""Links to results: they expire, they move, and some lead where nobody may be sent."""

import base64
import ssl
from collections.abc import Callable
from typing import Any

import pytest

from inference_cli.api.wire import httpx
from tests.support.broken import EXPIRED, RESULTS, cut, half, ranges, renewing, this
from tests.support.faultd import Step, answer, http
from tests.support.harness import DIRECT_FOX, QUEUED_FOX, Fault
from tests.support.host import document
from tests.support.samples import png
from tests.support.storage import SIGNATURE, Storage
from tests.support.traces import generations, states

GONE = [EXPIRED, http("404 Not Found", b"<Error><Code>NoSuchKey</Code></Error>"), http("410 Gone")]
NAMED = ["403", "404", "410"]


def result(fault: Fault) -> bytes:
    """The one result."""
    (data,) = fault.storage.files.values()
    return data


def test_D01_an_expired_link_is_asked_for_again(fault: Fault) -> None:
    """Once, and the download goes on where it broke."""
    fault.storage.script(RESULTS, cut(half), renewing(fault, answer(EXPIRED)))
    done = fault.run(*QUEUED_FOX)

    asked = [one.seen for one in fault.storage.of(RESULTS)]
    assert (done.code, done.lines, len(fault.api.paid)) == (0, ["fox.png"], 1)
    assert ranges(asked) == [(None, False), *[(f"bytes={len(result(fault)) // 2}-", True)] * 2]
    assert ["fresh=1" in seen.line for seen in asked] == [False, False, True]
    assert states(fault) == ["downloaded"]


@pytest.mark.parametrize("gone", GONE, ids=NAMED)
def test_D02_a_link_that_is_not_served(fault: Fault, gone: bytes) -> None:
    """404 and 410 are no better than 403: a fresh link is asked for, once."""
    fault.storage.script(RESULTS, renewing(fault, answer(gone)))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files, states(fault)) == (0, ["fox.png"], ["downloaded"])
    assert fault.storage.count(RESULTS) == 2


@pytest.mark.parametrize("gone", GONE, ids=NAMED)
def test_D02_the_same_link_once_more(fault: Fault, gone: bytes) -> None:
    """9: it has expired; what the host of results says about that stays there."""
    fault.storage.always(RESULTS, answer(gone))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, fault.files, fault.storage.count(RESULTS)) == (9, [], 1)
    assert "the result has expired: its link is not served any more, and there is no fresh one" in done.err
    assert "It was made, and probably charged." in done.err
    assert "AccessDenied" not in done.err
    assert states(fault) == ["succeeded"]


def test_D02_a_fresh_link_that_is_not_served_either(fault: Fault) -> None:
    """Asked for once, not for ever."""
    fault.storage.script(RESULTS, renewing(fault, answer(GONE[1])))
    fault.storage.always(RESULTS, answer(GONE[2]))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files, fault.storage.count(RESULTS)) == (9, [], 2)


def test_D02_a_direct_answer_has_no_other_link(older: Fault) -> None:
    """9, said plainly; the journal lets go of the link."""
    older.storage.always(RESULTS, answer(EXPIRED))
    done = older.run(*DIRECT_FOX)

    assert (done.code, older.files, older.storage.count(RESULTS)) == (9, [], 1)
    assert "the result has expired" in done.err
    assert states(older) == ["vanished"]


@pytest.mark.parametrize("same", [True, False], ids=["the same object", "another object"])
def test_D08_a_fresh_link_on_another_host(fault: Fault, *, same: bool) -> None:
    """The same object there is gone on with; another one starts again. No token goes there."""
    with Storage("127.0.0.3") as other:

        def moved() -> None:
            (name,) = fault.storage.files
            other.files[name] = result(fault) if same else png(9, 9)
            fault.results.append(other.files[name])
            move.before()

        move = renewing(fault, answer(EXPIRED), at=other.url)
        fault.storage.script(RESULTS, cut(half), Step(move.send, before=moved))
        done = fault.run(*QUEUED_FOX)
        seen = [one.seen for one in other.of(RESULTS)]

    assert (done.code, fault.files) == (0, ["fox.png"])
    assert ranges(seen) == [(f"bytes={len(result(fault)) // 2}-", True)]
    assert (fault.cwd / "fox.png").read_bytes() == (result(fault) if same else png(9, 9))
    assert [one.header("authorization") for one in seen] == [None]


class Elsewhere:
    """A network of two: the API is found at a public name, and whoever else is asked for is noted and not there.

    Args:
        fault: whose account it is that speaks at ``hub.oxen.ai``.
    """

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self.asked: list[str] = []

    def __call__(self) -> Any:
        """A transport."""
        return httpx.MockTransport(self._handle)

    def _handle(self, request: Any) -> Any:
        if request.url.host != "hub.oxen.ai":
            self.asked.append(str(request.url))
            raise httpx.ConnectError("nobody is there", request=request)
        here = httpx.URL(self._fault.api.url)
        url = request.url.copy_with(scheme="http", host=here.host, port=here.port)
        nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # to trust: it is http, and reading certificates takes long
        with httpx.Client(trust_env=False, verify=nobody) as client:
            said = client.request(request.method, url, headers=request.headers, content=request.read())
        return httpx.Response(said.status_code, headers=said.headers, content=said.content)


def fetched_from(fault: Fault, url: object) -> tuple[int, str, list[str]]:
    """What comes of a result with that link, of an API that is not on loopback: exit code, words, who was asked."""
    fault.without("INFERENCE_BASE_URL")
    network = Elsewhere(fault)
    row = {"generation_id": "gen-1", "status": "succeeded", "media_type": "image", "result_url": url}
    fault.api.always("POST /api/ai/queue", answer(document({"generations": [{**row, "result_url": None}]})))
    fault.api.always("GET /api/ai/queue/*", answer(document(row)))
    done = fault.inside(*QUEUED_FOX, transport=network)
    return done.code, done.err, network.asked


@pytest.mark.parametrize(
    "url",
    [
        "http://media.example/a",
        "file:///etc/passwd",
        "s3://bucket/a",
        "ftp://media.example/a",
        "javascript:alert(1)",
        "//media.example/a",
        "/a",
        "https://user:pw@media.example/a",
        "https://hub.oxen.ai@media.example/a",
        "https://media.example:22/a",
        "https://media.example:0/a",
        "https://media.example:x/a",
        "https://medi\u0430.example/a",
        "https://media.example\\@evil.example/a",
        "https:///a",
        "https://media.example/" + "a" * 100_000,
        "https://media.example/\x1b]0;x\x07",
        "https://media.example/a\r\nX-Evil: 1",
        " https://media.example/a",
    ],
    ids=lambda url: url[:32],
)
def test_D24_what_is_not_fetched(fault: Fault, url: str) -> None:
    """Only https to a proper host is: 12, nobody was asked, and the generation is kept."""
    code, said, asked = fetched_from(fault, url)

    assert (code, asked, fault.files) == (12, [], [])
    assert "the result" in said
    assert generations(fault) == [("gen-1", "succeeded", None)]


@pytest.mark.parametrize("url", ["https://media.example/a", "https://media.example:8443/a?X=1"])
def test_D24_what_is_fetched(fault: Fault, url: str) -> None:
    """The others are rightly refused: these are asked for."""
    assert fetched_from(fault, url)[2][0] == url


def direct(data: str) -> Callable[[bytes], Step]:
    """A direct answer whose link is that."""
    return lambda answer: this(
        b'{"created": 1, "images": [{"url": "%b"}]}' % data.encode(), ("Content-Type", "application/json")
    )


def test_D24_data_urls(fault: Fault) -> None:
    """Decoded here: nobody is asked; one that is none is 12, and has nothing to be fetched again."""
    fault.results.append(png(4, 4))
    inline = "data:image/png;base64," + base64.b64encode(png(4, 4)).decode()
    fault.api.script("POST /api/ai/images/generate", direct(inline), direct("data:image/png;base64,%%%"))
    done, broken = fault.run(*DIRECT_FOX), fault.run(*DIRECT_FOX, "-n", "1")

    assert (done.code, done.lines, fault.files) == (0, ["fox.png"], ["fox.png"])
    assert (broken.code, fault.storage.asked) == (12, [])
    assert "the result is not valid base64" in broken.err


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "2130706433", "0x7f000001",
        "0x7f.1", "0177.0.0.1", "127.1", "localhost",
    ],
)  # fmt: skip
def test_D25_addresses_inside(fault: Fault, host: str) -> None:
    """However they are written: 12, nobody is asked, and the flag that allows it is named."""
    code, said, asked = fetched_from(fault, f"https://{host}/latest/meta-data?X-Amz-Signature={SIGNATURE}")

    assert (code, asked, fault.files) == (12, [], [])
    assert "the result lies on a private address (" in said
    assert "--allow-private-hosts" in said


def test_D25_when_it_is_right(fault: Fault) -> None:
    """By the flag; and beside an API that is there itself, which every other case here is."""
    fault.without("INFERENCE_BASE_URL")
    network = Elsewhere(fault)
    row = {"generation_id": "gen-1", "status": "succeeded", "result_url": "https://10.1.2.3/a"}
    fault.api.always("POST /api/ai/queue", answer(document({"generations": [row]})))
    fault.api.always("GET /api/ai/queue/*", answer(document(row)))
    done = fault.inside(*QUEUED_FOX, "--allow-private-hosts", "--no-retry", transport=network)

    assert (done.code, network.asked[0]) == (11, "https://10.1.2.3/a")
    assert "inference queue download" in done.err
