import random
import re

import pytest
from hypothesis import given, strategies as st

from inference_cli.sandbox.schema.patterns import sample

PATTERNS = [
    r"^[A-Z]{2,4}-\d+$",
    r"(?:ab|cd)?x{3}",
    r"^[^a-z]\w\s\S$",
    r"^\x41B\.\/$",
    r"^(a|b(c|d){2})*$",
    r"^a+?b*$",
    r"^[\d\-x]+$",
    r"^.{5}$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(seed=st.integers(0, 1000), more=st.integers(0, 3))
def test_a_sample_is_matched(pattern: str, seed: int, more: int) -> None:
    """By the pattern that it was made for."""
    assert re.search(pattern, sample(pattern, random.Random(seed), more))


@pytest.mark.parametrize("pattern", ["(?=a)", "(a", "a)", "*a", r"\p{L}", "[]", r"\1", "a{2000}", "[a"])
def test_what_is_beyond_it_is_said(pattern: str) -> None:
    """A pattern that is too special, or none."""
    with pytest.raises(ValueError):
        sample(pattern, random.Random(1))
