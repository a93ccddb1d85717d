"""Chats with the installed command: in pipes, in a terminal, in both generations of the API."""

import json
import signal
import sqlite3
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command import User
from tests.support.journey import valid
from tests.support.samples import png

LABEL = "This is the sandbox in place of claude-sonnet-4-6: rules wrote this answer, no model has read your message."
HEAD = "  claude-sonnet-4-6                                                     sandbox\n"

ANSWERS = "SELECT complete, text FROM turns t JOIN messages m ON m.turn = t.number WHERE role = 'assistant'"


@pytest.fixture(params=["current", "2026-04"])
def either(offline: User, request: pytest.FixtureRequest) -> User:
    """Somebody whose sandbox speaks one generation of the API, or the other."""
    assert offline.run("config", "set", "api", request.param).code == 0
    return offline


def log_of(user: User) -> Path:
    """The log of conversations."""
    return user.home / ".local" / "share" / "inference" / "conversations.sqlite3"


def rows(user: User, query: str) -> list[tuple[object, ...]]:
    """What the log holds."""
    with closing(sqlite3.connect(log_of(user))) as connection:
        return connection.execute(query).fetchall()


def test_a_filter_in_a_pipe(either: User) -> None:
    """Stdin and the argument are one question; stdout is the answer and nothing else."""
    done = either.run("chat", "explain this", stdin=b"diff --git a/x b/x\n")
    assert (done.code, done.err) == (0, HEAD)
    assert done.text == f"{LABEL}\n\nYou asked: “diff --git a/x b/x explain this”"


def test_a_conversation_goes_on(either: User) -> None:
    """-c sends what was said before, and the log keeps both questions, private to their owner."""
    either.run("chat", "my name is Ann")
    done = either.run("chat", "-c", "what is my name?")
    assert "Before that I see 2 messages of this talk:" in done.text
    assert "my name is Ann" in done.text
    assert log_of(either).stat().st_mode & 0o777 == 0o600
    assert rows(either, "SELECT count(DISTINCT conversation), count(*), sum(complete) FROM turns") == [(1, 2, 2)]


def test_a_picture_is_looked_at(either: User) -> None:
    """The model says what it sees; the log keeps the picture by its hash, not the bytes as text."""
    (either.cwd / "dot.png").write_bytes(png(8, 4))
    done = either.run("chat", "what is it?", "-a", "dot.png")
    assert done.code == 0
    assert "PNG" in done.text
    assert "8" in done.text
    assert b64encode((either.cwd / "dot.png").read_bytes())[:40] not in log_of(either).read_bytes()
    again = either.run("chat", "-c", "and now?")
    assert again.code == 0


def test_an_answer_in_a_form(either: User) -> None:
    """--schema gives JSON that fits, for the next program in the pipe."""
    done = either.run("chat", "Ann is 7", "--schema", "name, age int", "-q")
    assert done.code == 0
    assert sorted(json.loads(done.out)) == ["age", "name"]
    wrong = either.run("chat", "sandbox:badjson", "--schema", "name, age int", "-q")
    assert wrong.code == 12
    assert wrong.err.startswith("error: the answer does not fit the schema\n")
    lapse = either.run("chat", "sandbox:lapse", "--schema", "name, age int", "--retry-schema", "1", "-q")
    assert lapse.code == 0
    assert sorted(json.loads(lapse.out)) == ["age", "name"]


def test_the_document(either: User) -> None:
    """--json fits its schema and names the conversation that goes on."""
    done = either.run("chat", "hello", "--json")
    assert valid(done.json, "chat")
    more = either.run("chat", "--cid", done.json["conversation_id"][:6], "again", "--json")
    assert more.json["conversation_id"] == done.json["conversation_id"]
    assert done.json["cost"] > 0


def test_tools(either: User) -> None:
    """Those that only look are called; a function of one's own only where it is allowed by name."""
    (either.cwd / "tools.py").write_text(
        'def weather(city: str) -> str:\n    """The weather of a city."""\n    return f"sunny in {city}"\n'
    )
    ask = ("chat", "call weather for Paris", "-T", "tools.py:weather", "--json")
    refused = either.run(*ask)
    assert refused.json["calls"][0]["approved"] is False
    assert "to allow it:  --approve weather" in refused.err
    allowed = either.run(*ask, "--approve", "weather")
    assert allowed.json["calls"][0]["result"].startswith("sunny in ")
    assert allowed.json["rounds"] == 2
    broken = either.cwd / "broken.py"
    broken.write_text("def f(:\n")
    done = either.run("chat", "x", "-T", "broken.py")
    assert (done.code, done.out) == (2, b"")
    assert "broken.py" in done.err


def test_a_template(either: User) -> None:
    """Kept once, used with what is typed and set."""
    saved = either.run("chat", "Translate to {language}: {input}", "--save-template", "tr", "-s", "Be exact.")
    assert saved.code == 0
    done = either.run("chat", "-t", "tr", "good morning", "--set", "language=French")
    assert "You asked: “Translate to French: good morning”" in done.text
    assert either.run("chat", "-t", "tr", "x").code == 2
    assert either.run("chat", "-t", "none", "x").code == 4


def test_several_models(either: User) -> None:
    """Each answer under its own name."""
    done = either.run("chat", "hello", "-m", "claude-sonnet-4-6", "-m", "gpt-5-mini-2025-08-07", "-q")
    assert done.code in {0, 10}
    assert done.text.startswith(f"# claude-sonnet-4-6\n\n{LABEL}\n")


@pytest.mark.parametrize("word", ["tear=5", "end=5", "error=5"])
def test_a_stream_that_breaks_is_kept(offline: User, word: str) -> None:
    """What came is on stdout and in the log, marked as a part."""
    done = offline.run("chat", f"sandbox:{word} sandbox:tokens=50")
    assert done.code == 12 if not word.startswith("error") else done.code in {5, 12}
    assert done.text
    assert rows(offline, ANSWERS) == [(0, done.text)]


def test_ctrl_c_keeps_what_came(offline: User) -> None:
    """Exit 130; the log has the part, and the conversation can go on."""
    terminal = offline.terminal("chat", "sandbox:tokens=2000 sandbox:pace=100")
    terminal.wait_for("This is the")
    terminal.interrupt()
    assert terminal.finish() == 130
    ((complete, answer),) = rows(offline, ANSWERS)
    assert complete == 0
    assert str(answer).startswith("This is the sandbox")
    assert offline.run("chat", "-c", "go on").code == 0


def test_sigterm_keeps_what_came(offline: User) -> None:
    """A process that is told to end logs its part first."""
    process = offline.start("chat", "sandbox:tokens=2000 sandbox:pace=100")
    assert process.stdout is not None
    assert process.stdout.read(20) == b"This is the sandbox,"
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == -signal.SIGTERM
    ((complete, answer),) = rows(offline, ANSWERS)
    assert complete == 0
    assert str(answer).startswith("This is the sandbox,")


def test_a_reader_who_leaves(offline: User) -> None:
    """`| head -c 1`: exit 141, no trace, and the part is in the log (fault B13)."""
    process = offline.start("chat", "sandbox:tokens=2000 sandbox:pace=200")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert err.decode() == HEAD
    assert rows(offline, "SELECT complete FROM turns") == [(0,)]


def test_markdown_on_a_terminal(offline: User) -> None:
    """Drawn as it comes; the answer is framed by the note about the model and the usage."""
    terminal = offline.terminal("chat", "sandbox:markdown", "-u", rows=200, columns=90)
    assert terminal.finish() == 0
    screen = terminal.screen
    assert screen[0] == HEAD.rstrip("\n")
    assert "  Markdown from the sandbox" in screen
    assert "  • one" in screen
    assert any("│ A quote, over two lines." in line for line in screen)
    assert screen[-1].strip().startswith("7 tokens in, ")


def test_no_colour(offline: User) -> None:
    """NO_COLOR on a terminal is the text as the model wrote it."""
    terminal = offline.having(NO_COLOR="1").terminal("chat", "hello")
    assert terminal.finish() == 0
    assert b"\x1b" not in terminal.raw
    assert "You asked: “hello”" in terminal.screen


def test_columns_on_a_terminal(offline: User) -> None:
    """Two answers side by side where there is room."""
    models = ("-m", "claude-sonnet-4-6", "-m", "gemini-3-flash-preview")
    terminal = offline.terminal("chat", "hello", *models, columns=100)
    assert terminal.finish() == 0
    row = next(line for line in terminal.screen if "claude-sonnet-4-6" in line and "gemini" in line)
    assert row.index("claude-sonnet-4-6") == 2
    assert row.index("gemini-3-flash-preview") > 40
