"""One turn on the screen: tools, reasoning, limits."""

import json
from pathlib import Path
from typing import Any

from inference_cli.cli.repl import Start
from inference_cli.clock import ManualClock
from inference_cli.conversation.tools.toolbox import Toolbox
from tests.support.talking import MODEL, MemoryLog, Server, said, talk

CALL = {"index": 0, "id": "c1", "type": "function", "function": {"name": "time", "arguments": '{"zone": "UTC"}'}}


def _stream(*deltas: dict[str, Any], finish: str) -> bytes:
    events: list[Any] = [{"choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    return b"".join(f"data: {json.dumps(event)}\n\n".encode() for event in events) + b"data: [DONE]\n\n"


def test_a_tool_is_called(tmp_path: Path) -> None:
    """The call and its result are noted; the next question sends both again."""
    server = Server(_stream({"tool_calls": [CALL]}, finish="tool_calls"), said("Noon."), said("Bye."))
    log = MemoryLog()
    with Toolbox.open(["time"], cwd=tmp_path, environ={}, clock=ManualClock()) as box:
        start = Start(model=MODEL, log=log, toolbox=box, approve=lambda *_: True)
        talked = talk(tmp_path, server, "/tools", "what time is it?", "bye", start=start)

    assert talked.out == "Noon.\nBye.\n"
    assert 'time  {"zone": "UTC"}' in talked.notes
    assert any(line.startswith("→ ") for line in talked.notes)
    assert any(line.startswith("time    ") for line in talked.notes)
    assert [message[0] for message in server.messages[2]] == ["user", "assistant", "tool", "assistant", "user"]
    assert [row[2] for row in log.rows if row[0] == "answered"] == ["Noon.", "Bye."]


def test_reasoning_is_shown_apart(tmp_path: Path) -> None:
    """On stderr, unless it is hidden; it is not sent again."""
    thinking = _stream({"reasoning": "Hm."}, {"content": "Yes"}, finish="stop")
    shown = talk(tmp_path, Server(thinking), "hi")
    hidden = talk(tmp_path, Server(thinking), "hi", start=Start(model=MODEL, hide_reasoning=True))

    assert (shown.out, hidden.out) == ("Yes\n", "Yes\n")
    assert ("Hm." in shown.err, "Hm." in hidden.err) == (True, False)


def test_an_answer_that_is_cut_by_its_limit(tmp_path: Path) -> None:
    """The way to more of it is told."""
    talked = talk(tmp_path, Server(said("Once", finish="length")), "a story")
    assert "It was cut at max_tokens.  More:  /param max_tokens=4000  and  /retry" in talked.notes


def test_an_answer_without_words(tmp_path: Path) -> None:
    """Is said to be none."""
    talked = talk(tmp_path, Server(said("")), "hi")
    assert "The model said nothing.  Ask again:  /retry" in talked.notes


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    """Before: nothing is sent. After: it is said, and the talk goes on."""
    from inference_cli.errors import LocalError

    class Full(MemoryLog):
        def answered(self, *_: Any, **__: Any) -> None:
            raise LocalError("the disk is full")

    class Closed(MemoryLog):
        def asked(self, *_: Any, **__: Any) -> int:
            raise LocalError("the log cannot be written")

    after = talk(tmp_path, Server(said("Yes")), "hi", start=Start(model=MODEL, log=Full()))
    before = talk(tmp_path, Server(), "hi", start=Start(model=MODEL, log=Closed()))
    assert (after.code, after.out, "error: the disk is full" in after.notes) == (0, "Yes\n", True)
    assert (before.code, "error: the log cannot be written" in before.notes) == (0, True)
