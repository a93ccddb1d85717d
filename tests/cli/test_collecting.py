"""`queue wait` and `queue download`."""

import pytest

from tests.support.program import Program

PICTURE = ("-m", "black-forest-labs-flux-2-klein-4b")


@pytest.fixture
def submitted(program: Program) -> str:
    """The id of a picture that another command submitted."""
    document = program("--sandbox", "queue", "submit", "a fox", *PICTURE, "--json").json
    return str(document["generations"][0]["generation_id"])


def test_a_later_command_collects_what_was_submitted(program: Program, submitted: str) -> None:
    """By a prefix of its id, to wherever it says."""
    target = program.cwd / "later.png"

    done = program("--sandbox", "queue", "wait", submitted[:8], "-o", str(target))

    assert (done.code, done.out) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"\x89PNG")


def test_download_takes_what_has_ended(program: Program, submitted: str) -> None:
    """A second time it is there already."""
    target = program.cwd / "later.png"
    program("--sandbox", "queue", "wait", submitted, "-o", str(target))

    again = program("--sandbox", "queue", "download", submitted, "--json").json

    assert again["generations"][0]["path"] == str(target)


def test_download_leaves_alone_what_still_runs(program: Program) -> None:
    """And says how to wait for it."""
    program("--sandbox", "queue", "submit", "a fox sandbox:stuck", *PICTURE)

    done = program("--sandbox", "queue", "download", "last")

    assert done.code == 124
    assert "inference --sandbox queue wait" in done.err


def test_an_output_without_a_folder_is_refused(program: Program, submitted: str) -> None:
    """Before anything is asked."""
    done = program("--sandbox", "queue", "wait", submitted, "-o", str(program.cwd / "none" / "fox.png"))

    assert (done.code, done.err.splitlines()[0]) == (2, f"error: there is no folder {program.cwd / 'none'}")


@pytest.mark.parametrize("more", [["--json"], ["--events"], ["other"]])
def test_stdout_takes_one_result_alone(program: Program, submitted: str, more: list[str]) -> None:
    """A file on stdout has it for itself."""
    other = program("--sandbox", "queue", "submit", "a cat", *PICTURE, "--json").json
    arguments = [other["generations"][0]["generation_id"] if one == "other" else one for one in more]

    done = program("--sandbox", "queue", "wait", submitted, "-o", "-", *arguments)

    see = "  See:  inference --sandbox queue wait --help\n"
    assert (done.code, done.err) == (2, f"error: -o - takes one result, and stdout for itself\n{see}")


def test_force_and_no_clobber_exclude_each_other(program: Program, submitted: str) -> None:
    """As everywhere."""
    assert program("--sandbox", "queue", "wait", submitted, "--force", "--no-clobber").code == 2
