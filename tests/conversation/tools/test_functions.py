import asyncio
import sys
import textwrap
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from inference_cli.conversation.tools.functions import FunctionTool, PythonFile, described
from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import UsageError

WEATHER = '''
import os
from dataclasses import dataclass
from os.path import join  # a function of another module

@dataclass
class Place:
    city: str

def weather(place: Place, days: int = 1) -> str:
    """How the weather is."""
    return f"{place.city}: sun, {days} d"

async def tide(city: str) -> dict[str, int]:
    return {city: 3}

def _hidden(anything): ...

def breaks(kind: str) -> None:
    if kind == "exit":
        raise SystemExit(3)
    if kind == "mute":
        class Mute(Exception):
            def __str__(self): raise ValueError
        raise Mute
    raise KeyError(f"no {kind}\\nhere")
'''


def load(tmp_path: Path, text: str | bytes, only: str | None = None, **more: Any) -> dict[str, FunctionTool]:
    """The tools of a file with that text."""
    path = tmp_path / "tools.py"
    path.write_bytes(textwrap.dedent(text).encode() if isinstance(text, str) else text)
    file = PythonFile(path, "tools.py", **more)
    with ExitStack() as stack:
        return {tool.name: tool for tool in file.tools(stack.enter_context(file.loaded()), only)}


def test_all_public_functions_of_a_file(tmp_path: Path) -> None:
    """Those that it defines, in their order; all of them act."""
    asyncio.run(asyncio.sleep(0))  # the second needs what this loads
    before = set(sys.modules)
    tools = load(tmp_path, WEATHER)
    assert list(tools) == ["weather", "tide", "breaks"]
    assert all(tool.acts for tool in tools.values())
    assert (tools["weather"].description, tools["tide"].description) == ("How the weather is.", "tide")
    assert tools["weather"].parameters["required"] == ["place"]
    assert tools["weather"].call({"place": {"city": "Bonn"}, "days": 2}) == "Bonn: sun, 2 d"
    assert tools["tide"].call({"city": "Kiel"}) == '{"Kiel": 3}'
    assert set(sys.modules) == before
    assert not list(tmp_path.glob("__pycache__"))


def test_one_function(tmp_path: Path) -> None:
    """By name, one of another module too."""
    assert list(load(tmp_path, WEATHER, "tide")) == ["tide"]
    with pytest.raises(UsageError) as caught:
        load(tmp_path, WEATHER, "wether")
    assert caught.value.message == "tools.py has no function wether"
    hint = "Nothing was sent.  Did you mean weather?  There are: weather, tide, breaks"
    assert caught.value.hint == hint


def test_what_a_function_raises(tmp_path: Path) -> None:
    """The model is told in a line, and so is the user, with the place."""
    said: list[str] = []
    tool = load(tmp_path, WEATHER, "breaks", say=said.append)["breaks"]
    for kind, words in (("rain", "KeyError: 'no rain\\nhere'"), ("exit", "SystemExit: 3"), ("mute", "Mute")):
        with pytest.raises(ToolFailedError) as caught:
            tool.call({"kind": kind})
        assert str(caught.value) == f"The function failed: {words}"
    assert said == [
        "breaks failed at tools.py:26: KeyError: 'no rain\\nhere'",
        "breaks failed at tools.py:21: SystemExit: 3",
        "breaks failed at tools.py:25: Mute",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\ndef f(:\n", "tools.py:2: invalid syntax"),
        (
            "\n\nimport nothing_of_that_name\n",
            "tools.py:3: ModuleNotFoundError: No module named 'nothing_of_that_name'",
        ),
        ("def f(): g()\ndef g(): 1/0\nf()", "tools.py:2: ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(4)", "tools.py:2: SystemExit: 4"),
        ("x = 1\n", "tools.py has no public function"),
        ("\ndef f(x): ...\n", "tools.py:2: f: the argument x has no type hint"),
        ("def f(x: bytes): ...", "tools.py:1: f: the argument x has a hint that JSON has nothing for: bytes"),
        ("def f(x: Nowhere): ...", "tools.py:1: NameError: name 'Nowhere' is not defined"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    """Exit 2 with file and line, nothing sent."""
    with pytest.raises(UsageError) as caught:
        load(tmp_path, text)
    assert caught.value.message == message
    assert str(caught.value.hint).startswith("Nothing was sent")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x = '\0'", b"# coding: nothing\n"], ids=repr)
def test_files_that_are_no_python(tmp_path: Path, data: bytes) -> None:
    """The same."""
    with pytest.raises(UsageError, match=r"tools\.py"):
        load(tmp_path, data)


def test_no_file(tmp_path: Path) -> None:
    """Nor a folder."""
    for name in ("no.py", "."):
        file = PythonFile(tmp_path / name, name)
        with pytest.raises(UsageError, match="there is no file"), file.loaded():
            pass


def test_an_error_in_a_line() -> None:
    """However many lines it has, or none."""
    assert described(ValueError("a\n  b")) == "ValueError: a b"
    assert described(ValueError()) == "ValueError"
