"""The profiles as TAB needs them."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.completion import profiles
from inference_cli.origin import parse_origin
from inference_cli.profile import keys, settings
from inference_cli.profile.config import DEFAULT, SANDBOX, ConfigFile

CONFIG = """
default_profile = "work"
[profiles.work]
base_url = "https://API.example:443/v1"
model_image = "a"
confirm_above = 2.50
[profiles.work.aliases]
fast = "some/model:1"
[profiles.default]
namespace = "me"
"""


def facts(found: profiles.Profiles) -> tuple[object, ...]:
    """All of it, as one value."""
    return found.active, found.origins, found.aliases, found.models


EXPECTED = (
    "work",
    {"default": "https://hub.oxen.ai", "sandbox": "https://api.sandbox.invalid", "work": "https://api.example"},
    {"work": {"fast": "some/model:1"}, "default": {}},
    {"work": {"image": "a"}, "default": {}},
)


def test_the_constants_are_those_of_the_program() -> None:
    """Written again here, since importing them takes too long."""
    assert (profiles.SANDBOX, profiles.DEFAULT) == (SANDBOX, DEFAULT)
    assert str(parse_origin(settings.SANDBOX_URL)) == profiles.SANDBOX_ORIGIN
    assert str(parse_origin(keys.DEFAULT_BASE_URL)) == profiles.DEFAULT_ORIGIN


def test_the_file_is_read(tmp_path: Path) -> None:
    """Names, origins, aliases, default models."""
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)

    assert facts(profiles.read(str(tmp_path), str(config))) == EXPECTED
    assert set(EXPECTED[1]) == set(ConfigFile(config).profiles())


def test_the_copy_says_the_same_and_is_used(tmp_path: Path) -> None:
    """As long as the file is the one that it was made from; then the file is read again."""
    config, folder = tmp_path / "config.toml", tmp_path / "completion"
    config.write_text(CONFIG)
    profiles.write(folder, config)
    copy = folder / "profiles"

    read = profiles.read(str(folder), str(config))
    assert (read.active, read.origins, copy.stat().st_mode & 0o777) == ("work", EXPECTED[1], 0o600)
    assert (read.aliases, read.models) == ({"work": {"fast": "some/model:1"}}, {"work": {"image": "a"}})

    copy.write_text(copy.read_text().replace("some/model:1", "from-the-copy"))
    assert profiles.read(str(folder), str(config)).aliases["work"] == {"fast": "from-the-copy"}
    ConfigFile(config).use("default")
    assert profiles.read(str(folder), str(config)).active == "default"
    assert profiles.read(str(folder), str(config)).aliases["work"] == {"fast": "some/model:1"}


def test_there_need_be_no_file(tmp_path: Path) -> None:
    """Two profiles need none; a copy is not made of nothing."""
    config = tmp_path / "config.toml"
    profiles.write(tmp_path / "completion", config)

    assert profiles.read(str(tmp_path), str(config)).origins.keys() == {"default", "sandbox"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "profiles = 3",
        "[profiles",
        'default_profile = "a\\nb"\n[profiles]\nx = 1',
        '[profiles."-x"]\n[profiles."a\\tb"]\n',
        "[profiles.default]\naliases = 3\nbase_url = 7",
        "\ufeff",
        '[profiles.sandbox]\nbase_url = "https://evil.example"',
    ],
)
def test_a_damaged_file_is_no_error(tmp_path: Path, text: str) -> None:
    """What can be used of it is used; the sandbox is where it is."""
    config = tmp_path / "config.toml"
    config.write_text(text)
    profiles.write(tmp_path / "completion", config)

    for found in (profiles.read(str(tmp_path), str(config)), profiles.read(str(tmp_path / "completion"), str(config))):
        assert (found.active, found.origins) == ("default", profiles.Profiles().origins)


@given(
    st.sampled_from(["https", "http", "HTTPS"]),
    st.sampled_from(["hub.oxen.ai", "LOCALHOST", "127.0.0.1", "[::1]"]),
    st.sampled_from(["", ":443", ":80", ":8000"]),
    st.sampled_from(["", "/", "/api", "/a/b/"]),
)
def test_origins_are_spelled_as_everywhere(scheme: str, host: str, port: str, path: str) -> None:
    """The journal and the snapshot are looked up by this text."""
    url = f" {scheme}://{host}{port}{path} "
    if scheme == "http" and "oxen" in host:  # refused there
        return
    assert profiles.origin_of(url) == str(parse_origin(url))


def test_the_project_file_is_found_upwards(tmp_path: Path) -> None:
    """The nearest one; one that is damaged says nothing."""
    (tmp_path / "inference.toml").write_text('model_video = "v"\n[aliases]\nfast = "m"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    assert profiles.in_project(str(below)) == ({"fast": "m"}, {"video": "v"})
    (below / "inference.toml").write_text("[")
    assert profiles.in_project(str(below))[1] in ({}, {"video": "v"})
