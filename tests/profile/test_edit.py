"""One change at a time, with everything else left as the person wrote it."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import UsageError
from inference_cli.profile.edit import with_value, without
from inference_cli.profile.tomlfile import parse

PATH = Path("config.toml")
WRITTEN = """\
# my settings
default_profile = "work" # for now

[profiles.work] # the office
api = 'auto'  # found out

# at home
[profiles.home]
namespace = "me"
# the end
"""


def test_a_value_is_changed_in_its_place() -> None:
    """Comments, quotes elsewhere and order survive."""
    assert with_value(WRITTEN, ("profiles", "work", "api"), "current", PATH) == WRITTEN.replace("'auto'", '"current"')


def test_a_new_value_joins_its_table_above_the_next_ones_comment() -> None:
    """A comment stays with what it speaks of."""
    text = with_value(WRITTEN, ("profiles", "work", "confirm_above"), Decimal("2.50"), PATH)
    text = with_value(text, ("profiles", "work", "aliases", "a.b"), "m", PATH)

    assert text == WRITTEN.replace(
        "# found out\n", '# found out\nconfirm_above = 2.50\n\n[profiles.work.aliases]\n"a.b" = "m"\n'
    )


def test_a_new_profile_gets_a_table_at_the_end() -> None:
    """With an empty line above it."""
    assert with_value(WRITTEN, ("profiles", "new", "api"), "auto", PATH) == (
        WRITTEN + '\n[profiles.new]\napi = "auto"\n'
    )


def test_the_first_value_makes_the_file() -> None:
    """From nothing."""
    assert with_value("", ("profiles", "default", "api"), "auto", PATH) == '[profiles.default]\napi = "auto"\n'


def test_a_value_at_the_top_stays_above_the_tables() -> None:
    """It must not become a value of a table."""
    text = with_value("[profiles.a]\n", ("default_profile",), "a", PATH)

    assert parse(text, PATH) == {"default_profile": "a", "profiles": {"a": {}}}


def test_a_value_is_removed_with_its_line() -> None:
    """Nothing else moves."""
    assert without(WRITTEN, ("profiles", "work", "api"), PATH) == WRITTEN.replace("api = 'auto'  # found out\n", "")


def test_profiles_that_do_not_stand_together_are_edited_too() -> None:
    """Tables of other programs may stand between them."""
    text = "[profiles.a]\nx = 1\n[other]\ny = 1\n[profiles.b]\nz = 1\n"

    edited = with_value(text, ("profiles", "b", "api"), "auto", PATH)

    assert parse(edited, PATH) == {"profiles": {"a": {"x": 1}, "b": {"z": 1, "api": "auto"}}, "other": {"y": 1}}


@pytest.mark.parametrize(
    "text",
    ["profiles = {a = {api = 'auto'}}\n", "profiles = 3\n", "[profiles]\na = 3\n"],
)
def test_what_cannot_be_edited_safely_is_left_to_the_person(text: str) -> None:
    """No guess is ever written."""
    with pytest.raises(UsageError) as caught:
        with_value(text, ("profiles", "a", "aliases", "x"), "m", PATH)

    assert caught.value.hint == "Edit it by hand"


def test_an_edit_that_turns_out_wrong_is_refused() -> None:
    """Dotted keys at the top: the editor's result means something else, which is noticed."""
    with pytest.raises(UsageError, match="cannot edit safely"):
        with_value("profiles.a.api = 'auto'\nprofiles.a.x = 1\n", ("profiles", "b", "api"), "auto", PATH)


def test_a_line_inside_a_text_is_no_header() -> None:
    """It is left alone although it looks like one."""
    text = 'a = """\nx\n[profiles.b]\n"""\n[profiles.a]\n'

    assert with_value(text, ("profiles", "a", "api"), "auto", PATH) == text + 'api = "auto"\n'


_NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True)
_VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20) | st.decimals(0, 1000, places=2)


@given(st.lists(st.tuples(_NAMES, st.sampled_from(["api", "namespace", "x.y"]), _VALUES), min_size=1, max_size=6))
def test_whatever_is_set_can_be_read_and_removed_again(changes: list[tuple[str, str, str | Decimal]]) -> None:
    """The file always holds exactly what was set."""
    text, expected = "# top\n", dict[str, dict[str, str | Decimal]]()
    for profile, key, value in changes:
        text = with_value(text, ("profiles", profile, key), value, PATH)
        expected.setdefault(profile, {})[key] = value
    assert parse(text, PATH) == {"profiles": expected}

    profile, key, _ = changes[-1]
    del expected[profile][key]
    assert (
        parse(without(text, ("profiles", profile, key), PATH), PATH).get("profiles", {}).get(profile, {})
        == (expected[profile])
    )
