"""Nothing from outside steers the terminal."""

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.terminal.safe import Mask, block, line, whole
from tests.support.screens import steers

ATTACKS = [
    "\x1b[2J\x1b[H",
    "\x1b[6n\x1b[c",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x1b\\",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]1337;File=:AAAA\x07",
    "\x1b]777;notify;a;b\x07",
    "\x1bP$qm\x1b\\",
    "\x1b_Gf=100\x1b\\",
    "\x1b^pm\x1b\\\x1bXsos\x1b\\",
    "\x1bc",
    "\x0e\x0f",
    "\x9b31m\x9d0;x\x9c",
    "safe\rEVIL",
    "ab\b\bcd\x07\x7f\x00\x0b\x0c",
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "a\u200bb\ufeffc\u2060d",
    "\U000e0041\U000e007f",
    "x" + "\ufe01\U000e0100" * 8,
    "\ud800\udc80",
]
odd_text = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(
            "\r\n\t\x1b\x9b\u200d\u200c\ufe0f\u2066\u2067\u2069\u200f\u202e\u05d0\u0633a👩\U000e0041\ud83d\u2028"
        ),
    ),
    max_size=40,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_steers_a_terminal_survives(attack: str) -> None:
    """Every sequence of the corpus is shown, not obeyed (faults G1 to G4)."""
    assert steers(line(attack)) == []
    assert steers(block(attack), "\n\t") == []
    assert not set("\u202e\u2066\u200b\ufeff\U000e0041") & set(line(attack) + block(attack))


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_split_anywhere_changes_nothing(attack: str) -> None:
    """A sequence that is cut between two chunks is masked in the same way."""
    text = f"a{attack}\r\nb"
    for cut in range(len(text) + 1):
        mask = Mask()
        assert mask.feed(text[:cut]) + mask.feed(text[cut:]) + mask.end() == block(text)


@settings(max_examples=300)
@given(odd_text)
def test_masking_twice_is_masking_once(text: str) -> None:
    """Both masks are idempotent, and leave nothing that steers."""
    assert line(line(text)) == line(text)
    assert block(block(text)) == block(text)
    assert steers(line(text)) == []
    assert steers(block(text), "\n\t") == []
    assert "\n" not in line(text)


@settings(max_examples=200)
@given(odd_text, st.lists(st.integers(0, 40), max_size=5))
def test_every_split_of_any_text(text: str, cuts: list[int]) -> None:
    """Chunks of any sizes give what the whole gives."""
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    mask = Mask()
    pieces = [mask.feed(text[start:end]) for start, end in pairwise(places)]
    assert "".join(pieces) + mask.end() == block(text)


@pytest.mark.unmeasured
def test_what_is_taken_in_runs_would_be_kept_one_by_one() -> None:
    """The short cut for ordinary characters decides nothing by itself, for no character there is."""
    for start in range(0, 0x110000, 0x100):
        text = "".join(map(chr, range(start, start + 0x100)))
        one_by_one = Mask()
        assert Mask().feed(text) == "".join(map(one_by_one._show, text))


@given(st.text(st.sampled_from("\u05d0\u2066\u2067\u2068\u2069\na"), max_size=30))
def test_isolates_are_balanced_on_every_line(text: str) -> None:
    """What a line opens is closed on that line, and nothing is closed that was not opened."""
    for shown in block(text).split("\n"):
        depth = 0
        for char in shown:
            depth += (char in "\u2066\u2067\u2068") - (char == "\u2069")
            assert depth >= 0
        assert depth == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a red fox", "a red fox"),
        ("żółw 狐 🦊", "żółw 狐 🦊"),
        ("👩\u200d🚀 1\ufe0f\u20e3", "👩\u200d🚀 1\ufe0f\u20e3"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\u0600123", "\u0600123"),
        ("a\u200db", "a\u2039U+200D\u203ab"),
        ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
        ("👨🏽\u200d🦰 ❤\ufe0f\u200d🔥", "👨🏽\u200d🦰 ❤\ufe0f\u200d🔥"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("é\u200d狐\u200d", "é\u2039U+200D\u203a狐\u2039U+200D\u203a"),
        ("👩\u200c\u200d\u200d", "👩\u2039U+200C\u203a\u2039U+200D\u203a\u2039U+200D\u203a"),
        ("👩\u200d\u200d\ufe0f", "👩\u200d\u2039U+200D\u203a\u2039U+FE0F\u203a"),
        ("a\ufe0f\u200d", "a\ufe0f\u2039U+200D\u203a"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("x\x1b[31m", "x\u241b[31m"),
        ("x\x9b\x7f\r", "x\\x9b␡␍"),
        ("\ud800", "\ufffd"),
        ("--duration 7        must be", "--duration 7        must be"),
    ],
)
def test_a_line_keeps_what_is_text(text: str, shown: str) -> None:
    """Letters, emoji and joiners where they join stay; the rest can be seen."""
    assert line(text) == shown


def test_a_block_keeps_its_lines_and_right_to_left_marks() -> None:
    """Line ends and tabs stay; a mark stays in right-to-left text only, an isolate is closed where its line ends."""
    assert block("a\r\n\tb\rc\n") == "a\n\tb␍c\n"
    assert block("\u05d0\u200f\u2067b\nc\u200f") == "\u05d0\u200f\u2067b\u2069\nc\u2039U+200F\u203a"
    assert block("\u05d0\u2067b\u2069\u2069") == "\u05d0\u2067b\u2069\u2039U+2069\u203a"


def test_whole_replaces_lone_surrogates_only() -> None:
    """Any encoding can take the text afterwards (fault G10)."""
    assert whole("a\ud800\x1b🦊") == "a\ufffd\x1b🦊"
