"""Only the command that runs is imported."""

import os
import subprocess
import sys

import pytest
import typer

from inference_cli.cli.lazy import COMMANDS, Entry, LazyCommand, LazyGroup, command_words
from tests.support.program import Program, program_in

FOR_THE_NETWORK = {
    "rich", "httpx", "httpcore", "ssl", "sqlite3", "jsonschema_rs", "asyncio", "starlette", "inference_cli.api.client",
    "inference_cli.api.network", "inference_cli.sandbox.app",
}  # fmt: skip
"""What nobody needs who knows the models already."""


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Somebody who has listed the models of the sandbox a moment ago."""
    program = program_in(tmp_path_factory.mktemp("knowing"))
    assert program("--sandbox", "models", "list").code == 0
    return program


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_of_the_table_can_be_loaded(entry: Entry) -> None:
    """The table and the modules agree."""
    command = LazyCommand(entry.name, help=entry.help).load()

    assert command.name == entry.name
    assert command.help


def test_the_root_lists_the_table_in_its_order() -> None:
    """The order of use, not of the alphabet."""
    group = LazyGroup(name="inference")

    assert group.list_commands(typer.Context(group)) == [entry.name for entry in COMMANDS]


@pytest.mark.parametrize("noun", ["queue", "history", "models", "auth", "config", "sandbox"])
def test_a_noun_alone_prints_its_help_on_stdout(
    program: Program, noun: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As gh does: asking what there is, is no mistake."""
    assert program(noun).code == 0
    assert f"Usage: inference {noun}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--profile", "queue", "--color=never", "image", "wait"], ("image",)),
        (["--sandbox", "queue", "wait", "last"], ("queue", "wait")),
        (["queue", "nonsense"], ("queue",)),
        (["nonsense"], ()),
        (["--version"], ()),
    ],
)
def test_the_command_that_a_line_names(arguments: list[str], words: tuple[str, ...]) -> None:
    """Values of root options are none; an argument is no verb."""
    assert command_words(arguments) == words


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], {"typer", "rich", "httpx", "inference_cli.cli.app", "importlib.metadata"}),
        (["--help"], {"rich", "httpx", "inference_cli.cli.image", "inference_cli.cli.queue", "sqlite3"}),
        (["queue", "--help"], {"rich", "httpx", "sqlite3", "inference_cli.cli.image", "tomlkit", "asyncio"}),
        (["history", "--help"], {"rich", "httpx", "sqlite3", "inference_cli.cli.queue", "zoneinfo"}),
        (["--sandbox", "history", "spend"], {"rich", "jsonschema_rs", "tomlkit"}),
        (["image", "--help"], {"rich", "httpx", "sqlite3", "jsonschema_rs", "inference_cli.cli.queue"}),
        (["config", "path"], {"rich", "httpx", "tomlkit", "jsonschema_rs", "asyncio"}),
        (["--sandbox", "models", "list"], {*FOR_THE_NETWORK, "inference_cli.api.records", "secrets"}),
        (["--sandbox", "models", "list", "--output", "video", "--sort", "price"], FOR_THE_NETWORK),
        (["--sandbox", "models", "list", "--json"], FOR_THE_NETWORK),
        (["--sandbox", "models", "show", "qwen-image-edit"], FOR_THE_NETWORK - {"jsonschema_rs"}),
        (["--sandbox", "models", "params", "qwen-image-edit"], FOR_THE_NETWORK),
    ],
)
def test_nothing_is_imported_that_the_command_does_not_use(
    arguments: list[str], absent: set[str], knowing: Program
) -> None:
    """Start-up is a feature: a command pays for what it needs."""
    code = (
        "import atexit, sys; from inference_cli.__main__ import main;"
        "atexit.register(lambda: sys.stderr.write('\\n'.join(sys.modules))); main(sys.argv[1:])"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # it imports sqlite3
    env |= knowing.env
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=env)

    assert absent & set(done.stderr.splitlines()) == set()


_NEVER = {
    "typer", "rich", "httpx", "importlib.metadata", "json", "tomllib", "platformdirs", "pathlib", "dataclasses", "typing",
    "urllib.parse", "inference_cli.errors", "inference_cli.cli", "inference_cli.cli.app", "inference_cli.profile",
}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["model", "words", "--sandbox", "image", "-m", ""], _NEVER | {"sqlite3", "re"}),
        (["parameter", "line", "inference --sandbox image -p aspect_ratio="], _NEVER | {"sqlite3", "re"}),
        (["profile", "words", "--profile", ""], _NEVER | {"sqlite3", "re"}),
        (["generation", "words", "--sandbox", "queue", "wait", ""], _NEVER),
    ],
)
def test_tab_starts_next_to_nothing(program: Program, arguments: list[str], absent: set[str]) -> None:
    """With models, a profile with an alias and a generation to offer; a person waits for each."""
    program("config", "set", "aliases.fast", "qwen-image-edit")
    program("--sandbox", "models", "list")
    program("--sandbox", "queue", "submit", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "-y")
    code = (
        "import sys; before = set(sys.modules); from inference_cli.__main__ import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: sys.stderr.write('\\n'.join(set(sys.modules) - before))"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")} | dict(program.env)

    done = subprocess.run(
        [
            sys.executable,
            "-S",
            "-c",
            f"sys = __import__('sys'); sys.path[:0] = {sys.path!r}\n{code}",
            "__complete",
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=True,
        env=env,
    )

    assert done.stdout
    assert absent & set(done.stderr.splitlines()) == set()


def test_only_the_verb_that_runs_is_built() -> None:
    """All of them where none is named, or one that there is not: for the help, and for what was meant."""
    queue = LazyCommand("queue")

    assert list(queue.load(["wait", "last"]).commands) == ["wait"]
    assert list(queue.load(["--help"]).commands) == list(queue.load(["wiat"]).commands) == list(queue.load().commands)
    assert len(queue.load().commands) > 4
    assert LazyCommand("image").load(["image"]).name == "image"
