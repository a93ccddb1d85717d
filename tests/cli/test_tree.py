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
        ("--image", "-i"),
        "An input image; repeat for several.",
        takes_value=True,
        repeatable=True,
        kind="file",
        metavar="PATH|URL|-",
    )
    assert flags["--dry-run"].takes_value is False
    assert (flags["--count"].kind, flags["--count"].default, flags["--seed"].default) == ("text", "1", "")


def test_what_the_program_is_asked_for_is_marked() -> None:
    """By the name of the parameter: models, parameters, generations, conversations, profiles."""
    tree = command_tree()
    below = {(command.name, verb.name): verb for command in tree.commands for verb in command.commands}
    flags = {name: flag.kind for command in tree.commands for flag in command.flags for name in flag.names}

    assert (flags["-m"], flags["--param"]) == ("model", "parameter")
    assert [flag.kind for flag in tree.flags if flag.names == ("--profile",)] == ["profile"]
    kinds = {words: verb.arguments[0].kind for words, verb in below.items() if verb.arguments}
    assert {words for words, kind in kinds.items() if kind == "generation"} >= {
        ("queue", verb) for verb in ("show", "wait", "download", "cancel")
    }
    assert {words for words, kind in kinds.items() if kind == "conversation"} == {
        ("logs", verb) for verb in ("show", "export", "delete")
    }
    assert flags["--cid"] == "conversation"
    assert (kinds["models", "show"], kinds["config", "use"]) == ("model", "profile")
    assert "model_image" in below["config", "get"].arguments[0].choices


def test_choices_are_listed() -> None:
    """They need no process to be completed."""
    completion = next(command for command in command_tree().commands if command.name == "completion")

    assert completion.arguments == (
        Argument(
            "shell",
            "bash, zsh, fish or powershell; man: the manual page.",
            choices=("bash", "zsh", "fish", "powershell", "man"),
        ),
    )
