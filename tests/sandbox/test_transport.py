import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.sandbox.transport import SandboxTransport

URL = "https://api.example/x"
START = {"type": "http.response.start", "status": 200, "headers": [(b"x-app", b"1")]}


def body(content: bytes, *, more: bool) -> dict[str, Any]:
    """A message of the answer's body."""
    return {"type": "http.response.body", "body": content, "more_body": more}


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the body it gets, piece by piece."""
    await send(START)
    while True:
        message = await receive()
        await send(body(message["body"], more=message["more_body"]))
        if not message["more_body"]:
            return


async def swallow(scope: Any, receive: Any, send: Any) -> None:
    """Reads everything, answers how much it was."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message["body"]), message["more_body"]
    await send(START)
    await send(body(str(size).encode(), more=False))


@pytest.fixture
def opened() -> Iterator[list[SandboxTransport]]:
    """Transports to be closed at the end."""
    transports: list[SandboxTransport] = []
    yield transports
    for transport in transports:
        transport.close()


def test_the_application_sees_the_request_as_it_is(opened: list[SandboxTransport]) -> None:
    """Method, path, query, headers, scheme and server, in ASGI's own words."""
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)
        await send(START)
        await send(body(b"", more=False))

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client:
        answer = client.put("https://api.example/a%2Fb?c=%20d", headers={"X-Mine": "1"})
    scope = seen[0]
    assert (answer.status_code, answer.headers["x-app"], answer.content) == (200, "1", b"")
    assert (scope["method"], scope["path"], scope["raw_path"], scope["query_string"]) == (
        "PUT",
        "/a/b",
        b"/a%2Fb",
        b"c=%20d",
    )
    assert (scope["scheme"], scope["server"], scope["type"]) == ("https", ("api.example", 443), "http")
    assert (b"x-mine", b"1") in scope["headers"]
    assert (b"host", b"api.example") in scope["headers"]


def test_the_first_bytes_arrive_before_the_application_ends(opened: list[SandboxTransport]) -> None:
    """It waits until the caller has them."""
    received = threading.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        await send(body(b"first", more=True))
        await asyncio.get_running_loop().run_in_executor(None, received.wait, 10)
        await send(body(b"last" if received.is_set() else b"never", more=False))

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client, client.stream("GET", URL) as answer:
        pieces = answer.iter_raw()
        assert next(pieces) == b"first"
        received.set()
        assert list(pieces) == [b"last"]


@settings(max_examples=30, deadline=None)
@given(chunks=st.lists(st.binary(max_size=50), max_size=60))
def test_a_body_arrives_as_it_was_sent(chunks: list[bytes]) -> None:
    """However it is cut, and however far ahead either side could be."""
    transport = SandboxTransport(swallow)
    with httpx.Client(transport=transport) as client:
        answer = client.post(URL, content=iter(chunks))
    assert int(answer.content) == sum(map(len, chunks))


def test_a_long_answer_does_not_run_ahead_of_its_reader(opened: list[SandboxTransport]) -> None:
    """The application is stopped after a few pieces until somebody reads."""
    sent = 0

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal sent
        await send(START)
        for number in range(1000):
            await send(body(b"x", more=number < 999))
            sent = number + 1

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client, client.stream("GET", URL) as answer:
        pieces = answer.iter_raw()
        next(pieces)
        assert sent <= 20
        assert len(list(pieces)) == 999


def test_an_answer_that_comes_early_ends_the_upload(opened: list[SandboxTransport]) -> None:
    """The rest of the body is not sent."""
    taken = 0

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({**START, "status": 413})
        await send(body(b"too much", more=False))

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x"

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client:
        answer = client.post(URL, content=endless())
    assert (answer.status_code, answer.text) == (413, "too much")


def test_whoever_leaves_disconnects_the_application(opened: list[SandboxTransport]) -> None:
    """It is told, and what it still sends goes nowhere."""
    left = threading.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        await send(body(b"first", more=True))
        assert (await receive())["type"] == "http.request"
        assert (await receive())["type"] == "http.disconnect"
        await send(body(b"more", more=True))
        left.set()

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client:
        with client.stream("GET", URL) as answer:
            assert next(answer.iter_raw()) == b"first"
        assert left.wait(10)


def test_leaving_while_the_application_is_ahead(opened: list[SandboxTransport]) -> None:
    """One that waits for its reader goes on, into nothing."""
    done = threading.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        for _ in range(100):
            await send(body(b"x", more=True))
        done.set()

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client:
        with client.stream("GET", URL):
            pass
        assert done.wait(10)


def test_a_connection_dropped_before_the_answer(opened: list[SandboxTransport]) -> None:
    """As a server's would: nothing was sent back."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        scope["extensions"]["sandbox.abort"]()
        await send(START)

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client, pytest.raises(httpx.RemoteProtocolError):
        client.get(URL)


def test_an_application_that_breaks_drops_the_connection(opened: list[SandboxTransport]) -> None:
    """Its error is the cause; after the head of the answer it is a read error."""

    async def early(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("broken")

    async def late(scope: Any, receive: Any, send: Any) -> None:
        await send(START)
        raise RuntimeError("broken")

    opened.extend((SandboxTransport(early), SandboxTransport(late)))
    with httpx.Client(transport=opened[0]) as client, pytest.raises(httpx.RemoteProtocolError) as dropped:
        client.get(URL)
    assert str(dropped.value.__cause__) == "broken"
    with httpx.Client(transport=opened[1]) as client, pytest.raises(httpx.ReadError):
        client.get(URL)


def test_the_read_timeout_counts(opened: list[SandboxTransport]) -> None:
    """An application that says nothing for longer is left."""
    told = threading.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        told.set()

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0], timeout=0.01) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get(URL)
        assert told.wait(10)


def test_a_body_that_breaks_ends_the_request(opened: list[SandboxTransport]) -> None:
    """The caller's own error comes back to it, and the application is told."""
    told = threading.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        told.set()

    def broken() -> Iterator[bytes]:
        yield b"x"
        raise OSError("unreadable")

    opened.append(SandboxTransport(application))
    with httpx.Client(transport=opened[0]) as client:
        with pytest.raises(OSError, match="unreadable"):
            client.post(URL, content=broken())
        assert told.wait(10)


def test_many_threads_at_once(opened: list[SandboxTransport]) -> None:
    """Each gets its own answer."""
    opened.append(SandboxTransport(echo))
    with httpx.Client(transport=opened[0]) as client, ThreadPoolExecutor(8) as pool:
        contents = [f"request {number}".encode() for number in range(200)]
        answers = pool.map(lambda content: client.post(URL, content=content).content, contents)
        assert list(answers) == contents


def test_closing_in_the_middle_of_an_upload_is_a_dropped_connection() -> None:
    """Whoever still sends finds the loop closed, and hears of it as of any other connection."""

    async def application(*_: Any) -> None:
        await asyncio.Event().wait()

    transport = SandboxTransport(application)

    def body() -> Iterator[bytes]:
        yield b"a"
        transport.close()

    with httpx.Client(transport=transport) as client, pytest.raises(httpx.RemoteProtocolError):
        client.post(URL, content=body())


def test_closing_ends_what_still_runs_and_may_be_repeated() -> None:
    """A request that waits sees a dropped connection; a closed transport starts anew when it is used."""
    entered = threading.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/wait":
            entered.set()
            await asyncio.Event().wait()
        await echo(scope, receive, send)

    transport = SandboxTransport(application)
    transport.close()
    client = httpx.Client(transport=transport)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.get, "https://api.example/wait")
        assert entered.wait(10)
        transport.close()
        assert isinstance(waiting.exception(10), httpx.RemoteProtocolError)
    assert client.post(URL, content=b"again").content == b"again"
    answer = client.send(client.build_request("POST", URL, content=b"x"), stream=True)
    transport.close()
    answer.close()
    client.close()
