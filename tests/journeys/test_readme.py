"""The README's tour, line by line, in the sandbox."""

import re
import shlex
from pathlib import Path

from tests.support.command import User

README = Path(__file__).parents[2] / "README.md"


def _tour() -> list[list[str]]:
    section = README.read_text().split("## A tour")[1].split("\n## ")[0]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return [shlex.split(line) for line in block[1].splitlines()]


def test_every_line_of_the_tour_works_in_its_order(user: User) -> None:
    """Ten lines; each succeeds, and the files that they name are there."""
    offline = user.having(INFERENCE_SANDBOX="1", INFERENCE_SANDBOX_SPEED="100")
    lines = _tour()

    codes = {" ".join(line): offline.run(*line[1:]).code for line in lines}

    assert len(lines) == 10
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
