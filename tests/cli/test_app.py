"""The root command: help, version, and every way to leave."""

import io
from pathlib import Path

import pytest

from inference_cli import __version__
from inference_cli.cli.app import run
from inference_cli.cli.world import World
from inference_cli.clock import ManualClock
from inference_cli.terminal.streams import Stream, Streams
from tests.support.program import Program


def test_alone_it_prints_its_help_and_succeeds(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    """The help goes to stdout, where it can be paged."""
    assert program().code == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(("columns", "most"), [("60", 58), ("200", 77), ("20", 50)])
def test_a_help_is_as_wide_as_the_terminal(
    program: Program, capsys: pytest.CaptureFixture[str], columns: str, most: int
) -> None:
    """Less a margin of two, and between 50 and 78 columns, so that it can be read."""
    assert program("video", "--help", COLUMNS=columns).code == 0

    assert max(map(len, capsys.readouterr().out.splitlines())) == most


def test_the_version_is_a_line(program: Program) -> None:
    """Also when it stands behind a command."""
    assert program("image", "--version").out == f"inference {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["imag"], "error: no such command 'imag'. Did you mean 'image'?\n  See:  inference --help\n"),
        (
            ["image", "a fox", "--cuont", "2"],
            "error: no such option: --cuont; did you mean --count?\n  See:  inference image --help\n",
        ),
        (
            ["--color", "pink", "image"],
            "error: --color pink: it is auto, always or never\n  See:  inference image --help\n",
        ),
        (["image", "--profile"], "error: --profile needs a value\n  See:  inference --help\n"),
        (
            ["image", "a fox", "-n", "many"],
            "error: invalid value for '--count' / '-n': 'many' is not a valid whole number\n  See:  inference image --help\n",
        ),
    ],
)
def test_a_slip_of_the_hand_is_exit_2_with_the_way_to_the_help(
    program: Program, arguments: list[str], error: str
) -> None:
    """Nothing is sent, and the sentence is ours."""
    done = program(*arguments)

    assert (done.code, done.out, done.err) == (2, "", error)


def test_an_error_in_json_is_a_document_too(program: Program) -> None:
    """A script reads the same shape whatever happens."""
    done = program("image", "a fox", "--json")

    assert done.code == 3
    assert done.json["error"]["code"] == "token"
    assert done.json["error"]["message"] == "no token for https://hub.oxen.ai"


def test_a_bug_leaves_a_line_and_a_file_without_secrets(tmp_path: Path) -> None:
    """No traceback reaches the terminal, no message of the error reaches the file."""

    class Broken(dict[str, str]):
        def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
            if key == "INFERENCE_PROFILE":
                raise ZeroDivisionError("secret")
            return super().get(key, default)

        def __getitem__(self, key: str) -> str:
            if key == "INFERENCE_PROFILE":
                raise ZeroDivisionError("secret")
            return super().__getitem__(key)

    env = Broken({f"INFERENCE_{kind}_DIR": str(tmp_path) for kind in ("CONFIG", "STATE", "DATA", "CACHE")})
    env["INFERENCE_PROFILE"] = "x"
    err = io.BytesIO()
    streams = Streams(Stream(io.BytesIO()), Stream(io.BytesIO()), Stream(err), {})
    code = run(["config", "list"], World(streams, env, tmp_path, ManualClock()))

    crash = (tmp_path / "crash.txt").read_text()
    assert code == 1
    assert err.getvalue().decode() == (
        "error: a bug in this program (ZeroDivisionError)\n"
        f"  Please report it with this file, which holds no secrets:  {tmp_path / 'crash.txt'}\n"
    )
    assert "ZeroDivisionError" in crash
    assert "secret" not in crash
