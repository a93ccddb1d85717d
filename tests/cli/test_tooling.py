"""Tools in one-shot chats: who is asked about a call, and what they are shown."""

from pathlib import Path

import pytest

from tests.support.person import Person
from tests.support.talker import called, said, talker

TOOLS = '''
def note(text: str) -> str:
    """Keep a note."""
    return f"kept {len(text)}"
'''


def asked(tmp_path: Path, *flags: str, text: str = "hi", person: Person | None = None) -> tuple[str, str]:
    """What the model is told of one call of ``note``, and what the user saw."""
    program, service = talker(tmp_path, call(text), said("done"))
    (program.cwd / "tools.py").write_text(TOOLS)
    done = program("chat", "x", "-m", "m", "-T", f"{program.cwd / 'tools.py'}:note", *flags, "--no-log", person=person)
    assert done.code == 0
    return service.chats[1]["messages"][-1]["content"], done.err


def call(text: str) -> bytes:
    """A model that calls ``note``."""
    return called(("note", {"text": text}))


def test_nobody_is_there_to_ask(tmp_path: Path) -> None:
    """Nothing runs, the model is told so, and the user how to allow it."""
    told, seen = asked(tmp_path)
    assert told == "The user did not allow this call. Nothing was called."
    assert "--approve note" in seen


def test_allowed_by_name(tmp_path: Path) -> None:
    """A script says beforehand which tool may run."""
    assert asked(tmp_path, "--approve", "note")[0] == "kept 2"


@pytest.mark.parametrize(("answer", "told"), [(b"y\n", "kept 2"), (b"n\n", "The user did not allow this call.")])
def test_a_person_is_asked(tmp_path: Path, answer: bytes, told: str) -> None:
    """Each call, with what it would be called with."""
    person = Person(answer)
    try:
        assert asked(tmp_path, person=person)[0].startswith(told)
    finally:
        person.leave()
    assert 'Call note(text: "hi")? [y/N]' in person.read.decode()


def test_always_holds_on_a_terminal_only(tmp_path: Path) -> None:
    """In a pipe nothing runs that was not named, and that is said before anything is paid for."""
    told, seen = asked(tmp_path, "--approve", "always")
    assert told == "The user did not allow this call. Nothing was called."
    assert seen.startswith("warning: --approve always holds on a terminal only; here name the tools that may run:")
