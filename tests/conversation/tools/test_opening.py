import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from inference_cli.clock import ManualClock, SystemClock
from inference_cli.conversation.tools.opening import Setting
from inference_cli.conversation.tools.toolbox import Toolbox
from inference_cli.errors import Interrupted, NotFoundError, UsageError
from tests.support.mcp import SCRIPT, Lines
from tests.support.tools import anything, call


def open_box(cwd: Path, *names: str, **more: Any) -> Toolbox:
    """A toolbox as the command opens it."""
    return Toolbox.open(names, cwd=cwd, environ={}, clock=ManualClock(), **more)


def test_built_in(tmp_path: Path) -> None:
    """By name, and files below another folder."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x").write_text("")
    with open_box(tmp_path, "time", "files:sub") as toolbox:
        assert toolbox.names == ("time", "files_list", "files_read", "files_search")
        assert toolbox.source("files_read") == "files:sub"
        tool = toolbox.tool("files_list")
        assert tool is not None
        assert tool.call({}) == "x\t0"


def test_a_folder_of_the_profile_is_closed(tmp_path: Path) -> None:
    """Also to whoever works in the folder around it."""
    (tmp_path / "profile").mkdir()
    with open_box(tmp_path, "files", closed=[tmp_path / "profile"]) as toolbox:
        tool = toolbox.tool("files_list")
        assert tool is not None
        assert tool.call({}) == "The folder is empty."


@pytest.mark.parametrize("name", ["tim", "time:x", "files:", "", "weather", "mcp", "http_get:x"])
def test_no_such_tool(tmp_path: Path, name: str) -> None:
    """Exit 4, like a template that is not there; what there is is named."""
    with pytest.raises(NotFoundError) as caught:
        open_box(tmp_path, name)
    assert caught.value.message == f"there is no tool {name}"
    assert "There are: time, files, http_get, files:FOLDER" in str(caught.value.hint)


def test_named_twice(tmp_path: Path) -> None:
    """Refused, in one spelling or in two."""
    with pytest.raises(UsageError, match="-T time is there twice"):
        open_box(tmp_path, "time", "time")
    with pytest.raises(UsageError, match="two tools are named files_list"):
        open_box(tmp_path, "files", "files:.")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The command line is wrong."""
    for name in ("files:nowhere", "files:~nobody-of-that-name/x"):
        with pytest.raises(UsageError, match="there is no folder"):
            open_box(tmp_path, name)


def test_functions_of_a_file(tmp_path: Path) -> None:
    """Two of one file: it runs once, may import what lies beside it, and what it prints goes to people."""
    (tmp_path / "beside_tools.py").write_text("WORD = 'sun'\n")
    (tmp_path / "my.py").write_text(
        "print('loading')\nfrom beside_tools import WORD\n"
        "def a() -> str:\n    print('called')\n    return WORD\n"
        "def b() -> str: return 'b'\n"
    )
    said: list[str] = []
    before = list(sys.path)
    with open_box(tmp_path, "my.py:a", "my.py:b", say=said.append) as toolbox:
        assert toolbox.names == ("a", "b")
        results = toolbox.call_all([call("a"), call("b")], anything)
        assert [one.content for one in results] == ["sun", "b"]
    assert said == ["loading", "called"]
    assert sys.path == before


def test_the_same_function_twice(tmp_path: Path) -> None:
    """By the file, and by its name."""
    (tmp_path / "my.py").write_text("def a() -> str: return ''\n")
    with pytest.raises(UsageError, match=r"two tools are named a: my\.py and my\.py:a"):
        open_box(tmp_path, "my.py", "my.py:a")


def test_commands_of_a_file(tmp_path: Path) -> None:
    """By the file or by name; the token is in no child's environment or words."""
    (tmp_path / "my.toml").write_text(
        "[tools.show]\ncommand = ['env']\n[tools.say]\ncommand = ['echo', '{x}']\nparameters = {x = 'str'}\n"
    )
    environ = {"PATH": "/usr/bin:/bin", "INFERENCE_API_KEY": "canary_canary", "MINE": "canary_of_mine"}
    with Toolbox.open(
        ["my.toml:show", "my.toml:say"], cwd=tmp_path, environ=environ, clock=SystemClock(), secrets=["MINE"]
    ) as toolbox:
        assert toolbox.names == ("show", "say")
        results = toolbox.call_all([call("show"), call("say", x="hello")], anything)
    assert [one.content for one in results] == ["PATH=/usr/bin:/bin\n", "hello\n"]
    with pytest.raises(UsageError) as caught:
        open_box(tmp_path, "my.toml:no")
    assert (caught.value.message, caught.value.hint) == (
        "my.toml describes no tool no",
        "Nothing was sent.  There are: show, say",
    )


def test_servers(tmp_path: Path) -> None:
    """Two of one command are told apart; no token is in their environment; they end with the toolbox."""
    command = f"{sys.executable} {SCRIPT}"
    (tmp_path / "my.toml").write_text(f"[tools.mine]\nmcp = ['{sys.executable}', '{SCRIPT}', 'good']\ntimeout = 5\n")
    names = [f"mcp:{command}", f"mcp:{command} good", "my.toml"]
    environ = {"PATH": "/usr/bin:/bin", "OXEN_API_KEY": "canary_canary", "MINE": "canary_of_mine"}
    lines = Lines()
    with Toolbox.open(
        names, cwd=tmp_path, environ=environ, clock=SystemClock(), secrets=["MINE"], chatter=lines
    ) as toolbox:
        assert [name for name in toolbox.names if name.endswith("echo")] == [
            "server_echo",
            "server_2_echo",
            "mine_echo",
        ]
        calls = [call(f"{label}_environment") for label in ("server", "server_2", "mine")]
        results = toolbox.call_all(calls, anything)
    assert ["canary" in one.content for one in results] == [False] * 3
    assert all("/usr/bin" in one.content for one in results)
    assert sorted(lines.said) == ["mine: goodbye", "server: goodbye", "server_2: goodbye"]


@pytest.mark.parametrize("name", ["mcp: ", "mcp:a 'b"])
def test_a_server_without_a_command(tmp_path: Path, name: str) -> None:
    """The command line is wrong."""
    with pytest.raises(UsageError, match="names no command"):
        open_box(tmp_path, name)


def test_one_that_fails_ends_the_others(tmp_path: Path) -> None:
    """Nothing is left running."""
    lines = Lines()
    with pytest.raises(UsageError, match="cannot be started: no such file"):
        Toolbox.open(
            [f"mcp:{sys.executable} {SCRIPT}", "mcp:/nothing"],
            cwd=tmp_path,
            environ={},
            clock=SystemClock(),
            chatter=lines,
        )


def test_a_stop_while_servers_start(tmp_path: Path) -> None:
    """Ctrl-C is answered at once."""
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        open_box(tmp_path, f"mcp:{sys.executable} {SCRIPT} silent", stop=stop)


def test_whose_printing_is_kept_apart(tmp_path: Path) -> None:
    """Functions only: a server, or a folder, whose name ends like a file's writes nothing here."""
    setting = Setting(cwd=tmp_path, environ={}, clock=ManualClock())
    before = sys.stdout
    for names, apart in ((["a.py"], True), (["a.py:f"], True), (["mcp:python a.py", "files:a.py", "a.toml"], False)):
        with setting.aside(names):
            assert (sys.stdout is not before) == apart
