import sys
from pathlib import Path
from typing import Any

import pytest

from inference_cli.clock import SystemClock
from inference_cli.conversation.tools.argv import Word
from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.command import CommandTool
from inference_cli.conversation.tools.tool import ToolFailedError

ECHO = "import sys; print(sys.argv[1:], sys.stdin.read())"


def tool(code: str, *words: str, stdin: Any = None, said: list[str] | None = None) -> CommandTool:
    """A tool that runs a Python program."""
    return CommandTool(
        name="run",
        description="Runs.",
        parameters={"type": "object"},
        groups=tuple(
            (word,) for word in (Word((sys.executable,)), Word(("-c",)), Word((code,)), *map(Word.read, words))
        ),
        cwd=Path("/"),
        env={},
        clock=SystemClock(),
        halt=Halt(),
        stdin=stdin,
        chatter=(said if said is not None else []).append,
    )


def test_what_it_writes_is_the_result() -> None:
    """Arguments as words, standard input as described."""
    assert tool(ECHO, "{a}").call({"a": "x y"}) == "['x y'] \n"
    assert tool(ECHO, stdin=True).call({"a": 1}) == '[] {"a": 1}\n'
    assert tool(ECHO, stdin=Word.read("<{a}{b}>")).call({"a": "x"}) == "[] <x>\n"
    assert tool("pass").call({}) == "It wrote nothing."
    assert tool(r"print('\x1b[31m')").call({}) == "\x1b[31m\n"
    assert tool(r"import sys; sys.stdout.buffer.write(b'\xff')").call({}) == "\ufffd"


def test_what_it_says_beside_goes_to_the_user() -> None:
    """And, where it fails, to the model."""
    said: list[str] = []
    code = "import sys; print('half'); print('no such city', file=sys.stderr); sys.exit(2)"
    with pytest.raises(ToolFailedError) as caught:
        tool(code, said=said).call({})
    assert str(caught.value) == "The command ended with exit code 2.\nno such city\n\nhalf\n"
    assert said == ["run: no such city"]
    with pytest.raises(ToolFailedError, match=r"The command ended by signal 9\."):
        tool("import os; os.kill(os.getpid(), 9)").call({})


def test_a_flood() -> None:
    """Cut, and said."""
    found = tool("while True: print('x' * 999)").call({})
    assert found.endswith("\n[cut here: it wrote more than 256000 bytes, and was ended]")
