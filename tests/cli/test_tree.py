"""The command tree as data."""

from inference_cli.cli.lazy import COMMANDS
from inference_cli.cli.tree import command_tree
from inference_cli.completion.tree import Argument, Flag


def test_the_tree_holds_every_command() -> None:
    """In the order of the table, the verbs of a noun below it."""
    tree = command_tree()
    below = {command.name: [verb.name for verb in command.commands] for command in tree.commands}

    assert tree.name == "inference"
    assert list(below) == [entry.name for entry in COMMANDS]
    assert below["queue"] == ["submit", "list", "show", "wait", "download", "cancel"]
    assert below["image"] == []


def test_a_flag_knows_its_spellings_and_what_it_takes() -> None:
    """Files are completed where the help names a path."""
    image = next(command for command in command_tree().commands if command.name == "image")
    flags = {flag.names[0]: flag for flag in image.flags}

    assert flags["--image"] == Flag(
        ("--image", "-i"), "An input image; repeat for several.", takes_value=True, repeatable=True, kind="file"
    )
    assert flags["--dry-run"].takes_value is False
    assert flags["--count"].kind == "text"


def test_choices_are_listed() -> None:
    """They need no process to be completed."""
    completion = next(command for command in command_tree().commands if command.name == "completion")

    assert completion.arguments == (
        Argument("shell", "bash, zsh, fish or powershell.", choices=("bash", "zsh", "fish", "powershell")),
    )
