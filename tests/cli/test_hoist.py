"""Root options may stand anywhere before ``--``."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.cli.hoist import hoist
from inference_cli.errors import UsageError


def test_a_root_option_behind_the_command_moves_to_the_front_with_its_value() -> None:
    """What follows the command in a hand typing from memory is found all the same."""
    typed = ["image", "a fox", "--profile", "work", "-o", "fox.png", "--sandbox", "--color=never"]

    assert hoist(typed) == ["--profile", "work", "--sandbox", "--color=never", "image", "a fox", "-o", "fox.png"]


def test_what_follows_two_dashes_is_left_alone() -> None:
    """A prompt that looks like an option stays a prompt."""
    assert hoist(["image", "-v", "--", "--sandbox", "-v"]) == ["-v", "image", "--", "--sandbox", "-v"]


def test_a_root_option_without_its_value_is_refused() -> None:
    """The next word is never mistaken for the value of an option that stood last."""
    with pytest.raises(UsageError, match="--profile needs a value"):
        hoist(["image", "--profile"])


@given(st.lists(st.text(max_size=8)).map(lambda words: [*words, "end"]))
def test_no_argument_is_lost_or_made_up(arguments: list[str]) -> None:
    """Hoisting only reorders."""
    assert sorted(hoist(arguments)) == sorted(arguments)


@given(st.lists(st.text(max_size=8).filter(lambda text: not text.startswith("-"))))
def test_plain_arguments_keep_their_order(arguments: list[str]) -> None:
    """Without root options nothing changes."""
    assert hoist(arguments) == arguments
