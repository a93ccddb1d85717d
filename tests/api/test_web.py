import gzip

import pytest

from inference_cli.api.web import LARGEST, Page, Web
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, InferenceError, TemporaryError
from tests.support.api import Script, in_pieces

URL = "https://pages.example/a?q=1"


def get(*answers: httpx.Response, url: str = URL, address: str = "93.184.215.14") -> Page:
    """What a scripted web has at a URL, all names leading to one address."""
    script = Script(*answers)
    with Web(
        clock=ManualClock(),
        transport=lambda: httpx.MockTransport(script),
        resolve=lambda _host, _port: (address,),
        env={"INFERENCE_API_KEY": "canary"},
    ) as web:
        try:
            return web.get(url)
        finally:
            for request in script.requests:
                assert "canary" not in str(request.headers)
                assert {"authorization", "cookie", "referer"}.isdisjoint(request.headers)


def answer(data: bytes, kind: str = "text/plain", **more: str) -> httpx.Response:
    """200 with that."""
    return httpx.Response(200, headers={"content-type": kind, **more}, content=in_pieces(data))


def test_texts() -> None:
    """By the character set that the server names; a wrong one is UTF-8."""
    assert get(answer("ä".encode())) == Page("text/plain", "ä")
    assert get(answer(b"\xe4", 'text/html; charset="latin-1"')).text == "ä"
    assert get(answer("\ufeffä".encode(), "application/vnd.x+json; charset=nothing")).text == "ä"
    assert get(answer(b"a\xff", "")).text == "a\ufffd"
    assert get(answer(gzip.compress(b"x" * 99), **{"content-encoding": "gzip"})).text == "x" * 99


def test_a_long_text_is_cut() -> None:
    """And says so."""
    page = get(answer(b"x" * (LARGEST + 1)))
    assert (len(page.text), page.cut) == (LARGEST, True)
    assert not get(answer(b"x" * LARGEST)).cut


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (answer(b"x", "image/png"), "it is no text, but image/png"),
        (answer(b"\0", "text/plain"), "it is no text"),
        (httpx.Response(404), "the server answers HTTP 404"),
        (httpx.Response(503), "the server answers HTTP 503"),
        (
            httpx.Response(302, headers={"location": "http://pages.example/"}),
            "the URL is not https, and is not fetched",
        ),
        (httpx.Response(302, headers={"location": "data:text/plain,x"}), "the URL is not https, and is not fetched"),
        (httpx.Response(302, headers={"location": "file:///etc/passwd"}), "the URL is not https, and is not fetched"),
        (httpx.Response(302), "the request was redirected to nowhere"),
        (
            httpx.Response(302, headers={"location": "https://169.254.169.254/latest"}),
            "it lies on a private address (169.254.169.254), and is not fetched",
        ),
    ],
)
def test_what_is_not_fetched(reply: httpx.Response, message: str) -> None:
    """Said in words about a page."""
    with pytest.raises(InferenceError) as caught:
        get(reply)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "url", ["http://pages.example", "data:text/plain,x", "file:///etc/passwd", "pages.example", ""]
)
def test_only_https(url: str) -> None:
    """Not even asked for."""
    with pytest.raises(DamagedError, match="the URL is not https"):
        get(url=url)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/"])
def test_no_private_address_in_any_notation(url: str) -> None:
    """Not even asked for."""
    with pytest.raises(DamagedError, match="private address"):
        get(url=url)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.0.1"]
)
def test_no_name_that_leads_inside(address: str) -> None:
    """Not even asked for."""
    with pytest.raises(DamagedError, match=r"it lies on a private address \(pages\.example\)"):
        get(address=address)


def test_a_page_that_takes_too_long() -> None:
    """Half a minute, however it drips."""
    clock = ManualClock()

    def slow() -> httpx.Response:
        def drip() -> "object":
            for _ in range(1000):
                clock.sleep(1)
                yield b"x" * 5000

        return httpx.Response(200, headers={"content-type": "text/plain"}, content=drip())  # type: ignore[arg-type]

    with (
        Web(clock=clock, transport=lambda: httpx.MockTransport(lambda _: slow())) as web,
        pytest.raises(TemporaryError),
    ):
        web.get(URL)
    assert clock.monotonic() < 40
