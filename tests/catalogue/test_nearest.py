"""Did you mean."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.catalogue.nearest import nearest

MODELS = [
    "kling-video-v2-6-pro-text-to-video",
    "kling-video-v2-6-pro-image-to-video",
    "qwen-image-edit",
    "z-image-turbo",
]


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        ("kling-video-v2-6-pro-text-to-vido", MODELS, tuple(MODELS[:2])),
        ("QWEN-image-edit", MODELS, ("qwen-image-edit", "z-image-turbo")),
        ("aspect", ["prompt", "aspect_ratio", "seed"], ("aspect_ratio",)),
        ("ratio", ["prompt", "aspect_ratio"], ("aspect_ratio",)),
        ("steps", ["num_inference_steps", "seed"], ("num_inference_steps",)),
        ("enhancement_strenght", ["enhancement_strength", "sharpen"], ("enhancement_strength",)),
        ("xyz", ["prompt", "seed"], ()),
        ("", ["prompt"], ()),
        ("prompt", [], ()),
    ],
)
def test_close_words_are_found(word: str, words: list[str], found: tuple[str, ...]) -> None:
    """Typing errors, other cases and parts of a name; nothing for strangers."""
    assert nearest(word, words) == found


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6), st.integers(0, 4))
def test_only_known_words_come_back(word: str, words: list[str], n: int) -> None:
    """At most ``n`` of them; the word itself comes first where it is known."""
    found = nearest(word, words, n)
    assert len(found) <= n
    assert set(found) <= set(words)
    if word in words and n:
        assert found[0].casefold() == word.casefold()
