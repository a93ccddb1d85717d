"""The command tree, and what it answers."""

from inference_cli.completion.tree import Command, Flag, described, places, valued
from tests.support.trees import TREE


def test_every_command_has_a_place() -> None:
    """Depth first, the root first, with the way to it."""
    assert [place.key for place in places(TREE)] == [
        "inference",
        "inference/image",
        "inference/queue",
        "inference/queue/list",
        "inference/queue/wait",
        "inference/receipt",
        "inference/completion",
        "inference/clean",
    ]


def test_flags_from_above_may_stand_anywhere() -> None:
    """A root option is offered after the command too, unless the command has its own of that name."""
    tree = Command(
        "a",
        flags=(Flag(("--all", "-x")), Flag(("--both",))),
        commands=(Command("b", flags=(Flag(("-x",), "mine"),)),),
    )
    assert [flag.names for flag in places(tree)[1].flags] == [("-x",), ("--both",)]


def test_flags_that_take_values_are_patterns() -> None:
    """One for all places where they agree, one for each place where they do not; flags without a value are left out."""
    patterns = [pattern for pattern, _ in valued(TREE)]
    assert patterns[:2] == ["* --profile", "* --color"]
    assert [pattern for pattern in patterns if pattern.endswith(" -f")] == ["inference/receipt -f"]
    assert not any("--sandbox" in pattern for pattern in patterns)


def test_descriptions_are_one_short_line() -> None:
    """The first line without its full stop, cut at a width that fits beside a completion."""
    assert described("  Make it.\nAnd more.") == "Make it"
    assert described("a\x1b[31mb") == "a [31mb"
    assert described("") == ""
    assert described("w" * 200) == "w" * 89 + "…"
