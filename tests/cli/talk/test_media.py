"""Pictures and films inside a conversation: the commands themselves."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from inference_cli.cli.repl import Start
from tests.support.offline import IMAGE, TEXT
from tests.support.talking import MemoryLog, Talked, Typed, talk

SQUARE = "-m ideogram-v4 --aspect-ratio 1:1"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _talk(work: Path, *entries: Typed, **start: Any) -> Talked:
    given = {"model": TEXT, "log": MemoryLog(), **start}
    return talk(work.parent, None, *entries, start=Start(**given))


def _results(talked: Talked) -> list[str]:
    return [line for line in talked.out.splitlines() if line.endswith((".png", ".mp4"))]


def test_a_picture_is_made_and_looked_at(work: Path) -> None:
    """The prompt needs no quotes; the result has a number, which the next message attaches."""
    talked = _talk(work, f"/image the king's crown {SQUARE} -o crown.png", "what is in @1?", "/cost")

    assert _results(talked) == ["crown.png"]
    facts = next(line for line in talked.notes if line.endswith("· @1"))
    assert " PNG · " in facts
    assert "image: PNG" in talked.out
    assert talked.notes[-2].endswith("for 1 file made here")


def test_what_was_made_is_edited(work: Path) -> None:
    """``@1`` among the words is an input; so is a file, and ``@last`` behind a flag."""
    talked = _talk(
        work,
        f"/image a fox {SQUARE} -o fox.png",
        "/edit @1 make it night --dry-run",
        "/image make it day -i @last --dry-run",
        "/image @fox.png --dry-run more snow",
    )
    bodies = [json.loads("{" + text.partition("{")[2]) for text in talked.out.split("POST ")[1:]]
    assert [body["prompt"] for body in bodies] == ["make it night", "make it day", "more snow"]
    assert all(len(json.dumps(body)) < 400 and "data:image/png" in json.dumps(body) for body in bodies)


def test_the_same_file_keeps_its_number(work: Path) -> None:
    """However often it is fetched."""
    talked = _talk(work, f"/image a fox {SQUARE} --queue -o fox.png", "/queue download last")
    assert [line[-2:] for line in talked.notes if line.endswith(("@1", "@2"))] == ["@1", "@1"]


def test_a_film_is_an_input_of_films(work: Path) -> None:
    """By the flag for films."""
    (work / "waves.mp4").write_bytes(b"no film")
    talked = _talk(work, "/video @waves.mp4 faster -m no-such --dry-run")
    assert any("waves.mp4" in line for line in talked.notes)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("/image @1 at night", "error: there is no @1: nothing was made yet"),
        ("/image a fox -i @last", "error: there is no @last: nothing was made yet"),
        ("/edit @missing.png at night", "error: there is no file missing.png"),
        ("/image a fox --sandbox", "error: --sandbox cannot change within a conversation"),
        ("/image a fox --profile=work", "error: --profile cannot change within a conversation"),
        ("/image a fox --nonsense", "error: no such option: --nonsense; did you mean --seed?"),
        ("/image", "error: a parameter does not fit black-forest-labs-flux-2-klein-4b"),
        ("/image -o - a fox", "error: -o - writes the file itself, and stdout is a terminal"),
        ("/queue wait nothing", "See:  inference --sandbox queue list"),
        ("/image @fox.png at night", "error: there is no file fox.png"),
    ],
)
def test_errors_do_not_end_the_conversation(work: Path, entry: str, message: str) -> None:
    """Nothing is made, and the talk goes on."""
    talked = _talk(work, entry, "/usage")

    assert talked.code == 0
    assert message in talked.notes
    assert "$0.0000 for them" in talked.notes
    assert list(work.iterdir()) == []


def test_what_nobody_waited_for_is_collected(work: Path) -> None:
    """By the conversation itself, under the name that was asked for."""
    talked = _talk(work, f"/image a fox {SQUARE} --queue --no-wait -o fox.png", "/queue wait last", "/cost")
    assert _results(talked) == [str(work / "fox.png")]
    assert any(line.endswith("· @1") for line in talked.notes)


def test_the_journal_names_the_command(work: Path) -> None:
    """As it would have been typed in a shell."""
    import sqlite3

    _talk(work, f"/image a fox {SQUARE} -o fox.png")
    with sqlite3.connect(work.parent / "home" / "state" / "journal.sqlite3") as journal:
        [(argv,)] = journal.execute("SELECT argv FROM intents").fetchall()
    assert argv.split("\0")[:4] == ["inference", "--sandbox", "image", "-m"]


def test_models_for_pictures_do_not_become_those_of_the_talk(work: Path) -> None:
    """A flag of a command is for that command."""
    talked = _talk(work, "/image a fox --dry-run", "hi")
    assert IMAGE in talked.err
    assert [row[2] for row in talked.log.rows] == []


def test_a_signal_at_the_prompt_after_a_command(work: Path) -> None:
    """Handlers of the command are gone, those of the conversation are back."""

    def terminate() -> str:
        signal.raise_signal(signal.SIGTERM)
        return "never"

    talked = _talk(work, "/queue list", terminate)
    assert talked.code == 143
