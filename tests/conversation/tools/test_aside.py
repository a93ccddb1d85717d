import os
import subprocess
import sys
from pathlib import Path

from inference_cli.conversation.tools.aside import aside


def test_print_reaches_people_and_not_the_result() -> None:
    """Line by line, whole ones; what is no UTF-8 and what has no end too."""
    said: list[str] = []
    before = sys.stdout
    with aside(said.append, output=-1, instead=-1):
        print("one\ntwo", end="", flush=True)  # noqa: T201
        print("", "\ud800")  # noqa: T201
        sys.stdout.buffer.write(b"\xff\nlast")
    assert said == ["one", "two \\ud800", "\ufffd", "last"]
    assert sys.stdout is before


def test_a_stdout_that_somebody_closes() -> None:
    """Is no error."""
    with aside(lambda _: None, output=-1, instead=-1):
        sys.stdout.close()


def test_children_write_elsewhere(tmp_path: Path) -> None:
    """Below Python as well, and only as long as it lasts."""
    result, other = (os.open(tmp_path / name, os.O_RDWR | os.O_CREAT) for name in ("result", "other"))
    try:
        with aside(lambda _: None, output=result, instead=other):
            subprocess.run(["echo", "noise"], stdout=result, check=True)
        os.write(result, b"answer")
    finally:
        os.close(result)
        os.close(other)
    assert (tmp_path / "result").read_text() == "answer"
    assert (tmp_path / "other").read_text() == "noise\n"
