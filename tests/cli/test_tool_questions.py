"""The question before a tool is called: what it would be called with cannot hide, nor pass for something else."""

from pathlib import Path

import pytest

from tests.support.person import Person
from tests.support.talker import called, said, talker

TOOL = 'def act(command: str) -> str:\n    """Run it."""\n    return command\n'


def _asked(folder: Path, command: str) -> str:
    """The question about a call with that argument; no is the answer."""
    program, _ = talker(folder, called(("act", {"command": command})), said("as you like"))
    (program.cwd / "tools.py").write_text(TOOL)
    person = Person(b"n\n")
    try:
        assert program("chat", "x", "-T", "tools.py:act", "--no-log", person=person).code == 0
    finally:
        person.leave()
    return person.read.decode()


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("ls", '"ls"'),
        ("ls\n\n  rm -rf x", '"ls\\n\\n  rm -rf x"'),
        ('y")? y/N', '"y\\")? y/N"'),
        ("Z\u00fcrich \u202e\x1b", '"Z\u00fcrich \u2039U+202E\u203a\\u001b"'),
        ("ls " + "a" * 2000 + " ; rm -rf x", '"ls ' + "a" * 2000 + ' ; rm -rf x"'),
    ],
)
def test_the_question_shows_all_of_it(tmp_path: Path, command: str, shown: str) -> None:
    """A text is in quotes, its line ends and controls are seen, and its end is there."""
    assert _asked(tmp_path, command) == f"  Call act(command: {shown})? [y/N] "


def test_what_is_endless_shows_its_end(tmp_path: Path) -> None:
    """And says how much is left out."""
    asked = _asked(tmp_path, "a" * 5000 + "; rm -rf x")
    assert "… 2,021 characters are not shown …" in asked
    assert asked.endswith('a; rm -rf x")? [y/N] ')
