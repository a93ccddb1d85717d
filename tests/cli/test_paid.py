"""Paid commands against odd circumstances, from the outside."""

import os

import pytest

from tests.support.program import Program

PICTURE = ("--sandbox", "image", "--aspect-ratio", "1:1")


@pytest.mark.skipif(os.name != "posix", reason="only there a name may be no UTF-8")
def test_a_file_name_that_is_no_utf_8_works(program: Program) -> None:
    """The journal takes the command line down all the same."""
    target = program.cwd / os.fsdecode(b"f\xff.png")

    done = program(*PICTURE, "a fox", "-o", str(target), "--quiet")

    assert done.code == 0
    assert target.read_bytes().startswith(b"\x89PNG")


def test_a_seed_beyond_all_integers_is_no_bug(program: Program) -> None:
    """Whatever the server says to it, this program does not fail over it."""
    done = program(*PICTURE, "a fox", "--seed", "99999999999999999999", "-o", str(program.cwd / "fox.png"))

    assert done.code != 1


def test_what_all_requests_were_refused_for_is_what_is_said(program: Program) -> None:
    """Nothing was accepted: the exit code is that of the cause, not of a part."""
    done = program(*PICTURE, "a fox sandbox:credits", "-n", "6", "-o", str(program.cwd / "fox.png"))

    assert done.code == 6
    assert "error: there are not enough credits" in done.err


def test_an_inline_result_above_the_limit_is_not_kept(program: Program) -> None:
    """The limit holds for what comes inside the answer too."""
    done = program(
        *PICTURE, "a fox", "--response-format", "b64_json", "--max-size", "10kB", "-o", str(program.cwd / "fox.png")
    )

    assert done.code == 11
    assert "larger than --max-size" in done.err
    assert list(program.cwd.iterdir()) == []
