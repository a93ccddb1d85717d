from pathlib import Path

import pytest

from inference_cli.conversation.tools.argv import Word
from inference_cli.conversation.tools.description import Described, read
from inference_cli.errors import UsageError

ENV = {"PATH": "/usr/bin:/bin", "OXEN_API_KEY": "canary_canary", "AWS": "x", "LANG": "C"}


def described(tmp_path: Path, text: str) -> list[Described]:
    """What a file with that text describes."""
    (tmp_path / "weather.toml").write_text(text)
    return read(tmp_path / "weather.toml", "weather.toml", Path("/work"), ENV, frozenset({"MINE"}))


def test_one_tool(tmp_path: Path) -> None:
    """The file's name is the tool's; the rest by default."""
    (found,) = described(
        tmp_path, 'description = "How it is"\ncommand = ["echo", ["-n", "{city}"]]\n[parameters]\ncity = "its name"\n'
    )
    assert found == Described(
        name="weather",
        description="How it is",
        command=((Word(("echo",)),), (Word(("-n",)), Word((("city",),)))),
        is_server=False,
        cwd=Path("/work"),
        env={"PATH": "/usr/bin:/bin", "AWS": "x", "LANG": "C"},
        seconds=60.0,
        schema={
            "type": "object",
            "properties": {"city": {"type": "string", "description": "its name"}},
            "required": ["city"],
            "additionalProperties": False,
        },
    )


def test_several_with_everything(tmp_path: Path) -> None:
    """A command beside the file, its folder, its environment; a server."""
    script = tmp_path / "run.sh"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    first, second = described(
        tmp_path,
        """
        [tools.one]
        command = ["./run.sh"]
        stdin = true
        timeout = 0.5
        cwd = "."
        env = ["LANG"]
        acts = false
        dashes = true
        parameters = { x = "int" }
        [tools.two]
        mcp = ["env", "--flag"]
        env = { KEY = "value" }
        """,
    )
    assert (first.name, first.command, first.stdin) == ("one", ((Word((str(script),)),),), True)
    assert (first.seconds, first.cwd, first.env) == (0.5, tmp_path, {"PATH": "/usr/bin:/bin", "LANG": "C"})
    assert (first.acts, first.dashes, first.is_server) == (False, True, False)
    assert (second.name, second.is_server, second.env["KEY"], "AWS" in second.env) == ("two", True, "value", True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("command = [", "weather.toml, line 1: invalid value"),
        ("", 'weather.toml: command must be a list of words, such as ["date", "+%A"]'),
        ('command = "date +%A"', 'weather.toml, line 1: command must be a list of words, such as ["date", "+%A"]'),
        ("command = [1]", 'weather.toml, line 1: command must be a list of words, such as ["date", "+%A"]'),
        ('command = ["date", 1]', "weather.toml, line 1: command must be a list of words; a list of words in it"),
        ('command = ["curll"]', "weather.toml, line 1: there is no command curll"),
        ('command = ["./no.sh"]', "weather.toml, line 1: there is no command ./no.sh"),
        ('command = ["{x}"]', "weather.toml, line 1: the first word of command is what is run"),
        ('command = ["date", "{"]', "weather.toml, line 1: a brace stands alone in '{'"),
        ('command = ["date", "{x}"]', "weather.toml, line 1: {x} is none of the parameters"),
        ('command = ["date"]\nstdin = "{x}"', "weather.toml, line 2: {x} is none of the parameters"),
        ('command = ["date"]\nstdin = "{"', "weather.toml, line 2: a brace stands alone in '{'"),
        ('command = ["date"]\nstdin = 1', "weather.toml, line 2: stdin must be a text"),
        ('command = ["date"]\nparameters = {x = "int"}', "weather.toml, line 1: the parameter x is used nowhere"),
        ('command = ["date"]\nparameters = 1', "weather.toml, line 2: parameters must be a table"),
        ('comand = ["date"]', "weather.toml, line 1: there is no key comand; did you mean command?"),
        ('command = ["date"]\ntimeout = 0', "weather.toml, line 2: timeout must be a number of seconds"),
        ('command = ["date"]\nacts = "no"', "weather.toml, line 2: acts must be true or false"),
        ('command = ["date"]\nname = "a b"', "weather.toml, line 2: a tool cannot be named 'a b'"),
        ('command = ["date"]\ncwd = "nowhere"', "weather.toml, line 2: there is no folder nowhere"),
        ('command = ["date"]\nenv = ["OXEN_API_KEY"]', "weather.toml, line 2: OXEN_API_KEY holds a token"),
        ('command = ["date"]\nenv = {MINE = "x"}', "weather.toml, line 2: MINE holds a token"),
        ('command = ["date"]\nenv = 1', "weather.toml, line 2: env must be a list of variables"),
        ('command = ["date"]\nenv = {A = 1}', "weather.toml, line 2: the variables in env must be texts"),
        ('mcp = ["date"]\nacts = true', "weather.toml, line 2: acts says nothing about a server"),
        ('mcp = ["date"]\ncommand = ["date"]', "weather.toml, line 2: command says nothing about a server"),
        ("[tools]", "weather.toml describes no tool"),
        ("[tools]\nx = 1", "weather.toml: tools.x must be a table"),
        ('name = "x"\n[tools.y]\n', "weather.toml, line 1: name must stand in one of [tools.NAME]"),
        ('[tools.y]\ncommand = ["date"]\ncwdd = 1', "weather.toml, line 3: there is no key cwdd"),
    ],
)
def test_what_makes_no_sense(tmp_path: Path, text: str, message: str) -> None:
    """Exit 2 with file and line, nothing sent."""
    with pytest.raises(UsageError) as caught:
        described(tmp_path, text)
    assert caught.value.message.startswith(message)


def test_no_file(tmp_path: Path) -> None:
    """Nor a folder."""
    for name in ("no.toml", "."):
        with pytest.raises(UsageError, match="there is no file x"):
            read(tmp_path / name, "x", tmp_path, {}, frozenset())
