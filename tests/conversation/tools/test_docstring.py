from inference_cli.conversation.tools.docstring import read

TEXT = """The weather of a city.

    As of now: not a section.

    Args:
        city (str): its name,
            in any language
        days: how many: at most 7
        *more: ignored

    Returns:
        city: not an argument
    """


def test_description_and_arguments() -> None:
    """Everything before the first section; continued lines are joined."""
    assert read(TEXT) == (
        "The weather of a city.\n\nAs of now: not a section.",
        {"city": "its name, in any language", "days": "how many: at most 7", "more": "ignored"},
    )


def test_little_to_read() -> None:
    """Nothing, a line, and a section without anything in it."""
    assert read(None) == ("", {})
    assert read("A line.") == ("A line.", {})
    assert read("A line.\n\nArgs:\n\n  no argument\n") == ("A line.", {})
