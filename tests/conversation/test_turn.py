import json
import threading
from typing import Any

import pytest

from inference_cli.api.completion import ToolCall, Usage
from inference_cli.clock import ManualClock
from inference_cli.conversation.turn import Calling, CallRecord, Outcome, Piece, Request, Returned, Turn
from inference_cli.errors import DamagedError, GenerationError, Interrupted
from tests.support.chats import COUNTED, END, USAGE, FakeChat, FakeTool, FakeToolbox, answered, call_piece, piece

QUESTION = {"role": "user", "content": "hi"}
REQUEST = Request("m", (QUESTION,), {"temperature": 1})
HELLO = (piece("Hel", reasoning="Hm"), piece("lo"), END, COUNTED)
WEATHER = ToolCall("k1", "weather", '{"city": "Rome"}')
ASKS = (
    piece("Let me see. "),
    call_piece(0, '{"city": ', id="k1", name="weather"),
    call_piece(0, '"Rome"}'),
    END,
    COUNTED,
)
ASKED = {
    "role": "assistant",
    "content": "Let me see. ",
    "tool_calls": [{"id": "k1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Rome"}'}}],
}
TOLD = {"role": "tool", "tool_call_id": "k1", "content": "sunny in Rome"}


def weather() -> FakeToolbox:
    """A tool that only looks."""
    return FakeToolbox(FakeTool("weather", lambda arguments: f"sunny in {arguments['city']}"))


def turn(chat: FakeChat, **options: Any) -> Turn:
    """A turn that asks the usual."""
    return Turn(chat, options.pop("request", REQUEST), clock=ManualClock(), **options)


def test_an_answer() -> None:
    """Its pieces as they come, reasoning apart; and what it was in the end."""
    chat = FakeChat(HELLO)
    one = turn(chat)

    assert one.outcome == Outcome()
    assert list(one.run()) == [Piece("Hm", reasoning=True), Piece("Hel"), Piece("lo")]
    assert chat.bodies == [{"model": "m", "messages": [QUESTION], "temperature": 1}]
    (document,) = one.outcome.responses
    assert document["choices"][0]["message"]["content"] == "Hello"
    assert one.outcome == Outcome(
        text="Hello",
        reasoning="Hm",
        new_messages=({"role": "assistant", "content": "Hello"},),
        usage=Usage(3, 2, USAGE),
        model="m-1",
        finish_reason="stop",
        complete=True,
        responses=(document,),
    )


def test_an_answer_in_one_piece() -> None:
    """The same without a stream."""
    one = turn(FakeChat([answered(reasoning="Hm")]), request=Request("m", (QUESTION,), stream=False))
    assert list(one.run()) == [Piece("Hm", reasoning=True), Piece("Hello")]
    assert (one.outcome.text, one.outcome.complete) == ("Hello", True)


def test_a_tool_is_called_and_its_result_sent() -> None:
    """The history goes back with the call and what came of it; usage is that of both requests."""
    chat, tools = FakeChat(ASKS, HELLO), weather()
    one = turn(chat, toolbox=tools)

    assert list(one.run()) == [
        Piece("Let me see. "),
        Calling(WEATHER, {"city": "Rome"}),
        Returned(WEATHER, "sunny in Rome", failed=False),
        Piece("Hm", reasoning=True),
        Piece("Hel"),
        Piece("lo"),
    ]
    assert chat.bodies[0]["tools"] == [{"type": "function", "function": {"name": "weather"}}]
    assert chat.bodies[1]["messages"] == [QUESTION, ASKED, TOLD]
    outcome = one.outcome
    assert (outcome.text, outcome.complete, outcome.finish_reason, len(outcome.responses)) == ("Hello", True, "stop", 2)
    assert outcome.new_messages == (ASKED, TOLD, {"role": "assistant", "content": "Hello"})
    assert outcome.usage == Usage(6, 4, {"prompt_tokens": 6, "completion_tokens": 4, "total_tokens": 10})
    assert outcome.calls == (CallRecord(WEATHER, "sunny in Rome", failed=False, approved=True, seconds=0.5),)


def test_what_a_thinking_model_wants_back_with_its_calls() -> None:
    """What it thought, and unknown fields of a call; not with an answer that calls nothing."""
    signed = call_piece(0, "{}", id="k1", name="weather")
    signed["choices"][0]["delta"]["tool_calls"][0]["extra_content"] = {"signature": "s"}
    details = [{"type": "reasoning.text", "text": text, "index": 0} for text in ("H", "m")]
    asks = (piece(reasoning_content="Hm", reasoning_details=details), signed, END, COUNTED)
    chat = FakeChat(asks, (piece("Hello", reasoning_content="Oh"), END, COUNTED))
    one = turn(chat, toolbox=FakeToolbox(FakeTool("weather", lambda _: "rain")))
    list(one.run())

    asked, _, said = one.outcome.new_messages
    assert asked["reasoning_content"] == "Hm"
    assert asked["reasoning_details"] == [{"type": "reasoning.text", "text": "Hm", "index": 0}]
    assert (asked["content"], asked["tool_calls"][0]["extra_content"]) == (None, {"signature": "s"})
    assert said == {"role": "assistant", "content": "Hello"}


def test_calls_that_cannot_be_made_are_told_to_the_model() -> None:
    """Arguments that are no JSON object, and a tool that nobody has; the others are called."""
    calls = (
        call_piece(0, '{"city": ', id="a", name="weather"),
        call_piece(1, "{}", id="b", name="nobody"),
        call_piece(2, "[1]", id="c", name="weather"),
        call_piece(3, '{"city": "Rome"}', id="d", name="weather"),
    )
    chat, tools = FakeChat((*calls, END, COUNTED), HELLO), weather()
    one = turn(chat, toolbox=tools)
    updates = list(one.run())

    assert [update.arguments for update in updates if isinstance(update, Calling)] == [None, {}, None, {"city": "Rome"}]
    bad = "The arguments are not a JSON object. Nothing was called."
    assert [message["content"] for message in chat.bodies[1]["messages"][2:]] == [
        bad,
        "There is no tool named 'nobody'. There are: weather",
        bad,
        "sunny in Rome",
    ]
    assert tools.called == [["weather"]]
    assert [(one.failed, one.approved) for one in one.outcome.calls] == [(True, False)] * 3 + [(False, True)]


@pytest.mark.parametrize(("approve", "allowed"), [(None, False), (lambda *_: True, True), (lambda *_: False, False)])
def test_a_tool_that_acts_needs_somebody_to_agree(approve: Any, allowed: bool) -> None:
    """Without anybody it is not called; the model is told."""
    tools = FakeToolbox(FakeTool("weather", lambda _: "done", acts=True))
    one = turn(FakeChat(ASKS, HELLO), toolbox=tools, approve=approve)
    returned = [update for update in one.run() if isinstance(update, Returned)]
    assert returned == [Returned(WEATHER, "done" if allowed else "refused", failed=not allowed)]


def test_calls_of_one_id_are_two_calls() -> None:
    """Not every server makes ids that differ."""
    twice = (
        call_piece(0, '{"city": "Rome"}', id="k1", name="weather"),
        call_piece(1, '{"city": "Oslo"}', id="k1", name="weather"),
    )
    one = turn(FakeChat((*twice, END, COUNTED), HELLO), toolbox=weather())
    list(one.run())
    assert [one["content"] for one in one.outcome.new_messages[1:3]] == ["sunny in Rome", "sunny in Oslo"]


def test_empty_arguments_are_none() -> None:
    """As models call a function that takes nothing."""
    tools = FakeToolbox(FakeTool("now", json.dumps))
    one = turn(FakeChat((call_piece(0, id="k", name="now"), END, COUNTED), HELLO), toolbox=tools)
    assert [update.result for update in one.run() if isinstance(update, Returned)] == ["{}"]


def test_a_model_that_never_stops_asking_is_stopped() -> None:
    """After so many requests; what came is kept, and can be sent again."""
    chat, tools = FakeChat(ASKS, ASKS), weather()
    one = turn(chat, toolbox=tools, rounds=2)
    with pytest.raises(GenerationError) as caught:
        list(one.run())

    assert caught.value.message == "the model still asks for tools after 2 requests, and was stopped"
    assert (len(chat.bodies), len(tools.called), one.outcome.complete) == (2, 1, False)
    assert one.outcome.new_messages[:3] == (ASKED, TOLD, ASKED)
    assert one.outcome.new_messages[3]["content"].startswith("No result: ")


def test_calls_without_a_toolbox_end_the_turn() -> None:
    """Whoever sends definitions of their own reads the calls in the document."""
    one = turn(FakeChat(ASKS))
    list(one.run())
    assert (one.outcome.complete, one.outcome.text) == (True, "Let me see. ")
    assert [message["role"] for message in one.outcome.new_messages] == ["assistant", "tool"]


def test_a_refusal_is_what_the_model_says() -> None:
    """It comes beside the text, which is empty."""
    one = turn(FakeChat((piece(refusal="I can"), piece(refusal="not."), END, COUNTED)))
    assert list(one.run()) == [Piece("I cannot.")]
    assert one.outcome.text == "I cannot."


def test_an_answer_that_breaks_off_is_kept() -> None:
    """As far as it came, incomplete; a call that was cut is not sent again."""
    cut = (piece("Hel"), call_piece(0, '{"ci', id="k1", name="weather"), DamagedError("the stream ended early"))
    chat = FakeChat(cut)
    one = turn(chat, toolbox=weather())
    with pytest.raises(DamagedError):
        list(one.run())

    outcome = one.outcome
    assert (outcome.text, outcome.complete, outcome.usage, chat.closed) == ("Hel", False, None, 1)
    assert outcome.new_messages == ({"role": "assistant", "content": "Hel"},)


def test_an_answer_that_breaks_off_after_tools_were_called() -> None:
    """What came before it stands; what both cost is not known, since one is not."""
    one = turn(FakeChat(ASKS, (piece("It is"), DamagedError("broken"))), toolbox=weather())
    with pytest.raises(DamagedError):
        list(one.run())
    assert one.outcome.new_messages == (ASKED, TOLD, {"role": "assistant", "content": "It is"})
    assert (one.outcome.text, one.outcome.usage, len(one.outcome.responses)) == ("It is", None, 2)


@pytest.mark.parametrize("pieces", [1, 2])
def test_ctrl_c_in_the_middle_of_the_iteration(pieces: int) -> None:
    """The outcome is right at once, and closing the iterator closes the connection."""
    chat = FakeChat((piece("Hel"), piece("lo"), END))
    one = turn(chat)
    updates = one.run()
    for _ in range(pieces):
        next(updates)

    assert (one.outcome.text, one.outcome.complete, chat.closed) == ("Hello"[: 3 + 2 * (pieces - 1)], False, 0)
    updates.close()  # type: ignore[attr-defined] # a generator, to whoever looks
    assert (one.outcome.complete, chat.closed) == (False, 1)


def test_ctrl_c_while_a_tool_runs() -> None:
    """Every call has an answer in the history, this one that it has none."""

    def interrupted(_: Any) -> str:
        raise KeyboardInterrupt

    one = turn(FakeChat(ASKS), toolbox=FakeToolbox(FakeTool("weather", interrupted)))
    with pytest.raises(KeyboardInterrupt):
        list(one.run())
    asked, told = one.outcome.new_messages
    assert (asked, told["tool_call_id"], told["content"][:9]) == (ASKED, "k1", "No result")
    assert one.outcome.complete is False


def test_a_stop_between_two_requests() -> None:
    """Nothing more is sent."""
    stop, chat = threading.Event(), FakeChat(ASKS)

    def stopping(_: Any) -> str:
        stop.set()
        return "rain"

    one = turn(chat, toolbox=FakeToolbox(FakeTool("weather", stopping)), stop=stop)
    with pytest.raises(Interrupted):
        list(one.run())
    assert (len(chat.bodies), len(one.outcome.calls)) == (1, 1)


def test_the_seconds_of_a_turn() -> None:
    """From the first request to the end, and no further."""
    clock = ManualClock()
    one = Turn(FakeChat(HELLO), REQUEST, clock=clock)
    updates = one.run()
    next(updates)
    clock.sleep(2.0)
    seen = one.outcome.seconds
    list(updates)
    clock.sleep(5.0)
    assert (seen, one.outcome.seconds) == (2.0, 2.0)
