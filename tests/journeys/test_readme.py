"""The README's tour, line by line, in the sandbox."""

import re
import shlex
from pathlib import Path

from tests.support.command import User
from tests.support.samples import png

README = Path(__file__).parents[2] / "README.md"


def _lines(heading: str) -> list[list[str]]:
    section = README.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return [shlex.split(line) for line in block[1].splitlines()]


def test_every_line_of_the_tour_works_in_its_order(user: User) -> None:
    """Twelve lines; each succeeds, and the files that they name are there."""
    offline = user.having(INFERENCE_SANDBOX="1", INFERENCE_SANDBOX_SPEED="100")
    lines = _lines("A tour")

    codes = {" ".join(line): offline.run(*line[1:]).code for line in lines}

    assert len(lines) == 12
    assert {line[0] for line in lines} == {"inference"}
    assert set(codes.values()) == {0}, codes
    assert sorted(path.name for path in user.cwd.iterdir()) == [
        "boat.mp4",
        "dawn.png",
        "lighthouse.png",
        "shots.mp4",
        "turn.mp4",
        "waves-1.mp4",
        "waves-2.mp4",
    ]


def test_every_line_about_talking_works_in_its_order(user: User) -> None:
    """Eleven lines, the second a filter; what they need is a picture, a text and something to pipe in."""
    offline = user.having(INFERENCE_SANDBOX="1")
    (user.cwd / "lighthouse.png").write_bytes(png(8, 8))
    (user.cwd / "people.txt").write_text("Ann is 7 and likes foxes.\n")
    lines = _lines("Talking")

    codes = {}
    for line in lines:
        piped = line[: line.index("|")] if "|" in line else []
        words = line[len(piped) + 1 :] if piped else line
        stdin = b"diff --git a/x b/x\n" if piped == ["git", "diff"] else b""
        assert words[0] == "inference"
        codes[" ".join(line)] = offline.run(*words[1:], stdin=stdin).code

    assert len(lines) == 11
    assert set(codes.values()) == {0}, codes
    assert (user.cwd / "count.sh").read_text()
