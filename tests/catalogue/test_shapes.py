"""Aspect ratios and sizes in the words of a schema."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from inference_cli.catalogue.shapes import aspect, fitted, pixels, ratio_of, size

PRESETS = ["auto", "square_hd", "square", "portrait_4_3", "portrait_16_9", "landscape_4_3", "landscape_16_9"]
PIXELS = ["auto", "1024x768", "1024x1024", "1920x1080", "2560x1440", "3840x2160"]


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("16:9", Fraction(16, 9)),
        ("2.35:1", Fraction(47, 20)),
        ("1280x720", Fraction(16, 9)),
        ("16/9", Fraction(16, 9)),
        ("portrait_16_9", Fraction(9, 16)),
        ("landscape_4_3", Fraction(4, 3)),
        ("landscape_4_0", None),
        ("square_hd", Fraction(1)),
        ("1:0", None),
        ("0:1", None),
        ("wide", None),
    ],
)
def test_what_a_ratio_is(text: str, ratio: Fraction | None) -> None:
    """Numbers with anything between them, and presets."""
    assert ratio_of(text) == ratio


@pytest.mark.parametrize(
    ("text", "options", "default", "option"),
    [
        ("16:9", ["1:1", "16:9"], None, "16:9"),
        ("16x9", ["1:1", "16:9"], None, "16:9"),
        ("32:18", ["1:1", "16:9"], None, "16:9"),
        ("7:3", ["1:1", "16:9"], None, None),
        ("wide", ["1:1", "16:9"], None, None),
        ("auto", ["16:9", "adaptive"], None, "adaptive"),
        ("auto", ["16:9", "match_input_image"], None, "match_input_image"),
        ("auto", ["16:9"], None, None),
        ("16:9", ["landscape", "portrait"], None, "landscape"),
        ("9:16", ["landscape", "portrait"], None, "portrait"),
        ("1:1", ["landscape", "portrait"], None, None),
        ("1:1", ["square", "portrait"], None, "square"),
        ("Portrait", ["landscape", "portrait"], None, "portrait"),
        ("1:1", PRESETS, "square_hd", "square_hd"),
        ("1:1", PRESETS, "auto", "square_hd"),
        ("9:16", PRESETS, "auto", "portrait_16_9"),
        ("3:2", PRESETS, "auto", None),
        ("16:9", PIXELS, "auto", "1920x1080"),
        ("16:9", PIXELS, "3840x2160", "3840x2160"),
        ("4:3", PIXELS, "auto", "1024x768"),
        ("16:9", [5, None], None, None),
    ],
)
def test_a_ratio_becomes_an_option(text: str, options: list[object], default: object, option: str | None) -> None:
    """The same one, an equal one, or the way it faces; never one of another ratio."""
    assert aspect(text, options, default) == option


@pytest.mark.parametrize(
    ("text", "options", "option"),
    [
        ("2k", ["1K", "2K"], "2K"),
        ("1080", ["720p", "1080p"], "1080p"),
        ("1080P", ["720p", "1080p"], "1080p"),
        ("1MP", ["1 MP", "0.5 MP"], "1 MP"),
        (".5 MP", ["1 MP", "0.5 MP"], None),
        ("1024*768", PIXELS, "1024x768"),
        ("1024 \u00d7 768", PIXELS, "1024x768"),
        ("512", ["512", "1K"], "512"),
        ("8K", ["1K"], None),
        ("2", [1, 2], 2),
    ],
)
def test_a_size_becomes_an_option(text: str, options: list[object], option: object) -> None:
    """Whatever its case, its spaces, its sign for "times"."""
    assert size(text, options) == option


def test_pixels() -> None:
    """Two numbers."""
    assert (pixels("1280x720"), pixels(" 1280 \u00d7 720 "), pixels("1280"), pixels("2K")) == (
        (1280, 720),
        (1280, 720),
        None,
        None,
    )


@pytest.mark.parametrize(
    ("ratio", "usual", "largest", "frame"),
    [
        ("16:9", (640, 480), (640, 480), (640, 360)),
        ("1:1", (640, 480), (640, 480), (480, 480)),
        ("9:16", (832, 480), (1280, 720), (404, 720)),
        ("16:9", (832, 480), (1280, 720), (832, 468)),
        ("16:9", (1280, 720), (1280, 720), (1280, 720)),
    ],
)
def test_a_ratio_is_fitted_into_a_frame(
    ratio: str, usual: tuple[int, int], largest: tuple[int, int], frame: tuple[int, int]
) -> None:
    """As large as the usual frame, lying or standing, in even numbers."""
    wanted = ratio_of(ratio)
    assert wanted is not None
    assert fitted(wanted, usual, largest) == frame


@given(
    st.fractions(Fraction(1, 4), Fraction(4), max_denominator=50),
    st.tuples(st.integers(64, 2000), st.integers(64, 2000)),
)
def test_a_fitted_frame_stays_within_its_bounds(ratio: Fraction, frame: tuple[int, int]) -> None:
    """Even, not too large, and close to the ratio."""
    width, height = fitted(ratio, frame, frame)
    assert 2 <= width <= frame[0]
    assert 2 <= height <= frame[1]
    assert (width % 2, height % 2) == (0, 0)
    assert abs(width - height * ratio) <= 2 + 2 * ratio
