"""What is searched for, taken from what is typed."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.words import Query, Term, folded
from inference_cli.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("fox", [Term("fox")]),
        ("red fox", [Term("red"), Term("fox")]),
        ('"red fox" sn*', [Term("red fox"), Term("sn", prefix=True)]),
        ('"red fo"*', [Term("red fo", prefix=True)]),
        ('"never closed', [Term("never closed")]),
        ("fox AND NOT (snow)", [Term("fox"), Term("AND"), Term("NOT"), Term("(snow)")]),
        ('say "" fox', [Term("say"), Term("fox")]),
    ],
)
def test_terms(typed: str, terms: list[Term]) -> None:
    """Words, phrases in quotes, beginnings; the search's own language is not spoken."""
    assert list(Query(typed).terms) == terms


@pytest.mark.parametrize("typed", ["", "  ", '""', '" "', "*", "* *"])
def test_nothing_to_look_for(typed: str) -> None:
    """A usage error, with an example."""
    with pytest.raises(UsageError) as caught:
        Query(typed)
    assert caught.value.message == "nothing to look for"


@pytest.mark.parametrize(
    ("typed", "text", "fits"),
    [
        ("fox", "The FOX.", True),
        ("fox", "foxes", False),
        ("fox*", "foxes", True),
        ("cafe", "Das Café", True),
        ("CAFÉ", "ein cafe", True),
        ("red snow", "snow, and a red fox", True),
        ('"red snow"', "snow, and a red fox", False),
        ('"red fox"', "a red, red fox", True),
        ("c++", "I like C++.", True),
        ("c++", "I like C.", False),
        ("狐", "一只红色的狐狸", True),
        ("лис*", "Красная лисица", True),
        ("여우", "붉은 여우", True),
    ],
)
def test_what_fits(typed: str, text: str, fits: bool) -> None:
    """Whatever the case and the accents are; scripts without spaces are found within their words."""
    assert Query(typed).holds(text, all_terms=True) == fits


@given(st.text(max_size=30))
def test_nothing_typed_is_a_syntax_error(typed: str) -> None:
    """FTS5 takes the question that is made of it."""
    try:
        query = Query(typed)
    except UsageError:
        return
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
        if query.match is not None and "\ud800" not in folded(query.match):
            connection.execute("SELECT * FROM words WHERE words MATCH ?", (query.match.encode("utf-8", "replace"),))
    query.holds(typed, all_terms=True)
    query.snippet(typed)


@given(st.text(max_size=300), st.sampled_from(["fox", "é", "狐", "straße", "a b"]))
def test_a_snippet_is_a_short_line_of_the_text(text: str, typed: str) -> None:
    """Cut at its ends, never changed within."""
    snippet = Query(typed).snippet(text)
    assert snippet.strip("…").strip() in " ".join(text.split())
    assert len(snippet) <= 82


def test_a_snippet_shows_what_was_found() -> None:
    """With a little of what stands before it, from the beginning of a word."""
    text = "word " * 40 + "the red Fóx jumps " + "over " * 40
    assert Query("fox").snippet(text) == (
        "…word word word the red Fóx jumps over over over over over over over over over…"
    )
    assert Query("fox").snippet("a fox") == "a fox"


def test_a_snippet_shows_signs_where_they_are() -> None:
    """Not the first word that begins like the word in them."""
    text = "Cats can climb. " * 12 + "The c++ language is old"
    assert Query("c++").snippet(text) == "…Cats can climb. The c++ language is old"
