"""Colour for state, and only from us."""

from inference_cli.terminal.styles import painted


def test_a_style_is_an_attribute_around_text() -> None:
    """Colour goes around the text where it is wanted, and never around nothing."""
    assert painted("done", "good", color=True) == "\x1b[32mdone\x1b[0m"
    assert painted("done", "good", color=False) == "done"
    assert painted("done", None, color=True) == "done"
    assert painted("", "bad", color=True) == ""
