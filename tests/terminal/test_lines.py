"""Lines made of facts."""

from decimal import Decimal
from pathlib import Path

from inference_cli.jobs.updates import Result
from inference_cli.terminal.lines import facts_line, head_line


def test_the_head_line_names_the_work_and_tags_it_on_the_right() -> None:
    """The tag ends one column before the edge, at 80 columns at most, and follows at once where there is no room."""
    facts = ["klein-4b", "16:9", "", "about $0.01"]
    assert head_line(facts) == "  klein-4b · 16:9 · about $0.01"
    tagged = head_line(facts, tag="sandbox", width=200)
    assert (tagged, len(tagged)) == ("  klein-4b · 16:9 · about $0.01" + " " * 41 + "sandbox", 79)
    assert head_line(["狐" * 10], tag="sandbox", width=10) == "  " + "狐" * 10 + "  sandbox"


def test_the_head_line_is_one_safe_line() -> None:
    """A model's name from a server cannot break it."""
    assert head_line(["a\x1b[2J\nb"]) == "  a␛[2J b"


def test_a_result_is_told_in_one_line() -> None:
    """A picture, a film, and a result of which nothing is known."""
    picture = Result(
        "7cf9",
        "succeeded",
        Path("fox.png"),
        812_000,
        seed=4211,
        cost=Decimal("0.01"),
        format="png",
        width=1280,
        height=720,
    )
    film = Result("7cf9", "succeeded", bytes=4_100_000, format="mp4", duration=5.0)
    assert facts_line(picture, elapsed=3.4) == "1280\u00d7720 PNG · 812 kB · seed 4211 · $0.0100 · 3.4 s"
    assert facts_line(film) == "MP4 · 5 s · 4.1 MB"
    assert facts_line(Result(None, "unknown")) == ""
