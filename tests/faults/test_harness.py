"""The harness itself: an honest account is served well, in both generations of the API, and what is wrong is found."""

from tests.support.account import CLAUDE
from tests.support.api import CANARY
from tests.support.harness import DIRECT_FOX, FILM, QUEUED_FOX, Fault
from tests.support.host import silent


def test_an_honest_account(fault: Fault) -> None:
    """Pictures, queued and direct, films and chats: all done, and nothing is wrong."""
    direct, queued = fault.run(*DIRECT_FOX), fault.run(*QUEUED_FOX[:-2], "fox-2.png", "--queue")
    film, chat = fault.run(*FILM), fault.run("chat", "hello", "-m", CLAUDE)

    assert [direct.lines, queued.lines, film.lines, chat.text] == [
        ["fox.png"],
        ["fox-2.png"],
        ["waves.mp4"],
        "Hello there.",
    ]
    assert fault.files == ["fox-2.png", "fox.png", "waves.mp4"]
    assert len(fault.api.paid) == 4


def test_an_older_account(older: Fault) -> None:
    """Direct pictures and films, and chats."""
    fox, film, chat = older.run(*DIRECT_FOX), older.run(*FILM), older.run("chat", "hello", "-m", CLAUDE)

    assert [fox.lines, film.lines, chat.text] == [["fox.png"], ["waves.mp4"], "Hello there."]


def test_time_passes_inside(fault: Fault) -> None:
    """In this process and in a terminal as well."""
    fault.api.looks = 3
    inside = fault.inside(*QUEUED_FOX)
    terminal = fault.terminal(*FILM)

    assert (inside.code, terminal.finish()) == (0, 0)
    assert fault.files == ["fox.png", "waves.mp4"]


def test_what_is_wrong_is_found(fault: Fault) -> None:
    """A torn file, a lost id, a token in a file, a paid request sent twice."""
    fault.run(*QUEUED_FOX)
    fault.api.script("POST /api/ai/queue", silent)
    fault.run("queue", "submit", "a fox", "-m", "fox-1", "--anyway")
    (fault.cwd / "torn.png").write_bytes(b"\x89PNG")
    (fault.cwd / "notes").write_text(CANARY)
    fault.forgive(intents=0, code=1, err=b"\x1b]0;x\x07" + b"x\n" * 21)
    said = "\n".join(fault.wrong())
    for name in ("torn.png", "notes"):
        (fault.cwd / name).unlink()
    fault.runs.pop()

    wrong = ("I1: 1 paid", "I3: torn.png", "I4: 21 lines", "I5: the token is in notes", "I7: exit code 1")
    assert [word for word in wrong if word not in said] == []
