"""Commands in hints."""

from inference_cli.terminal.commands import with_root


def test_a_command_in_a_hint_gets_the_root_options_of_this_one() -> None:
    """Each command of a line; what is no command stays."""
    hint = "Collect them:  inference queue wait 2176 a0a7      Stop them:  inference queue cancel 2176 a0a7"

    assert with_root(hint, [("--sandbox",)]) == (
        "Collect them:  inference --sandbox queue wait 2176 a0a7      "
        "Stop them:  inference --sandbox queue cancel 2176 a0a7"
    )


def test_what_a_command_has_already_is_not_repeated() -> None:
    """And a value that needs quotes gets them."""
    root = [("--profile", "my work"), ("--base-url", "https://a.example/api")]

    assert with_root("Sign in:  inference auth login --profile 'my work'\nSee:  inference --sandbox image x", root) == (
        "Sign in:  inference --base-url https://a.example/api auth login --profile 'my work'\n"
        "See:  inference --sandbox image x"
    )


def test_only_options_that_concern_a_command_are_put_into_it() -> None:
    """Settings belong to a profile, wherever the API is; the list of profiles and the sandbox itself to none."""
    root = [("--profile", "work"), ("--base-url", "https://a.example/api")]

    assert with_root("Set it:  inference config set namespace NAME", root) == (
        "Set it:  inference --profile work config set namespace NAME"
    )
    assert with_root("See:  inference config profiles", root) == "See:  inference config profiles"
    assert with_root("Anew:  inference sandbox reset", (*root, ("--sandbox",))) == "Anew:  inference sandbox reset"


def test_without_root_options_nothing_changes() -> None:
    """The usual case."""
    assert with_root("See:  inference queue list", []) == "See:  inference queue list"
