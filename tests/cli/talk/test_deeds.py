"""Slash commands."""

from pathlib import Path

import pytest

from inference_cli.cli.repl import Start
from tests.support.samples import png
from tests.support.talking import MODEL, MemoryLog, Server, said, talk


def _after_greeting(folder: Path, *entries: str, start: Start | None = None) -> list[str]:
    return talk(folder, Server(), *entries, start=start).notes[1:]


def test_model(tmp_path: Path) -> None:
    """Alone it tells; with an id the next question goes there; a wrong one changes nothing."""
    server = Server(said("yes"), said("no"))
    talked = talk(tmp_path, server, "/model", "/model othr", "one", "/model other", "two", "/model painter")

    assert [body["model"] for body in server.bodies] == [MODEL, "other"]
    assert [line for line in talked.notes if "token" not in line] == [
        f"{MODEL} · /help for commands · Ctrl-D to leave",
        "error: no model named othr",
        "closest: other",
        "Nothing was sent.  See:  inference models list",
        "other · takes text",
        "error: painter makes image, not text",
        "Use it:  /image … -m painter",
        "Go on with it:  inference chat -c",
    ]
    assert f"{MODEL} · takes text, image · 1,000 tokens" in talked.notes


def test_system(tmp_path: Path) -> None:
    """From the line or a file; it can be taken away."""
    (tmp_path / "prompt.txt").write_text("From a file.\n")
    server = Server(said("1"), said("2"), said("3"))
    entries = ("/system", "/system Be short.", "a", f"/system @{tmp_path}/prompt.txt", "b", '/system ""', "c")
    talked = talk(tmp_path, server, *entries)

    assert [messages[0] for messages in server.messages] == [
        ("system", "Be short."),
        ("system", "From a file.\n"),
        ("user", "a"),
    ]
    assert [line for line in talked.notes if "system" in line] == [
        "no system prompt",
        "system prompt: Be short.",
        "system prompt: From a file.",
        "no system prompt",
    ]


def test_parameters(tmp_path: Path) -> None:
    """Typed, checked, shown, taken back."""
    server = Server(said("1"))
    entries = (
        "/param",
        "/param temperature=0.5 max_tokens=20 logit_bias:={}",
        "/param temperature=9",
        "/param max_tokens=",
        "a",
    )
    talked = talk(tmp_path, server, *entries)

    assert {name: server.bodies[0].get(name) for name in ("temperature", "max_tokens", "logit_bias")} == {
        "temperature": 0.5,
        "max_tokens": None,
        "logit_bias": {},
    }
    assert "no parameters" in talked.notes
    assert f"error: a parameter does not fit {MODEL}" in talked.notes
    assert talked.log.rows[1][4] == {"temperature": 0.5, "logit_bias": {}}


def test_attachments(tmp_path: Path) -> None:
    """They wait for the next message, in order, before its text; what a model does not take is refused at once."""
    picture, notes = tmp_path / "fox.png", tmp_path / "notes.txt"
    picture.write_bytes(png())
    notes.write_text("milk")
    server = Server(said("1"), said("2"))
    talked = talk(
        tmp_path,
        server,
        "/attach",
        f"/attach {picture} {picture}",
        f"/file {notes}",
        f"what is @{picture}?",
        "and now?",
        f"/attach {notes}",
        "/attach missing.png",
        "/attach -",
        "/model other",
        f"/attach {picture}",
    )

    kinds = [[part["type"] for part in messages[-1][1]] for messages in server.messages[:1]]
    assert kinds == [["image_url", "text"]]
    assert server.messages[0][0][1][1]["text"] == f"{notes}\n```\nmilk\n```\n\nwhat is @{picture}?"
    assert server.messages[1][2] == ("user", "and now?")
    assert talked.log.rows[1][5] == 1
    assert [line for line in talked.notes if line.startswith(("error", "nothing", "They", "Put"))] == [
        "nothing is attached",
        "They go with the next message.",
        "They go with the next message.",
        f"error: {notes} is a text file, not an image, a video, a sound or a document",
        "Put text into the message:  /file PATH",
        "error: there is no file missing.png",
        "error: - is this terminal",
        "error: other takes text, not images: fox.png",
    ]


def test_attachments_can_be_taken_away(tmp_path: Path) -> None:
    """Before they are sent."""
    (tmp_path / "fox.png").write_bytes(png())
    server = Server(said("1"))
    talk(tmp_path, server, f"/attach {tmp_path}/fox.png", "/attach none", "hi")
    assert server.messages == [[("user", "hi")]]


def test_a_model_that_does_not_take_what_is_mentioned(tmp_path: Path) -> None:
    """Nothing is sent, nothing is kept, and another message can be."""
    (tmp_path / "fox.png").write_bytes(png())
    server = Server(said("1"))
    start = Start(model="other", log=MemoryLog())
    talked = talk(tmp_path, server, f"@{tmp_path}/fox.png", "hi", start=start)

    assert server.messages == [[("user", "hi")]]
    assert "Nothing was sent.  Another model:  /model ID" in talked.notes


def test_mentions(tmp_path: Path) -> None:
    """A text file's text goes in front; a name without a file is said to be text."""
    (tmp_path / "notes.md").write_text("milk\n")
    server = Server(said("1"), said("2"), said("3"))
    talked = talk(tmp_path, server, f"read @{tmp_path}/notes.md", '"""\n@missing.png\n"""', "@missing.png @1 a@b.org")

    assert server.messages[0][0][1] == f"{tmp_path}/notes.md\n```\nmilk\n```\n\nread @{tmp_path}/notes.md"
    assert [line for line in talked.notes if "as text" in line] == [
        "@missing.png is sent as text: no file has that name",
        "@1 is sent as text: nothing has that name",
    ]


def test_undo_and_retry(tmp_path: Path) -> None:
    """Undone, a question stands in the line again; without one both say so."""
    server = Server(said("1"), said("2"), said("3"))
    talked = talk(tmp_path, server, "/undo", "/retry", "one", "/retry", "/undo", "two")

    assert talked.drafts == ["", "", "", "", "", "one", ""]
    assert server.messages == [[("user", "one")], [("user", "one")], [("user", "two")]]
    assert [line for line in talked.notes if line.startswith("error")] == ["error: nothing was asked yet"] * 2
    kept = [row[0] for row in talked.log.rows]
    assert kept == ["begin", "asked", "answered", "withdraw", "asked", "answered", "withdraw", "asked", "answered"]


@pytest.mark.parametrize("command", ["/clear", "/new"])
def test_another_conversation(tmp_path: Path, command: str) -> None:
    """What was said is not sent again, and the log begins another one."""
    server = Server(said("1"), said("2"))
    talked = talk(tmp_path, server, "/system Be short.", "one", command, "two")

    kept = [("system", "Be short.")] if command == "/clear" else []
    assert server.messages[1] == [*kept, ("user", "two")]
    assert [row[1] for row in talked.log.rows if row[0] == "asked"] == ["c1", "c2"]


def test_help(tmp_path: Path) -> None:
    """All commands, one, or the help of a command of the program."""
    every = _after_greeting(tmp_path, "/help")
    assert max(map(len, every)) <= 78  # a line that the terminal folds is hard to read
    assert [line.split()[0] for line in every[:3]] == ["/model", "/system", "/attach"]
    assert len(every) == 23
    assert _after_greeting(tmp_path, "/help undo") == [
        "/undo                     take the last question and its answer back"
    ]


def test_tools(tmp_path: Path) -> None:
    """None, and how to begin with some."""
    assert _after_greeting(tmp_path, "/tools") == ["no tools.  Begin with some:  inference chat -T NAME"]


def test_copy(tmp_path: Path) -> None:
    """The last answer, or its last code, goes to the terminal's clipboard as bytes of our own."""
    server = Server(said("See:\n```\nx = 1\n```\n"))
    talked = talk(tmp_path, server, "/copy", "hi", "/copy", "/copy code", "/copy all")

    assert "\x1b]52;c;U2VlOgpgYGAKeCA9IDEKYGBgCg==\x07" in talked.out
    assert "\x1b]52;c;eCA9IDEK\x07" in talked.out
    assert [line for line in talked.notes if "cop" in line or "answer" in line] == [
        "error: there is no answer yet",
        "19 characters copied, if the terminal allows it",
        "6 characters copied, if the terminal allows it",
        "error: /copy all: it is /copy or /copy code",
    ]


def test_copy_where_there_is_no_clipboard(tmp_path: Path) -> None:
    """A terminal without control sequences gets none; a long answer is dropped by most."""
    dumb = talk(tmp_path, Server(said("yes")), "hi", "/copy", TERM="dumb")
    long = talk(tmp_path, Server(said("yes" * 40_000)), "hi", "/copy")

    assert "\x1b" not in dumb.out
    assert "error: this terminal has no clipboard" in dumb.notes
    assert "error: the answer is too long for a terminal's clipboard" in long.notes


def test_save(tmp_path: Path) -> None:
    """A file of that name stays as it is."""
    target = tmp_path / "my talk.md"
    entries = (f"/save {target}", "hi", "/save", f"/save {target}", f"/save {target}", f"/save {tmp_path}")
    talked = talk(tmp_path, Server(said("Hello")), *entries)

    text = f"# A conversation with {MODEL}\n\n## You\n\nhi\n\n## Answer\n\nHello\n"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["my talk-1.md", "my talk.md"]
    assert (target.read_text(), (tmp_path / "my talk-1.md").read_text()) == (text, text)
    assert talked.out.splitlines()[1:] == [str(target), str(tmp_path / "my talk-1.md")]
    assert [line for line in talked.notes if line.startswith("error")] == [
        "error: nothing was said yet",
        "error: which file?",
        f"error: {tmp_path} is a folder",
    ]


def test_save_where_nothing_can_be_written(tmp_path: Path) -> None:
    """The conversation goes on."""
    talked = talk(tmp_path, Server(said("Hello")), "hi", f"/save {tmp_path}/missing/talk.md")
    assert talked.code == 0
    assert any("cannot be written" in line for line in talked.notes)
