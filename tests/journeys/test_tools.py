"""Tools with the installed command: whose they are, who allows them, and what becomes of them."""

import os
import signal
import sys

import pytest

from tests.support.command import User
from tests.support.mcp import SCRIPT

CANARY = "oxen_canary_0123456789"

TOOLS = '''
import os, subprocess

def weather(city: str) -> str:
    """The weather.

    Args:
        city: its name
    """
    print("printed noise")
    subprocess.run(["echo", "noise of a child"])
    return "sunny in " + city
'''


def test_what_a_function_prints_is_not_the_answer(offline: User) -> None:
    """Standard output is the model's; print and children of the function go elsewhere."""
    (offline.cwd / "tools.py").write_text(TOOLS)
    done = offline.run("chat", "call weather for Paris", "-T", "tools.py", "--approve", "tools.py")
    assert done.code == 0
    assert "sunny in" in done.text
    assert "noise" not in done.text
    assert "noise of a child" in done.err


@pytest.mark.parametrize("tool", ["my.toml:environment", f"mcp:{sys.executable} {SCRIPT}"])
def test_no_child_gets_the_token(offline: User, tool: str) -> None:
    """Neither a command nor a server, under no name (fault F13)."""
    (offline.cwd / "my.toml").write_text("[tools.environment]\ncommand = ['env']\n")
    user = offline.having(INFERENCE_API_KEY=CANARY, OXEN_API_KEY=CANARY, COPY=f"Bearer {CANARY}", HARMLESS="seen")
    done = user.run("chat", "call environment", "-T", tool, "--approve", tool, "--json")
    assert done.code == 0, done.err
    (call,) = (one for one in done.json["calls"] if one["name"].endswith("environment"))
    assert call["approved"]
    assert "seen" in call["result"]
    assert CANARY not in done.text + done.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("-T", "tme"), 4, "there is no tool tme"),
        (("-T", "nothing.py"), 2, "there is no file nothing.py"),
        (("-T", "bad.py"), 2, "bad.py:1: invalid syntax"),
        (("-T", "bad.toml"), 2, "bad.toml, line 1: there is no key comand; did you mean command?"),
        (("-T", "mcp:/nothing"), 2, "the server mcp:/nothing cannot be started: no such file or directory"),
        (("-T", "files:/nothing"), 2, "there is no folder /nothing"),
        (("-T", "time", "-T", "time"), 2, "-T time is there twice"),
        (("-T", "time", "--approve", "tim"), 4, "--approve tim: there is no such tool"),
        (
            ("-T", "time", "--approve", "never", "--approve", "always"),
            2,
            "--approve always and --approve never contradict",
        ),
    ],
)
def test_bad_input(offline: User, arguments: tuple[str, ...], code: int, words: str) -> None:
    """The exit codes of the table, nothing sent."""
    (offline.cwd / "bad.py").write_text("def f(:\n")
    (offline.cwd / "bad.toml").write_text("comand = ['date']\n")
    done = offline.run("chat", "hello", *arguments)
    assert (done.code, done.text) == (code, "")
    assert words in done.err


def test_ctrl_c_ends_a_command_that_runs(offline: User) -> None:
    """And everything it holds: the pipe that it writes to comes to its end."""
    pipe = offline.cwd / "pipe"
    os.mkfifo(pipe)
    (offline.cwd / "slow.toml").write_text("command = ['sh', '-c', 'exec > pipe; echo ready; sleep 1000; true']\n")
    running = offline.start("chat", "call slow", "-T", "slow.toml", "--approve", "slow")
    with pipe.open() as told:
        assert told.readline() == "ready\n"
        running.send_signal(signal.SIGINT)
        assert told.read() == ""
    _, err = running.communicate(timeout=60)
    assert running.returncode == -signal.SIGINT
    assert b"Traceback" not in err
