"""Conversations from the first entry to the last."""

import signal
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from inference_cli.api.records import Model
from inference_cli.cli.chat_flags import ChatFlags
from inference_cli.cli.paying import Purse
from inference_cli.cli.repl import Start
from inference_cli.conversation.template import Template
from tests.support.talking import MODEL, MemoryLog, Server, begun, said, session_of, streamed, talk


def _press(number: signal.Signals) -> bytes:
    signal.raise_signal(number)
    return b""


def test_two_turns(tmp_path: Path) -> None:
    """The second request holds what was said before; each question is kept before its answer."""
    server = Server(said("Hel", "lo", cost=0.002), said("Bye", tokens=(20, 3), cost=0.001))
    talked = talk(tmp_path, server, "hi", "  ", "bye", "/cost")

    assert server.messages == [
        [("user", "hi")],
        [("user", "hi"), ("assistant", "Hello"), ("user", "bye")],
    ]
    assert (talked.code, talked.out) == (0, "Hello\nBye\n")
    assert talked.log.rows == [
        ("begin", MODEL, None, None),
        ("asked", "c1", MODEL, "hi", {}, 0),
        ("answered", 2, "Hello", True, Decimal("0.002"), None),
        ("asked", "c1", MODEL, "bye", {}, 0),
        ("answered", 4, "Bye", True, Decimal("0.001"), None),
    ]
    assert talked.notes == [
        f"{MODEL} · /help for commands · Ctrl-D to leave",
        "15 tokens · $0.0020",
        "23 tokens · $0.0010",
        "2 answers · 30 tokens in · 8 out",
        "$0.0030 for them",
        "Go on with it:  inference chat -c",
    ]


def test_a_conversation_that_goes_on(tmp_path: Path) -> None:
    """What was said is shown shortly, and sent; the log goes on with the same conversation."""
    past = [
        {"role": "system", "content": "Be short."},
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "Hello"},
    ]
    log, server = MemoryLog(), Server(said("Bye"))
    start = Start(model=MODEL, system="Be short.", past=past, conversation_id="0123456789", log=log)
    talked = talk(tmp_path, server, "bye", start=start)

    assert "going on with 01234567 · 1 turn" in talked.notes
    assert talked.out == "Hello\nBye\n"
    assert server.messages == [
        [("system", "Be short."), ("user", "hi"), ("assistant", "Hello"), ("user", "bye")],
    ]
    assert [row[:2] for row in log.rows] == [("asked", "0123456789"), ("answered", 1)]


def test_a_template(tmp_path: Path) -> None:
    """The first message is put into it, later ones are not."""
    template = Template("short", prompt="Shorten: {input}", system="Be {how}.", defaults={"how": "short"})
    server = Server(said("1"), said("2"))
    talk(tmp_path, server, "one", "two", start=Start(model=MODEL, fill=template.fill))

    assert server.messages[1] == [
        ("system", "Be short."),
        ("user", "Shorten: one"),
        ("assistant", "1"),
        ("user", "two"),
    ]


@pytest.mark.parametrize("entry", ["/exit", "/quit", "exit", "quit"])
def test_leaving(tmp_path: Path, entry: str) -> None:
    """Nothing was said, so there is nothing to go on with."""
    assert talk(tmp_path, Server(), entry, "never read").notes == [f"{MODEL} · /help for commands · Ctrl-D to leave"]


def test_an_unknown_command(tmp_path: Path) -> None:
    """Nothing is sent; the nearest name is told."""
    talked = talk(tmp_path, Server(), "/mdoel gpt", "/")
    assert talked.notes[1:] == [
        "no command /mdoel  closest: /model",
        "Nothing was sent.  A message that begins with a slash:  //…",
        "no command /  closest: /help",
        "Nothing was sent.  A message that begins with a slash:  //…",
    ]


def test_ctrl_c_stops_the_answer_and_keeps_the_talk(tmp_path: Path) -> None:
    """What came is kept, as incomplete, and the model is told of it; /retry asks again."""
    cut = streamed(begun("Once upon"), lambda: _press(signal.SIGINT), said(" never"))
    server = Server(cut, said("Anew."))
    talked = talk(tmp_path, server, "a story", "/retry")

    assert talked.code == 0
    assert "Stopped; what came is kept.  Ask again:  /retry" in talked.notes
    assert [row[2:4] for row in talked.log.rows if row[0] == "answered"] == [("Once upon", False), ("Anew.", True)]
    assert server.messages == [[("user", "a story")], [("user", "a story")]]
    assert talked.out == "Once upon\nAnew.\n"


def test_a_stopped_answer_goes_with_the_next_question(tmp_path: Path) -> None:
    """The model may go on from it."""
    cut = streamed(begun("Once upon"), lambda: _press(signal.SIGINT))
    server = Server(cut, said("a time."))
    talk(tmp_path, server, "a story", "go on")

    assert server.messages[1] == [("user", "a story"), ("assistant", "Once upon"), ("user", "go on")]


def test_a_dropped_connection(tmp_path: Path) -> None:
    """It is said what was kept, and nothing is asked again by itself: that costs."""
    server = Server(streamed(begun("Half"), httpx.ReadError("gone")), said("Whole"))
    talked = talk(tmp_path, server, "hi", "/retry")

    assert talked.notes[1:3] == [
        "error: the stream ended early: the connection broke",
        "What came is kept.  Ask again, which costs again:  /retry",
    ]
    assert len(server.bodies) == 2
    assert talked.log.rows[2][2:] == ("Half", False, None, "the stream ended early: the connection broke")


def test_what_may_have_been_billed_is_not_nothing(tmp_path: Path) -> None:
    """An answer that never came is among the costs that nobody knows; one that was not taken is not."""
    lost = talk(tmp_path, Server(httpx.ReadError("gone")), "hi", "/cost")
    busy = talk(tmp_path, Server(*[httpx.ConnectError("refused")] * 20), "hi", "/cost")

    assert "Nothing came.  Ask again, which costs again:  /retry" in lost.notes
    assert "$0.0000 for them, and of 1 it is not known" in lost.notes
    assert "Nothing came.  Ask again:  /retry" in busy.notes
    assert "$0.0000 for them" in busy.notes


def test_nothing_came(tmp_path: Path) -> None:
    """The question waits for /retry; another one takes its place."""
    server = Server(httpx.Response(400, json={"error": {"message": "no"}}), said("Yes"))
    talked = talk(tmp_path, server, "hi", "hello")

    assert server.messages == [[("user", "hi")], [("user", "hello")]]
    assert talked.code == 0
    assert talked.notes[1].startswith("error: ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_everything_kept(tmp_path: Path, number: signal.Signals) -> None:
    """In the middle of an answer and at the prompt."""
    cut = streamed(begun("Once upon"), lambda: _press(number), said("never"))
    answering = talk(tmp_path, Server(cut), "a story", "never typed")
    prompting = talk(tmp_path, Server(), lambda: _press(number).decode())

    assert (answering.code, prompting.code) == (128 + number, 128 + number)
    assert answering.log.rows[-1][2:4] == ("Once upon", False)
    assert len(answering.drafts) == 1
    assert signal.getsignal(number) is signal.SIG_DFL


def test_no_token(tmp_path: Path) -> None:
    """Said before anybody types a message."""
    talked = talk(tmp_path, Server(), "hi", INFERENCE_API_KEY="")
    assert (talked.code, talked.drafts) == (3, [])


def test_what_must_not_be_sent_is_not(tmp_path: Path) -> None:
    """A limit speaks before anything is sent; a message can be typed again."""
    log = MemoryLog()
    flags = ChatFlags(max_cost="0.000001", model=[MODEL])

    def purse(name: str, known: Model | None) -> Purse:
        return Purse(session_of(tmp_path), name, known, max_cost=flags.max_cost, yes=False)

    talked = talk(tmp_path, Server(), "hi", start=Start(model=MODEL, log=log, purse=purse))
    assert talked.code == 0
    assert any(line.startswith("error: ") for line in talked.notes)
    assert log.rows == []


def test_a_text_that_cannot_be_sent(tmp_path: Path) -> None:
    """NUL and half characters are told apart from messages."""
    talked = talk(tmp_path, Server(), "a\0b", "\udcff")
    assert [note for note in talked.notes if note.startswith("error")] == [
        "error: the message holds a NUL, which is no text",
        "error: the message is not valid UTF-8",
    ]


def test_an_answer_cannot_reach_the_terminal(tmp_path: Path) -> None:
    """Control characters are shown, not obeyed."""
    talked = talk(tmp_path, Server(said("\x1b]0;owned\x07")), "hi")
    assert "\x1b" not in talked.out
    assert "\x07" not in talked.out


def test_turns_cost_nothing_more_as_they_become_many(tmp_path: Path) -> None:
    """Beside sending what was said, a turn does the same work whatever came before: a question is kept once."""
    server = Server(*(said("yes") for _ in range(60)))
    talked = talk(tmp_path, server, *(f"{number}" for number in range(60)))

    assert [row[3] for row in talked.log.rows if row[0] == "asked"] == [f"{number}" for number in range(60)]
    assert len(server.messages[-1]) == 119
