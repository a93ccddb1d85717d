import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from inference_cli.clock import Clock, ManualClock, SystemClock
from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.mcp import Server, label_of
from inference_cli.conversation.tools.names import is_name
from inference_cli.conversation.tools.tool import Tool, ToolFailedError
from inference_cli.errors import UsageError
from tests.support.mcp import ImpatientClock, Lines, spec
from tests.support.tools import WatchedHalt

NAMES = ["echo", "fails", "refuses", "hangs", "dies", "environment", "grow", "picture_of_it", "pings"]


@contextmanager
def server_of(kind: str = "good", clock: Clock | None = None, **more: Any) -> Iterator[Server]:
    """A server, started."""
    server = Server("mcp:serve", "s", spec(kind), clock=clock or SystemClock(), **{"halt": Halt(), **more})
    try:
        server.open()
        yield server
    finally:
        server.close()


def tool(server: Server, name: str) -> Tool:
    """One of its tools."""
    return next(one for one in server.tools() if one.name == f"s_{name}")


def failure(server: Server, name: str) -> str:
    """What the model is told of a call that fails."""
    with pytest.raises(ToolFailedError) as caught:
        tool(server, name).call({})
    return str(caught.value)


def test_its_tools() -> None:
    """Page by page, under names of ours; one that nobody could call is left out and said."""
    said: list[str] = []
    with server_of(say=said.append) as server:
        assert [one.name for one in server.tools()] == [f"s_{name}" for name in NAMES]
        assert all(one.acts for one in server.tools())
        assert tool(server, "echo").description == "Says it again."
        assert tool(server, "fails").description == "It fails"
        assert tool(server, "fails").parameters == {"type": "object", "properties": {}}
    assert said == ["s: a tool is left out, its schema cannot be used: broken"]


def test_calls() -> None:
    """What it answers, and what it says when it fails."""
    with server_of() as server:
        assert tool(server, "echo").call({"text": "\x1b[31mä"}) == "\x1b[31mä"
        assert tool(server, "picture_of_it").call({}) == "[image: image/png, 3 bytes, which cannot be shown here]"
        assert failure(server, "fails") == "It rains."
        assert failure(server, "refuses") == "The tool's server refused: not today."
        assert failure(server, "dies") == "The tool's server has ended (exit code 7)."
        assert failure(server, "echo") == "The tool's server has ended (exit code 7)."


def test_calls_side_by_side() -> None:
    """Each gets its own answer."""
    with server_of() as server:
        found: dict[int, str] = {}

        def work(number: int) -> None:
            found[number] = tool(server, "echo").call({"text": str(number)})

        threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert found == {number: str(number) for number in range(20)}


def test_a_noisy_server() -> None:
    """Banners, batches, answers that nobody asked for, notifications: none of it matters."""
    with server_of("noisy") as server:
        assert tool(server, "echo").call({"text": "x"}) == "x"


def test_tools_that_change() -> None:
    """The server says so, and is asked again."""
    lines = Lines()
    with server_of(say=lines) as server:
        assert tool(server, "grow").call({}) == "grown"
        lines.wait_for("s: its tools have changed; it has 10 now")
        assert tool(server, "grown").description == "grown"


def test_a_call_that_does_not_end() -> None:
    """By the clock, and by the user: the server is told either."""
    clock, lines = ImpatientClock(), Lines()
    halt = WatchedHalt()
    with server_of(clock=clock, chatter=lines, halt=halt) as server:
        clock.least = float("inf")
        assert failure(server, "hangs") == "The tool's server did not answer within 60 s."
        lines.wait_for("s: cancelled: did not answer within 60 s")
        clock.least = 0
        halt.began.clear()
        found: list[str] = []
        thread = threading.Thread(target=lambda: found.append(failure(server, "hangs")))
        thread.start()
        assert halt.began.wait(30)
        halt.now()
        thread.join(30)
        assert found == ["The tool's server was not waited for: the user stopped it."]
        lines.wait_for("s: cancelled: was not waited for: the user stopped it")


@pytest.mark.parametrize(
    ("kind", "words", "details"),
    [
        ("dying", "the server mcp:serve has ended (exit code 3)", ["no configuration"]),
        ("ancient", "the server mcp:serve speaks version 1999-01-01 of the protocol, and this program 2025-06-18", []),
        ("toolless", "the server mcp:serve has no tools", []),
        ("listless", "the server mcp:serve does not say which tools it has", []),
        ("flood", "the server mcp:serve sent a message of more than 16 MB", []),
    ],
)
def test_servers_that_are_none(kind: str, words: str, details: list[str]) -> None:
    """Exit 2 with what it said itself, nothing sent to a model."""
    with pytest.raises(UsageError) as caught, server_of(kind):
        pass
    assert (caught.value.message, list(caught.value.details)) == (words, details)


def test_a_server_that_never_answers() -> None:
    """By the clock; it is ended."""
    server = Server("mcp:serve", "s", spec("silent"), clock=ManualClock(), halt=Halt())
    with pytest.raises(UsageError, match="did not answer within 60 s"):
        server.open()
    server.close()
    assert server.peer.exited.wait(30)


def test_a_list_without_an_end() -> None:
    """Is read as far as a request may offer."""
    said: list[str] = []
    with server_of("endless", say=said.append) as server:
        names = [one.name for one in server.tools()]
    assert len(names) == len(set(names)) <= 128
    assert all(map(is_name, names))


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (["npx", "-y", "@modelcontextprotocol/server-filesystem", "/srv/x"], "filesystem"),
        (["uvx", "mcp-server-git", "--repository", "."], "git"),
        (["python3.12", "weather.py"], "weather"),
        (["/opt/bin/github-mcp-server", "stdio"], "github"),
        (["python"], "python"),
        (["mcp-server"], "server"),
        (["--odd"], "--odd"),
        (["./ä"], "tool"),
    ],
)
def test_what_tools_are_called_after(words: list[str], label: str) -> None:
    """The command that the user typed, and never what a server says of itself."""
    assert label_of(words) == label
