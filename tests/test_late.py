"""Expressions that are compiled when they are first used."""

import re

import pytest

from inference_cli.late import pattern


def test_is_a_pattern() -> None:
    """It does what a compiled one does, with its flags, for text and for bytes."""
    late = pattern(r"(a)(b)?", re.IGNORECASE)
    assert [match.groups() for match in late.finditer("ab A")] == [("a", "b"), ("A", None)]
    assert late.sub(r"<\1>", "ab") == "<a>"
    assert (late.pattern, late.flags & re.IGNORECASE) == (r"(a)(b)?", re.IGNORECASE)
    assert pattern(rb"\d").findall(b"1 2") == [b"1", b"2"]


def test_waits() -> None:
    """Nothing is compiled before it is used, so that a mistake shows only then."""
    late = pattern("(")
    with pytest.raises(re.error):
        late.search("")
