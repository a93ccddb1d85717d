"""`inference sandbox`; serving is tried by the journeys."""

from pathlib import Path

from tests.support.program import Program


def test_the_status_is_what_the_sandbox_holds(program: Program) -> None:
    """Credits, generations, size and folder."""
    program("--sandbox", "image", "a fox", "-o", str(program.cwd / "fox.png"))

    lines = dict(line.split("\t") for line in program("sandbox", "status").lines)
    document = program("sandbox", "status", "--json").json

    assert (lines["credits"], lines["generations"]) == ("$99.99", "1 (0 active)")
    assert (document["credits"], document["generations"], document["active"]) == (99.99, 1, 0)
    assert Path(document["folder"]) == Path(program.env["INFERENCE_STATE_DIR"]) / "sandbox"


def test_a_reset_forgets_everything_and_gives_the_credits_back(program: Program) -> None:
    """And says so."""
    program("--sandbox", "image", "a fox", "-o", str(program.cwd / "fox.png"))

    done = program("sandbox", "reset")

    assert (done.code, done.err) == (0, "  The sandbox is empty and its credits are back.\n")
    assert program("sandbox", "status", "--jq", ".credits, .generations").lines == ["100", "0"]


def test_a_script_that_cannot_be_read_is_exit_2(program: Program) -> None:
    """Before any port is taken."""
    done = program("sandbox", "serve", "--port", "0", "--faults", str(program.cwd / "none.toml"))

    assert done.code == 2
    assert "none.toml" in done.err
