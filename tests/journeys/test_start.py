"""Starting: version, help, hints for slips of the hand, and what is not imported for them."""

import subprocess
import sys

import pytest

import inference_cli
from inference_cli.cli.lazy import COMMANDS
from tests.support.command import User

HEAVY = {
    "httpx",
    "rich",
    "typer",
    "sqlite3",
    "asyncio",
    "ssl",
    "jsonschema_rs",
    "jq",
    "tomlkit",
    "PIL",
    "av",
    "starlette",
}


def _imported(user: User, *arguments: str) -> set[str]:
    """The top-level modules that a command line leaves imported."""
    program = (
        "import sys, contextlib\n"
        "from inference_cli.__main__ import main\n"
        "with contextlib.suppress(SystemExit):\n"
        "    main(sys.argv[1:])\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, cwd=user.cwd, env=user.environment, check=True)
    return set(done.stderr.decode().split())


def test_the_version(user: User) -> None:
    """On stdout, exit 0; the module runs like the command, and a root option may stand anywhere."""
    expected = f"inference {inference_cli.__version__}\n"

    module = subprocess.run(
        [sys.executable, "-m", "inference_cli", "--version"], capture_output=True, env=user.environment, check=True
    )

    assert (
        user.run_cold("--version").text
        == user.run_cold("queue", "--version").text
        == module.stdout.decode()
        == expected
    )
    assert list(user.home.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_is_a_result(user: User, arguments: tuple[str, ...]) -> None:
    """On stdout, exit 0, with every command; nothing is written into the home."""
    done = user.run_cold(*arguments)

    names = [line.split()[0] for line in done.text.split("Commands:\n")[1].splitlines() if line.startswith("  ")]
    assert (done.code, done.err) == (0, "")
    assert names == [entry.name for entry in COMMANDS]
    assert names[0] == "chat"
    assert list(user.home.iterdir()) == []


def test_help_of_a_command(user: User) -> None:
    """A noun alone prints its help as well."""
    noun, verb = user.run_cold("queue"), user.run_cold("image", "--help")

    assert (noun.code, noun.err, verb.code, verb.err) == (0, "", 0, "")
    assert "  submit " in noun.text
    assert 'inference image "a red fox in the snow" -o fox.png' in verb.text


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (("imag", "a fox"), ["error: no such command 'imag'. Did you mean 'image'?", "  See:  inference --help"]),
        (("queue", "lst"), ["error: no such command 'lst'. Did you mean 'list'?", "  See:  inference queue --help"]),
        (
            ("image", "a fox", "--sed", "7"),
            ["error: no such option: --sed; did you mean --seed?", "  See:  inference image --help"],
        ),
        (("image", "a fox", "--profile"), ["error: --profile needs a value", "  See:  inference --help"]),
    ],
)
def test_slips_of_the_hand(user: User, arguments: tuple[str, ...], lines: list[str]) -> None:
    """Exit 2 with what was meant."""
    done = user.run_cold(*arguments)

    assert (done.code, done.out, done.err.splitlines()) == (2, b"", lines)


def test_the_version_imports_nothing_heavy(user: User) -> None:
    """Neither a parser nor anything that speaks to anybody."""
    assert _imported(user, "--version") & HEAVY == set()


def test_a_completion_script_needs_no_network_code(user: User) -> None:
    """It is made from the command tree; the prepared scripts are the same."""
    used = _imported(user, "completion", "bash") & HEAVY

    assert used <= {"typer"}


def test_help_and_usage_errors_open_no_connection_and_no_journal(user: User) -> None:
    """They need the parser and nothing behind it."""
    for arguments in (("--help",), ("image", "--help"), ("image", "a", "b")):
        assert _imported(user, *arguments) & (HEAVY - {"typer", "rich"}) == set()


def test_a_command_whose_modules_are_there_already_is_the_same(user: User) -> None:
    """The other journeys begin so: results, refusals, and what is piped in."""
    for arguments, stdin in ((("nope",), b""), (("config", "list", "--json"), b""), (("chat", "--sandbox"), b"hi")):
        assert user.run(*arguments, stdin=stdin) == user.run_cold(*arguments, stdin=stdin)
