"""What Tab offers."""

from collections.abc import Iterable

import pytest

from inference_cli.conversation.offers import Entry, Known, Offer, offers

FILES = ("fox.png", "my fox.png", "notes.txt", "src/")


def _entries(begun: str) -> Iterable[Entry]:
    return [Entry(name, name) for name in FILES if name.startswith(begun)]


KNOWN = Known(lambda: ("claude-sonnet-4-6", "gpt-5", "not-claude"), _entries, lambda: ("one.png", "two.mp4"))


@pytest.mark.parametrize(
    ("before", "texts"),
    [
        ("/mo", ["/model"]),
        ("/u", ["/undo", "/usage"]),
        ("//mo", []),
        ("/model cl", ["claude-sonnet-4-6", "not-claude"]),
        ("/model claude-sonnet-4-6 ", []),
        ("/image a fox -m gpt", ["gpt-5"]),
        ("/image a fo", []),
        ("/image @l", ["@last"]),
        ("/image fox -i f", ["fox.png"]),
        ("/attach my\\ f", ["my\\ fox.png"]),
        ("/file ", ["fox.png", "my\\ fox.png", "notes.txt", "src/"]),
        ("/queue w", ["wait"]),
        ("/help im", ["image"]),
        ("look at @", ["@2", "@1", "@last", "@fox.png", "@my\\ fox.png", "@notes.txt", "@src/"]),
        ("look at @1", ["@1"]),
        ("me@f", []),
        ("plain", []),
        ("/copy ", ["code"]),
    ],
)
def test_what_may_follow(before: str, texts: list[str]) -> None:
    """Commands, models, paths, what was made; nothing where text is typed."""
    assert [offer.text for offer in offers(before, KNOWN)] == texts


def test_an_offer_replaces_the_word_that_was_begun() -> None:
    """From its first character on, with what it is beside it."""
    assert list(offers("and @2", KNOWN)) == [Offer("@2", 2, "@2", "two.mp4")]
    assert next(iter(offers("/he", KNOWN))).replaces == 3


def test_not_more_than_anybody_reads() -> None:
    """A service with hundreds of models does not fill the screen."""
    many = Known(lambda: [f"model-{number}" for number in range(500)], _entries, tuple)
    assert len(list(offers("/model ", many))) == 60
