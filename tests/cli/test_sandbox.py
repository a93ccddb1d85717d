"""`inference sandbox`; serving is tried by the journeys."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inference_cli.cli.offline import emptied
from inference_cli.errors import LocalError
from inference_cli.sandbox.store import Store
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


def folder_of(program: Program) -> Path:
    """The sandbox's."""
    return Path(program.env["INFERENCE_STATE_DIR"]) / "sandbox"


@pytest.mark.parametrize("whole", [4096, 0])
def test_a_damaged_database_is_named_and_a_reset_cures_it(program: Program, whole: int) -> None:
    """Exit 11 for whatever needs it, with the cure, which gives the credits back."""
    program("--sandbox", "image", "a fox", "-o", str(program.cwd / "fox.png"))
    path = folder_of(program) / "sandbox.sqlite3"
    path.write_bytes(path.read_bytes()[:whole] + b"A" * 65536)
    complaint = "database disk image is malformed" if whole else "file is not a database"
    said = (
        f"error: the sandbox's database {path} cannot be used: {complaint}\n"
        "  It is damaged; begin anew:  inference sandbox reset\n"
    )

    looking, serving = program("sandbox", "status"), program("sandbox", "serve", "--port", "0")
    asking = program("--sandbox", "models", "list")

    assert [(done.code, done.out, done.err) for done in (looking, serving, asking)] == [(11, "", said)] * 3
    done = program("sandbox", "reset")
    assert (done.code, done.err) == (0, "  The sandbox is empty and its credits are back.\n")
    assert program("sandbox", "status", "--jq", ".credits, .generations").lines == ["100", "0"]
    assert [file.name for file in folder_of(program).iterdir()] == ["sandbox.sqlite3"]


def test_a_database_that_cannot_be_opened_is_named(program: Program) -> None:
    """Another folder helps where a reset would not."""
    path = folder_of(program) / "sandbox.sqlite3"
    path.mkdir(parents=True)

    done = program("sandbox", "reset")

    assert (done.code, done.err.splitlines()) == (
        11,
        [
            f"error: the sandbox's database {path} cannot be opened: unable to open database file",
            "  Name another folder:  export INFERENCE_STATE_DIR=FOLDER",
        ],
    )


def test_a_database_that_another_process_holds_is_not_reset(tmp_path: Path) -> None:
    """It says so, and nothing is forgotten."""
    path = tmp_path / "sandbox.sqlite3"
    with closing(Store(tmp_path)) as store:
        store.spend(1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LocalError) as caught:
            emptied(tmp_path, patience=0.0)
    assert (caught.value.message, caught.value.hint) == (
        f"the sandbox's database {path} cannot be used: database is locked",
        "Another process uses it, and nothing was changed. Once that has ended, run the same again.",
    )
    with closing(Store(tmp_path)) as store:
        assert store.credits == 99_999_999


def test_a_reset_tells_what_stays(program: Program) -> None:
    """Exit 11; the credits are back all the same."""
    program("--sandbox", "image", "a fox", "-o", str(program.cwd / "fox.png"))
    media, elsewhere = folder_of(program) / "media", program.cwd / "elsewhere"
    media.rename(elsewhere)
    media.symlink_to(elsewhere)

    done = program("sandbox", "reset")

    assert (done.code, done.err.splitlines()) == (
        11,
        [
            f"error: files of the sandbox stay: {media} could not be removed: Not a directory",
            f"  Everything else is gone, and the credits are back. See:  ls -lR {media.parent}",
        ],
    )
    assert len(list(elsewhere.iterdir())) == 1
    assert program("sandbox", "status", "--jq", ".credits, .generations").lines == ["100", "0"]
