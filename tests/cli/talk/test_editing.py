"""Messages from the user's own editor."""

import json
import os
from pathlib import Path

import pytest

from inference_cli.cli.talk.editing import edited
from inference_cli.errors import LocalError, UsageError
from tests.support.talking import TOKEN, Server, said, talk


def _editor(folder: Path, script: str) -> str:
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"'{path}' --wait"


def test_what_is_saved_is_the_message(tmp_path: Path) -> None:
    """VISUAL goes before EDITOR; options and spaces are understood; the file had the text, and is private."""
    editor = _editor(tmp_path, 'stat -c %a "$(dirname "$2")" > mode; echo "$1" >> "$2"; echo >> "$2"')
    env = {"VISUAL": f"cd '{tmp_path}' ;", "EDITOR": editor, "PATH": os.environ["PATH"]}
    assert edited("hi\n", {**env, "VISUAL": editor}) == "hi\n--wait\n"
    Path("mode").unlink()


def test_the_editor_gets_no_token(tmp_path: Path) -> None:
    """Of whatever name."""
    editor = _editor(tmp_path, 'env > "$2"')
    env = {
        "EDITOR": editor,
        "INFERENCE_API_KEY": TOKEN,
        "OXEN_API_KEY": TOKEN,
        "COPY": f"Bearer {TOKEN}",
        "MINE": "canary-of-the-profile",
        "KEPT": "yes",
        "PATH": os.environ["PATH"],
    }
    seen = edited("", env, ("MINE",))
    assert TOKEN not in seen
    assert "canary-of-the-profile" not in seen
    assert "KEPT=yes" in seen


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 3", "failed with exit code 3"),
        (': > "$2"', "the message is empty"),
        ('printf "  \\n" > "$2"', "the message is empty"),
        ('printf "\\377\\376" > "$2"', "what the editor left is not text in UTF-8"),
        ('rm "$2"', "what the editor left is not text in UTF-8"),
    ],
)
def test_nothing_is_sent(tmp_path: Path, script: str, message: str) -> None:
    """Where the editor failed or left nothing."""
    talked = talk(tmp_path, Server(), "/edit hello", EDITOR=_editor(tmp_path, script), PATH=os.environ["PATH"])
    assert any(message in line for line in talked.notes)
    assert "Nothing was sent." in talked.notes


def test_an_editor_that_is_not_there() -> None:
    """Said with the way to name one."""
    with pytest.raises(LocalError) as caught:
        edited("", {"EDITOR": "/nowhere/editor"})
    assert caught.value.message == "/nowhere/editor could not run: no such file or directory"
    with pytest.raises(UsageError):
        edited("", {"EDITOR": "'vi"})


def test_a_message_is_written(tmp_path: Path) -> None:
    """It is shown, and sent."""
    server = Server(said("yes"))
    editor = _editor(tmp_path, 'printf "two\\nlines\\n" > "$2"')
    talked = talk(tmp_path, server, "/edit", EDITOR=editor, PATH=os.environ["PATH"])

    assert server.messages == [[("user", "two\nlines")]]
    assert talked.notes[1:3] == ["two", "lines"]
    assert json.dumps(talked.log.rows[1][3]) == '"two\\nlines"'
