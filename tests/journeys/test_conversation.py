"""Conversations in a real terminal, with the sandbox."""

import re
import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import Terminal, User
from tests.support.journey import FILM, SQUARE, picture

MARK = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
MODEL = "claude-sonnet-4-6"
PASTE = "\x1b[200~{}\x1b[201~"
UP, ALT_ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b\r", "\x03", "\x04"
IDLE = " · sandbox"  # the end of the line below the prompt


@pytest.fixture
def talking(offline: User) -> Iterator[Terminal]:
    """A conversation that stands at its first prompt."""
    yield from _begun(offline)


def _begun(user: User, **size: int) -> Iterator[Terminal]:
    terminal = user.terminal("chat", **size)
    terminal.wait_for(IDLE)
    yield terminal
    terminal.child.close(force=True)


def _enter(terminal: Terminal, entry: str, until: str = IDLE) -> None:
    """Type an entry, and wait for what comes after it."""
    terminal.send(entry + "\r")
    terminal.wait_for("\x1b[?2004l")  # the entry was taken
    terminal.wait_for(until)


def _leave(terminal: Terminal) -> int:
    terminal.send(CTRL_D)
    return terminal.finish()


def test_an_answer_and_the_line_below(talking: Terminal) -> None:
    """Model, cost and context are in the bottom line; leaving takes it away and exits 0."""
    assert talking.screen == [
        f"  {MODEL} · /help for commands · Ctrl-D to leave",
        MARK,
        f"  {MODEL} · sandbox",
    ]
    _enter(talking, "hello there")
    *answer, usage, prompt, below = talking.screen[1:]
    assert answer[0] == f"{MARK} hello there"
    assert answer[-1].strip() == "You asked: “hello there”"
    tokens, cost = usage.split(" · ")
    assert (prompt, below) == (MARK, f"  {MODEL} · {cost} · {tokens.strip()} · sandbox")
    assert _leave(talking) == 0
    assert talking.screen[-2:] == [MARK, "  Go on with it:  inference chat -c"]


def test_a_conversation_is_gone_on_with(offline: User) -> None:
    """With its past, shortly shown; what was taken back is not in it."""
    for talking in _begun(offline):
        _enter(talking, "/system Be short.")
        _enter(talking, "one")
        _enter(talking, "two")
        _enter(talking, "/undo", until="taken back: two")
        talking.send(CTRL_C)
        assert _leave(talking) == 0
    terminal = offline.terminal("chat", "-c", rows=40)
    terminal.wait_for(IDLE)
    assert terminal.screen[1].endswith(" · 1 turn")
    assert "You asked: “one”" in " ".join(terminal.screen)
    _enter(terminal, "three")
    whole = " ".join(terminal.screen)
    assert "Before that I see 2 messages of this talk" in whole
    assert "My instructions are: “Be short.”" in whole
    assert _leave(terminal) == 0


def test_a_paste_is_one_message(talking: Terminal) -> None:
    """It is shown, and sent on Return."""
    talking.send(PASTE.format("def f():\r    pass\r/exit\r"))
    talking.see("/exit")
    assert talking.screen[1:4] == [f"{MARK} def f():", "      pass", "  /exit"]
    _enter(talking, "")
    assert "“def f(): pass /exit”" in " ".join(talking.screen)


def test_blocks_and_new_lines(talking: Terminal) -> None:
    """Three quotes, and Alt-Enter."""
    _enter(talking, '"""\rone\r\r/two\r"""')
    assert "You asked: “one /two”" in " ".join(talking.screen)
    _enter(talking, f"three{ALT_ENTER}four")
    assert "“three four”" in " ".join(talking.screen)


def test_tab_completes_commands_models_and_files(offline: User) -> None:
    """With what they are beside them."""
    (offline.cwd / "a picture.png").write_bytes(b"")
    for talking in _begun(offline):
        talking.send("/us\t")
        talking.see("/usage")
        talking.send(f"{CTRL_C}/u\t")
        talking.see("/undo", "the tokens so far")
        talking.send(f"{CTRL_C}see @a\t")
        talking.see("see @a\\ picture.png")


def test_the_line_is_cleared_and_a_hint_says_how_to_leave(talking: Terminal) -> None:
    """Ctrl-C never sends and never leaves."""
    talking.send(f"never sent{CTRL_C}")
    talking.send(CTRL_C)
    talking.see("Ctrl-D or /exit leaves")
    talking.send("x")
    talking.see(f"{MARK} x", IDLE)
    assert talking.screen[1:] == [f"{MARK} x", f"  {MODEL} · sandbox"]


def test_ctrl_c_at_the_question_about_a_tool(offline: User) -> None:
    """It ends the turn at once, without Return; what is typed next is no answer to the question."""
    (offline.cwd / "tools.py").write_text('def weather(city: str) -> str:\n    """Tell it."""\n    return city\n')
    terminal = offline.terminal("chat", "-T", "tools.py:weather")
    terminal.wait_for(IDLE)
    terminal.send("weather\r")
    terminal.see("[y/N]")
    terminal.send(CTRL_C)
    terminal.see("Stopped; what came is kept.  Ask again:  /retry", IDLE)
    assert any(row.endswith("[y/N] ^C") for row in terminal.screen)
    assert _leave(terminal) == 0


def test_what_was_typed_is_remembered(offline: User) -> None:
    """In the next conversation too; nobody else can read it."""
    for talking in _begun(offline):
        _enter(talking, "/help undo")
        _enter(talking, "/cost")
        assert _leave(talking) == 0
    for talking in _begun(offline):
        talking.send(UP)
        talking.see(f"{MARK} /cost")
        talking.send("\x12help")
        talking.see(f"{MARK} /help undo")
    [kept] = offline.home.rglob("entries.jsonl")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_picture_is_made_and_asked_about(offline: User) -> None:
    """Through the command itself; ``@1`` is attached to the next message."""
    for talking in _begun(offline, rows=40):
        _enter(talking, f"/image a red fox {' '.join(SQUARE)} -o fox.png")
        assert picture(offline.cwd / "fox.png") == ("PNG", (512, 512))
        assert any(line.endswith(" · @1") for line in talking.screen)
        assert "fox.png" in talking.screen
        _enter(talking, "describe @1")
        assert "image: PNG, 512 x 512 pixels" in " ".join(talking.screen)


def test_ctrl_c_stops_the_answer(offline: User) -> None:
    """The talk goes on; what came is part of it."""
    for talking in _begun(offline.having(INFERENCE_SANDBOX_SPEED="1"), rows=60):
        talking.send("a long story tokens=20000\r")
        talking.wait_for("1: ")
        talking.interrupt()
        talking.wait_for("Stopped; what came is kept.")
        talking.wait_for(IDLE)
        talking.send("/undo\r")
        talking.wait_for("taken back: a long story")


def test_ctrl_c_leaves_a_film_going_on(offline: User) -> None:
    """It says how to collect it, and the conversation does."""
    for talking in _begun(offline.having(INFERENCE_SANDBOX_SPEED="1"), rows=60):
        talking.send(f"/video waves {' '.join(FILM)} -o waves.mp4\r")
        talking.wait_for("processing")
        talking.interrupt()
        talking.wait_for("Collect it:")
        talking.wait_for(IDLE)
        assert any("inference queue wait" in line for line in talking.screen)
        _enter(talking, "/queue wait last")
        assert (offline.cwd / "waves.mp4").stat().st_size > 0
        assert _leave(talking) == 0


def test_what_is_typed_while_a_film_is_made_waits_for_the_prompt(offline: User) -> None:
    """It is not shown among the moving lines; then it stands behind the prompt."""
    for talking in _begun(offline.having(INFERENCE_SANDBOX_SPEED="1"), rows=60):
        talking.send(f"/video waves {' '.join(FILM)} -o waves.mp4\r")
        talking.wait_for("processing")
        start = len(talking.raw)
        talking.send("and a fox")
        talking.wait_for("\x1b[?2004h")
        made = talking.raw[start:].partition(b"\x1b[?2004h")[0]
        talking.see(f"{MARK} and a fox", IDLE)
        assert (b"fox" in made, b"waves.mp4" in made) == (False, True)
        talking.interrupt()
        assert _leave(talking) == 0


def test_another_size_of_the_window(offline: User) -> None:
    """The line and what stands below it are drawn again."""
    for talking in _begun(offline):
        talking.send("a line that is longer than forty columns, for sure")
        talking.see("for sure", IDLE)
        talking.resize(40, 30)
        talking.see("ns, for sure", IDLE)
        _enter(talking, "", until=" · $")
        assert _leave(talking) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(talking: Terminal, number: signal.Signals) -> None:
    """Lines and their echo, as they were before."""
    before = talking.modes()
    talking.child.kill(number)
    talking.wait_for("\x1b[?2004l")
    talking.child.wait()

    lines = termios.ICANON | termios.ECHO
    assert (before & lines, talking.modes() & lines) == (0, lines)
    assert talking.finish() == 128 + number


def test_no_colour(offline: User) -> None:
    """``NO_COLOR`` leaves none; a terminal without control sequences gets none."""
    for talking in _begun(offline.having(NO_COLOR="1")):
        _enter(talking, "hi")
        assert _leave(talking) == 0
        attributes = b";".join(re.findall(rb"\x1b\[([0-9;]*)m", talking.raw)).split(b";")
        assert {int(one or 0) for one in attributes} <= {0, 1, 2, 7}


def test_a_dumb_terminal(offline: User) -> None:
    """A prompt, an answer, no escapes."""
    terminal = offline.having(TERM="dumb").terminal("chat")
    terminal.wait_for("> ")
    terminal.send("hi\r")
    terminal.wait_for("You asked")
    terminal.wait_for("> ")
    terminal.send(CTRL_D)
    assert terminal.finish() == 0
    assert b"\x1b" not in terminal.raw


def test_a_saved_conversation(offline: User) -> None:
    """As Markdown."""
    for talking in _begun(offline):
        _enter(talking, "hi")
        _enter(talking, "/save talk.md")
        assert _leave(talking) == 0
    text = Path(offline.cwd / "talk.md").read_text()
    assert text.startswith(f"# A conversation with {MODEL}\n\n## You\n\nhi\n\n## Answer\n\n")
