"""Every complaint about a file names the file and the line."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import UsageError
from inference_cli.profile.tomlfile import decode, line_of, parse

PATH = Path("/settings/config.toml")


def test_a_byte_order_mark_is_dropped() -> None:
    """An editor's mark is no damage."""
    assert decode(b"\xef\xbb\xbfx = 1", PATH) == "x = 1"


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    """A binary file says where it stops being text (fault E1)."""
    with pytest.raises(UsageError, match=r"config\.toml, line 3: this is not UTF-8 text"):
        decode(b"a = 1\nb = 2\nc = \xff\n", PATH)


def test_an_empty_file_holds_nothing() -> None:
    """Only spaces are as good as nothing."""
    assert parse(" \n", PATH) == {}


def test_numbers_with_a_point_are_exact() -> None:
    """Money is never a float."""
    assert parse("x = 0.10", PATH) == {"x": Decimal("0.10")}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("a = 1\n\n[profiles.x", 3),
        ("a = 1\na = 2\n", 2),
        ('a = "never closed', 1),
        ("[a]\n[a]\n", 2),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text: str, line: int) -> None:
    """Cut, doubled, unclosed: the line is named (fault E1)."""
    with pytest.raises(UsageError, match=f"config.toml, line {line}: "):
        parse(text, PATH)


@pytest.mark.parametrize("text", ["x = " + "[" * 50_000, "x = " + "9" * 5000, "x = 1e" + "9" * 30])
def test_what_no_machine_should_read_is_refused(text: str) -> None:
    """Nesting without an end, and numbers of thousands of digits (fault H4)."""
    with pytest.raises(UsageError, match=r"config\.toml"):
        parse(text, PATH)


def test_the_hint_names_the_version_before_when_there_is_one(tmp_path: Path) -> None:
    """Nothing is reset by itself: the person decides (fault E1)."""
    path = tmp_path / "config.toml"
    with pytest.raises(UsageError) as without:
        parse("x", path)
    (tmp_path / "config.toml.bak").write_text("")
    with pytest.raises(UsageError) as kept:
        parse("x", path)

    assert without.value.hint == "Correct that line; nothing was changed"
    assert kept.value.hint == f"Correct that line; the version before the last change is {path}.bak"


def test_a_key_is_found_in_its_table() -> None:
    """Headers and keys may have spaces, quotes and comments."""
    text = 'api = 1\n[profiles . "a"]  # mine\n\n  "api" = 2\n[profiles.b]\napi = 3\n'

    assert line_of(text, (), "api") == 1
    assert line_of(text, ("profiles", "a"), "api") == 4
    assert line_of(text, ("profiles", "b"), "api") == 6
    assert line_of(text, ("profiles", "c"), "api") is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """There is no third way."""
    said = str(PATH)
    try:
        assert isinstance(parse(decode(data, PATH), PATH), dict)
    except UsageError as error:
        said = error.message

    assert said.startswith(str(PATH))
