"""What each setting may be set to."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import UsageError
from inference_cli.profile.keys import KEYS, check_profile_name, is_reference, named, path_of


@pytest.mark.parametrize(
    ("key", "given_value", "read"),
    [
        ("base_url", " https://example.org/api/ ", "https://example.org/api"),
        ("base_url", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("api", "2026-04", "2026-04"),
        ("namespace", "my-org_1.x", "my-org_1.x"),
        ("model_image", "openai/gpt-image", "openai/gpt-image"),
        ("confirm_above", "2.50", Decimal("2.50")),
        ("confirm_above", "$3", Decimal(3)),
        ("confirm_above", 0, Decimal(0)),
        ("budget_month", Decimal("0.1"), Decimal("0.1")),
        ("budget_day", "$2", Decimal(2)),
        ("tag", " spring-Ü狐/1 ", "spring-Ü狐/1"),
        ("tag", "x" * 64, "x" * 64),
        ("token", "env:WORK_TOKEN", "env:WORK_TOKEN"),
        ("token", "keyring", "keyring"),
        ("token", "command:pass show 'oxen token'", "command:pass show 'oxen token'"),
        ("aliases.fast", "some-model", "some-model"),
    ],
)
def test_a_good_value_is_read(key: str, given_value: object, read: Any) -> None:
    """Spaces around it, a slash behind a URL and a dollar sign are taken off."""
    assert named(key).read(given_value) == read


@pytest.mark.parametrize(
    ("key", "given_value"),
    [
        ("base_url", "http://example.org"),
        ("base_url", "https://example.org/api?x=1"),
        ("base_url", "https://example.org/#x"),
        ("base_url", "https://exam\nple.org"),
        ("base_url", "https://u:p@example.org"),
        ("base_url", ""),
        ("base_url", 7),
        ("api", "2027"),
        ("api", 1),
        ("api", ["auto"]),
        ("namespace", "../x"),
        ("namespace", ""),
        ("namespace", 3),
        ("model_image", "two words"),
        ("model_image", "\x1b[31m"),
        ("model_image", "x" * 501),
        ("tag", "two words"),
        ("tag", "x" * 65),
        ("tag", "\x1b[31m"),
        ("tag", "a\u202eb"),
        ("tag", "  "),
        ("tag", 7),
        ("confirm_above", "-1"),
        ("confirm_above", "much"),
        ("confirm_above", "NaN"),
        ("confirm_above", "1e99"),
        ("confirm_above", True),
        ("confirm_above", [1]),
        ("token", "env:"),
        ("token", "env:A B"),
        ("token", "command: "),
        ("token", 5),
    ],
)
def test_a_bad_value_is_refused_with_what_it_should_be(key: str, given_value: object) -> None:
    """The complaint reads on from the setting's name."""
    with pytest.raises(ValueError, match=r"^must |^plain http "):
        named(key).read(given_value)


def test_an_unknown_setting_is_answered_with_the_closest() -> None:
    """A slip of the hand costs no search."""
    with pytest.raises(UsageError) as caught:
        named("base-url")

    assert (caught.value.message, caught.value.details) == ("no setting named base-url", ("closest: base_url",))
    with pytest.raises(UsageError) as far:
        named("xyzzy")
    assert far.value.details == ()


@pytest.mark.parametrize("name", ["", "a b", "../x", ".hidden", "-x", "a/b", "x" * 200, "\x1b"])
def test_a_profile_has_a_plain_name(name: str) -> None:
    """It stands in files and on command lines."""
    with pytest.raises(UsageError, match="the name of a profile must be"):
        check_profile_name(name)
    check_profile_name("work-2")


def test_only_aliases_have_a_table_of_their_own() -> None:
    """Everything behind the first dot is the alias."""
    assert (path_of("api"), path_of("aliases.a.b")) == (("api",), ("aliases", "a.b"))


def test_a_token_is_told_from_the_place_of_one() -> None:
    """The three kinds of places."""
    assert [is_reference(text) for text in ("keyring", "env:X", "command:x", "a-token-itself")] == [
        True,
        True,
        True,
        False,
    ]


@given(st.sampled_from(sorted(KEYS)), st.text() | st.integers() | st.decimals() | st.booleans() | st.none())
def test_reading_a_value_twice_changes_nothing(key: str, value: object) -> None:
    """A value is refused, or read into something that reads as itself."""
    setting = named(key)
    try:
        once = setting.read(value)
    except ValueError:
        return

    assert setting.read(once) == once
