"""A conversation as a state."""

from decimal import Decimal
from typing import Any

from hypothesis import given, strategies as st

from inference_cli.api.completion import Usage
from inference_cli.conversation.attachments import Attachment
from inference_cli.conversation.outcome import Outcome
from inference_cli.conversation.talk import Settings, Talk, text_of

BEGIN = Settings("gpt-5", "Be short.", {"seed": 1})


def _picture(name: str) -> Attachment:
    part = {"type": "image_url", "image_url": {"url": f"data:{name}"}}
    return Attachment("image", "image/png", name, 1, "0", name, part)


def _said(text: str, *, complete: bool = True, usage: Usage | None = None, **more: Any) -> Outcome:
    messages = ({"role": "assistant", "content": text},)
    return Outcome(text, new_messages=messages, complete=complete, usage=usage, **more)


def _sent(talk: Talk) -> list[tuple[str, str]]:
    return [(message["role"], text_of(message)) for message in talk.request().messages]


def test_what_is_sent_is_all_that_was_said() -> None:
    """The system prompt first; parameters beside."""
    talk = Talk(BEGIN)
    talk.ask("hi")
    assert talk.settle(_said("hello"), Decimal("0.1"))
    talk.ask("bye")

    assert _sent(talk) == [("system", "Be short."), ("user", "hi"), ("assistant", "hello"), ("user", "bye")]
    assert (talk.request().model, talk.request().parameters, talk.turns, talk.open) == ("gpt-5", {"seed": 1}, 2, True)
    assert talk.answer == "hello"


def test_an_answer_without_words_is_none() -> None:
    """Servers refuse it in a history; the question stays open."""
    talk = Talk(BEGIN)
    talk.ask("hi")
    usage = Usage(3, 0)
    assert not talk.settle(_said("", usage=usage), None)
    assert not talk.settle(Outcome(), None)
    assert (talk.open, talk.totals.answers, talk.totals.prompt_tokens, talk.totals.unpriced) == (True, 1, 3, 1)


def test_what_waited_for_a_question_waits_for_the_next_if_it_was_never_answered() -> None:
    """Nothing that was attached goes lost with a failure; what the text named does."""
    talk = Talk(BEGIN)
    talk.pending, talk.files = [_picture("one")], ["notes"]
    first = talk.ask("what is it?", [_picture("named")])
    second = talk.ask("what then?")

    assert (first.carried, first.attachments) == ((_picture("one"),), (_picture("named"),))
    assert (second.carried, second.attachments, second.texts) == ((_picture("one"),), (), ("notes",))
    assert talk.turns == 1
    assert [part.get("text") for part in talk.asked["content"]] == [None, "notes\n\nwhat then?"]
    assert (talk.pending, talk.files) == ([], [])


def test_again_takes_the_answer_back() -> None:
    """The same question is open, with all that went with it."""
    talk = Talk(BEGIN)
    assert talk.again() is None
    question = talk.ask("hi", [_picture("one")])
    talk.settle(_said("hello"), None)
    assert talk.again() == question
    assert (talk.open, len(talk.messages)) == (True, 1)


def test_undo_takes_both_back() -> None:
    """The question's text is there to be changed."""
    talk = Talk(BEGIN)
    for text in ("one", "two"):
        talk.ask(text)
        talk.settle(_said(text.upper()), None)
    assert (talk.undo(), talk.answer, len(talk.messages)) == ("two", "ONE", 2)
    assert (talk.undo(), talk.answer, talk.undo()) == ("one", "", None)


def test_a_past_can_be_taken_back_too() -> None:
    """Questions that were read from the log, with parts or without."""
    past: list[dict[str, Any]] = [
        {"role": "user", "content": [_picture("one").part, {"type": "text", "text": "what is it?"}]},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]},
        {"role": "tool", "tool_call_id": "1", "content": "12"},
        {"role": "assistant", "content": "a fox"},
    ]
    talk = Talk(BEGIN, past)
    assert (talk.turns, talk.answer, len(talk.messages)) == (1, "a fox", 4)
    again = talk.again()
    assert (again and again.text, talk.asked) == ("what is it?", past[0])
    assert Talk(BEGIN, past).undo() == "what is it?"


def test_a_system_prompt_of_the_past_holds_unless_another_is_given() -> None:
    """It is sent once."""
    past = [{"role": "system", "content": "Be long."}, {"role": "user", "content": "hi"}]
    talks = [Talk(Settings("gpt-5"), past), Talk(BEGIN, past)]
    for talk in talks:
        talk.new()
    assert [talk.settings.system for talk in talks] == ["Be long.", "Be short."]
    assert _sent(Talk(Settings("gpt-5"), past)) == [("system", "Be long."), ("user", "hi")]


def test_clear_and_new() -> None:
    """Cleared, the settings stay; anew, they are those of the beginning. What was made keeps its number."""
    talk = Talk(BEGIN)
    talk.ask("hi")
    talk.settle(_said("hello", responses=({"usage": {"prompt_tokens": 7, "completion_tokens": 2}},)), None)
    talk.settings = Settings("other")
    talk.pending = [_picture("one")]
    assert talk.context == 9
    talk.clear()
    assert not talk.messages
    assert (talk.turns, talk.settings.model, len(talk.pending), f"{talk.context}") == (0, "other", 1, "None")
    talk.new()
    assert (talk.settings, talk.pending, talk.totals.answers) == (BEGIN, [], 1)


def test_the_context_is_what_the_last_round_had() -> None:
    """Not the sum over the rounds of a turn with tools."""
    talk = Talk(BEGIN)
    talk.ask("hi")
    rounds = ({"usage": {"prompt_tokens": 10, "completion_tokens": 5}}, {"usage": {"prompt_tokens": 20}})
    talk.settle(_said("hello", usage=Usage(30, 5), responses=rounds), None)
    assert (talk.context, talk.totals.prompt_tokens) == (20, 30)


@given(st.lists(st.sampled_from(["ask", "answer", "fail", "again", "undo", "clear"]), max_size=30))
def test_whatever_happens_questions_and_answers_alternate(steps: list[str]) -> None:
    """What is sent begins with a question and never has two of them in a row."""
    talk = Talk(Settings("gpt-5"))
    for number, step in enumerate(steps):
        if step == "ask":
            talk.ask(f"question {number}")
        elif step == "answer" and talk.open:
            talk.settle(_said("answer"), None)
        elif step == "fail" and talk.open:
            talk.settle(Outcome(), None)
        elif step == "again":
            talk.again()
        elif step == "undo":
            talk.undo()
        elif step == "clear":
            talk.clear()
        roles = [role for role, _ in _sent(talk)]
        assert roles == [("user", "assistant")[place % 2] for place in range(len(roles))]
        assert talk.open == (len(roles) % 2 == 1)
        assert talk.turns == (len(roles) + 1) // 2
