"""The log, as its user has it: the installed command, and processes that are killed."""

from pathlib import Path

from tests.support.command import User, new_user

ENDLESS = "tokens=20000"


def someone(folder: Path) -> User:
    """Somebody in the sandbox, whose answers come at the pace of a model."""
    return new_user(folder).having(INFERENCE_SANDBOX="1", INFERENCE_SANDBOX_SPEED="1")


def test_an_answer_whose_process_was_killed(tmp_path: Path) -> None:
    """The question is there, marked incomplete, and found; the talk can go on."""
    user = someone(tmp_path)
    child = user.start("chat", ENDLESS)
    assert child.stdout is not None
    assert child.stdout.read(10)
    child.kill()
    child.communicate()
    rows = [line.split("\t") for line in user.run("logs", "list").lines]
    assert [(row[2], row[5], row[6]) for row in rows] == [("incomplete", ENDLESS, "1")]
    assert user.run("logs", "show").text.endswith("*Incomplete: no answer was kept*\n")
    assert user.run("logs", "search", "20000").lines[0].startswith(rows[0][0])
    fast = user.having(INFERENCE_SANDBOX_SPEED="100")
    assert fast.run("chat", "-c", "hello?").code == 0
    assert [line.split("\t")[6] for line in user.run("logs", "list").lines] == ["2"]


def test_an_answer_that_was_stopped(tmp_path: Path) -> None:
    """Ctrl-C keeps what came, marks it, and it is sent again when the talk goes on."""
    user = someone(tmp_path)
    terminal = user.terminal("chat", ENDLESS)
    terminal.wait_for("writes as much")
    terminal.interrupt()
    assert terminal.finish() == 130
    shown = user.run("logs", "show").text
    assert "This is the sandbox, which writes as much" in shown
    assert "*Incomplete: " in shown
    kept = user.run("logs", "show", "-r").text
    assert 0 < len(kept) < 80_000
    going_on = user.having(INFERENCE_SANDBOX_SPEED="100").run("chat", "-c", "and then?")
    assert (going_on.code, "2 messages of this talk" in going_on.text) == (0, True)


def test_ids_are_offered_on_tab(tmp_path: Path) -> None:
    """The newest first, with what was asked."""
    user = someone(tmp_path).having(INFERENCE_SANDBOX_SPEED="100")
    assert user.run("chat", "why is the sky blue?").code == 0
    (row,) = user.run("logs", "list").lines
    offered = user.run("__complete", "conversation", "words", "chat", "--cid", "").lines
    assert offered == [
        "last\tthe latest, claude-sonnet-4-6 why is the sky blue?",
        f"{row.split()[0]}\tclaude-sonnet-4-6 why is the sky blue?",
    ]
