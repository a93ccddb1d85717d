import threading
from collections.abc import Mapping
from typing import Any

import pytest

from inference_cli.api.completion import ToolCall
from inference_cli.clock import ManualClock
from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.tool import Fixed, Result, Tool, ToolFailedError
from inference_cli.conversation.tools.toolbox import REFUSED, Toolbox
from inference_cli.errors import Interrupted, TemporaryError, UsageError
from tests.support.tools import TEXT, FakeTool, anything, call


def box(*tools: Tool, clock: ManualClock | None = None, **more: Any) -> Toolbox:
    """A toolbox with one source."""
    return Toolbox([Fixed("tools.py", tools)], clock=clock or ManualClock(), **more)


def only(toolbox: Toolbox, one: ToolCall) -> tuple[str, bool, bool]:
    """What becomes of a call."""
    (result,) = toolbox.call_all([one], anything)
    assert result.call is one
    return result.content, result.failed, result.approved


def test_what_a_request_says_of_them() -> None:
    """The contract's shape, in the order of -T."""
    with box(FakeTool(), FakeTool("shout")) as toolbox:
        assert toolbox.definitions[0] == {
            "type": "function",
            "function": {"name": "echo", "description": "Says it again.", "parameters": TEXT},
        }
        assert toolbox.names == ("echo", "shout")
        assert toolbox.source("shout") == "tools.py"
        assert (toolbox.tool("nothing"), toolbox.source("nothing")) == (None, None)


def test_results_come_in_the_order_asked_whoever_is_done_first() -> None:
    """The first waits for the second: they run side by side."""
    clock, second_done = ManualClock(), threading.Event()

    def first(_: Mapping[str, Any]) -> str:
        assert second_done.wait(30)
        clock.sleep(2.5)
        return "1"

    def second(_: Mapping[str, Any]) -> str:
        second_done.set()
        return "2"

    calls = [call("first", id="a", text=""), call("second", id="b", text="")]
    with box(FakeTool("first", first), FakeTool("second", second), clock=clock) as toolbox:
        results = toolbox.call_all(calls, anything)
    assert results[0] == Result(calls[0], "1", failed=False, approved=True, seconds=2.5)
    assert (results[1].call, results[1].content) == (calls[1], "2")


def test_no_calls() -> None:
    """Nothing to do."""
    assert box(FakeTool()).call_all([], anything) == ()


def test_what_fails_is_told_to_the_model() -> None:
    """In words, never as an error of the program."""

    def fails(error: Exception) -> FakeTool:
        def does(_: Mapping[str, Any]) -> str:
            raise error

        return FakeTool(does=does)

    assert only(box(fails(ToolFailedError("It rains."))), call(text="x")) == ("It rains.", True, True)
    assert only(box(fails(ToolFailedError())), call(text="x")) == ("The call failed.", True, True)
    assert only(box(fails(TemporaryError("no network"))), call(text="x")) == (
        "The call failed: no network.",
        True,
        True,
    )


def test_what_cannot_be_called_is_not() -> None:
    """Unknown names and arguments that do not fit never reach a tool, nor whoever approves."""

    def never(*_: object) -> bool:
        raise AssertionError

    toolbox = box(FakeTool(does=lambda _: pytest.fail("called")))
    wrong = [call("ecko", text="x"), call(text=3), call(), call(text="x", more=1), ToolCall("c", "echo", "[1]")]
    results = toolbox.call_all([*wrong, ToolCall("c", "echo", '{"text": NaN}'), ToolCall("c", "echo", "{")], never)
    assert {(one.failed, one.approved) for one in results} == {(True, False)}
    told = [one.content for one in results]
    assert told[0] == "There is no tool named 'ecko'. Did you mean echo? There are: echo"
    assert told[1] == 'The arguments do not fit. Nothing was called.\n- text: 3 is not of type "string"'
    assert told[2] == 'The arguments do not fit. Nothing was called.\n- "text" is a required property'
    assert "'more' was unexpected" in told[3]
    assert told[4] == "The arguments must be a JSON object. Nothing was called."
    assert told[5] == "The arguments are not JSON: NaN is no JSON value. Nothing was called."
    assert told[6].startswith("The arguments are not JSON: Expecting property name")


def test_whoever_approves_sees_tool_and_arguments_in_order_and_before_anything_runs() -> None:
    """A refused call is not made; the others are."""
    happened: list[str] = []

    def does(given: Mapping[str, Any]) -> str:
        happened.append(f"ran {given['text']}")
        return "done"

    tool = FakeTool(does=does, acts=True)

    def approve(asked: Tool, arguments: Mapping[str, Any]) -> bool:
        happened.append(f"asked {asked.name} {arguments['text']}")
        return bool(arguments["text"] != "b")

    results = box(tool).call_all([call(id=text, text=text) for text in "abc"], approve)
    assert happened[:3] == ["asked echo a", "asked echo b", "asked echo c"]
    assert sorted(happened[3:]) == ["ran a", "ran c"]
    assert [(one.content, one.failed, one.approved) for one in results] == [
        ("done", False, True),
        (REFUSED, True, False),
        ("done", False, True),
    ]


def test_two_tools_of_one_name() -> None:
    """Refused, with both places."""
    with pytest.raises(UsageError) as caught:
        Toolbox([Fixed("a.py", (FakeTool(),)), Fixed("b.py", (FakeTool(),))], clock=ManualClock())
    assert caught.value.message == "two tools are named echo: a.py and b.py"


def test_a_stop_ends_what_runs_and_waits_for_nothing() -> None:
    """The wish to stop, in the middle of a call: it is ended, and the next calls can be made."""
    stop, halt, ended, running = threading.Event(), Halt(), threading.Event(), threading.Event()

    def hangs(_: Mapping[str, Any]) -> str:
        with halt.doing(ended.set):
            running.set()
            stop.set()
            assert ended.wait(30)
        return "late"

    toolbox = box(FakeTool("hangs", hangs), FakeTool(), halt=halt, stop=stop)
    with pytest.raises(Interrupted):
        toolbox.call_all([call("hangs", text="")], anything)
    assert running.wait(30)
    assert ended.wait(30)
    stop.clear()
    assert only(toolbox, call(text="on")) == ("on", False, True)


def test_a_long_result_is_cut() -> None:
    """And says so."""
    content, failed, _ = only(box(FakeTool(does=lambda _: "é" * 200_000)), call(text=""))
    assert not failed
    assert content.endswith("\n[cut here: this is the beginning, 256000 of 400000 bytes]")
