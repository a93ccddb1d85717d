import pytest

from inference_cli.api.web import Web
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.conversation.tools.http_get import HttpGet
from inference_cli.errors import DamagedError
from tests.support.api import Script

URL = "https://pages.example/a"


def tool(*answers: httpx.Response) -> HttpGet:
    """The tool, with a scripted web."""
    return HttpGet(Web(clock=ManualClock(), transport=lambda: httpx.MockTransport(Script(*answers))))


def page(text: str, kind: str = "text/html") -> httpx.Response:
    """An answer."""
    return httpx.Response(200, headers={"content-type": kind}, content=text.encode())


def test_a_page_is_read() -> None:
    """Or given as it is, where that is asked for; other texts always are."""
    assert tool(page("<p>a</p>")).call({"url": URL}) == "a"
    assert tool(page("<p>a</p>")).call({"url": URL, "raw": True}) == "<p>a</p>"
    assert tool(page("<p>", "text/plain")).call({"url": URL}) == "<p>"
    assert tool(page("")).call({"url": URL}) == "There is nothing at this URL."
    assert (
        tool(page("x" * 2_000_001, "text/plain")).call({"url": URL}).endswith("\n[cut here: there is more at this URL]")
    )


def test_it_acts() -> None:
    """What a model fetches, somebody sees: a call has to be allowed."""
    assert tool().acts
    with pytest.raises(DamagedError):
        tool().call({"url": "http://pages.example"})
