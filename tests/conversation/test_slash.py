"""What was typed: a message or a command."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.slash import COMMANDS, NAMES, Command, Message, Unknown, parse, split, unfinished

MULTIPLE = [
    ('"""\nfirst\n\n  second\n"""', "first\n\n  second"),
    ('"""/help"""', "/help"),
    ("!multi\n/exit\nmore\n!end", "/exit\nmore"),
    ("!multi abc\n!end\nmore\n!end abc", "!end\nmore"),
]


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ("What is this?", Message("What is this?")),
        ("  two\nlines  ", Message("two\nlines")),
        ("//usr is a folder", Message("/usr is a folder")),
        ("/model", Command("model")),
        ("/Model  gpt-5 ", Command("model", "gpt-5")),
        ("/system You\nare", Command("system", "You\nare")),
        ("/quit", Command("exit")),
        ("exit", Command("exit")),
        ("exit the loop", Message("exit the loop")),
        ("/hlep", Unknown("hlep", ("help",))),
        ("/", Unknown("", ("help",))),
        ("/ image", Unknown("", ("help",))),
        ("", None),
        ("  \n ", None),
        ('""""""', None),
    ],
)
def test_what_an_entry_means(entry: str, meant: Message | Command | Unknown | None) -> None:
    """A slash begins a command, two begin a message; nothing else is taken from the model."""
    assert parse(entry) == meant


@pytest.mark.parametrize(("entry", "text"), MULTIPLE)
def test_a_block_is_a_message_as_it_is(entry: str, text: str) -> None:
    """Commands and mentions in it are text; Return ends it only at its end."""
    assert parse(entry) == Message(text, verbatim=True)
    assert [unfinished(entry), unfinished(entry[:-1])] == [False, True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("make it night", ["make", "it", "night"]),
        ('"make it night" -o my\\ fox.png', ["make it night", "-o", "my fox.png"]),
        ("the king's crown", ["the", "king's", "crown"]),
        ('a 5" nail', ["a", '5"', "nail"]),
        ('say "hello', ["say", '"hello']),
        ('-p prompt="two words" --seed=7', ["-p", "prompt=two words", "--seed=7"]),
        ('"say \\"no\\""', ['say "no"']),
        ("C:\\pictures\\fox.png", ["C:\\pictures\\fox.png"]),
        ("''", [""]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """As a shell splits them, where people meant it."""
    assert list(split(text)) == words


@given(st.text())
def test_nothing_that_is_typed_breaks_it(entry: str) -> None:
    """Any text is something; a message keeps what was typed."""
    meant = parse(entry)
    unfinished(entry)
    list(split(entry))
    if isinstance(meant, Message):
        assert meant.text in entry
    elif isinstance(meant, Command):
        assert meant.name in NAMES


@given(
    st.lists(
        st.text(st.characters(codec="ascii", exclude_characters="\\\"' \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"), min_size=1)
    )
)
def test_words_without_quotes_are_those_between_spaces(words: list[str]) -> None:
    """Splitting what was joined gives it back."""
    assert list(split(" ".join(words))) == words


def test_every_command_is_listed_once() -> None:
    """No name twice; each has a line of help."""
    assert len(set(NAMES)) == len(COMMANDS)
    assert all(word.help for word in COMMANDS)
