import json
import sys
from pathlib import Path

import pytest

from inference_cli.clock import Clock, ManualClock, SystemClock
from inference_cli.conversation.tools.child import Spec
from inference_cli.conversation.tools.rpc import Peer, RpcError
from tests.support.mcp import ImpatientClock, Lines, spec


def peer_of(code: str, clock: Clock | None = None) -> Peer:
    """A Python program as a child, started."""
    peer = Peer(Spec([sys.executable, "-c", code], Path("/"), {}), clock=clock or SystemClock())
    peer.start()
    return peer


def failure(peer: Peer) -> str:
    """What a request fails with."""
    with pytest.raises(RpcError) as caught:
        peer.answer(peer.ask("tools/list", {}), 60)
    return str(caught.value)


def test_the_shutdown_of_the_specification() -> None:
    """Standard input is closed, and the child ends by itself."""
    lines = Lines()
    peer = Peer(spec(), clock=SystemClock(), chatter=lines)
    peer.start()
    peer.close()
    assert peer.exited.wait(30)
    lines.wait_for("goodbye")
    peer.close()


def test_a_child_that_will_not_end() -> None:
    """Neither when its input ends nor when it is asked to: it is ended."""
    clock = ImpatientClock()
    peer = Peer(spec("stubborn"), clock=clock)
    peer.start()
    peer.answer(peer.ask("initialize", {"protocolVersion": "x"}), 60)
    clock.least = float("inf")
    peer.close()
    assert peer.exited.wait(30)


def test_closed_before_it_began() -> None:
    """Then it never does."""
    peer = Peer(spec(), clock=ManualClock())
    peer.close()
    with pytest.raises(RpcError, match="was stopped before it started"):
        peer.start()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("dying", "has ended (exit code 3)"),
        ("flood", "sent a message of more than 16 MB"),
        ("chatty", "writes other things than messages to its standard output"),
    ],
)
def test_children_that_are_ended(kind: str, words: str) -> None:
    """What was asked fails, and so does what is asked afterwards."""
    peer = Peer(spec(kind), clock=SystemClock())
    peer.start()
    assert failure(peer) == words
    assert failure(peer) == words
    assert peer.exited.wait(30)
    assert peer.is_gone
    peer.close()


def test_a_child_that_closes_its_output() -> None:
    """Is of no use any more."""
    peer = peer_of("import os, time; os.close(1); time.sleep(1000)", ImpatientClock(least=10))
    assert failure(peer) == "closed its standard output"
    assert peer.exited.wait(30)


def test_a_child_that_does_not_read() -> None:
    """What is sent to it does not pile up for ever."""
    peer = Peer(spec("deaf"), clock=SystemClock())
    peer.start()
    for _ in range(1100):
        peer.tell("x", {"text": "y" * 9000})
    assert failure(peer) == "does not read what it is sent"
    peer.close()


def test_an_answer_that_does_not_come() -> None:
    """The child is told that nobody waits, but not about the first request of all."""
    lines = Lines()
    peer = Peer(spec(), clock=ManualClock(), chatter=lines)
    peer.start()
    for cancel in (False, True):
        asked = peer.ask("tools/call", {"name": "hangs"})
        with pytest.raises(RpcError, match=r"did not answer within 5 s"):
            peer.answer(asked, 5, cancel=cancel)
    lines.wait_for("cancelled: did not answer within 5 s")
    assert len(lines.said) == 1
    peer.close()


def test_what_the_child_asks() -> None:
    """Whether somebody is there; everything else is not known."""
    peer = Peer(spec(), clock=SystemClock())
    peer.start()
    found = peer.answer(peer.ask("tools/call", {"name": "pings", "arguments": {}}), 60)
    assert json.loads(found["content"][0]["text"]) == [
        {"jsonrpc": "2.0", "id": "p", "result": {}},
        {"jsonrpc": "2.0", "id": "r", "error": {"code": -32601, "message": "Method not found"}},
    ]
    peer.close()


def test_a_refusal() -> None:
    """With the child's words; a strange one without."""
    peer = Peer(spec(), clock=SystemClock())
    peer.start()
    with pytest.raises(RpcError, match="refused: not today"):
        peer.answer(peer.ask("tools/call", {"name": "refuses"}), 60)
    peer.close()
    strange = peer_of('input(); print(\'{"id": 1, "error": 3}\', flush=True); input()')
    assert failure(strange) == "refused"
    strange.close()


@pytest.mark.parametrize(("argv", "words"), [(["/nothing"], "no such file"), (["a\0"], "it is no command")])
def test_one_that_cannot_be_started(argv: list[str], words: str) -> None:
    """Said."""
    with pytest.raises(RpcError, match=words):
        Peer(Spec(argv, Path("/"), {}), clock=ManualClock()).start()
