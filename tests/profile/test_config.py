"""The configuration file: read with complaints that name the line, changed without loss."""

from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.errors import LocalError, NotFoundError, UsageError
from inference_cli.profile.config import ConfigFile


@pytest.fixture
def file(tmp_path: Path) -> ConfigFile:
    """A configuration file that does not exist yet."""
    return ConfigFile(tmp_path / "inference" / "config.toml")


def _written(file: ConfigFile, text: str) -> ConfigFile:
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_text(text)
    return ConfigFile(file.path)


def test_without_a_file_there_are_the_built_in_profiles(file: ConfigFile) -> None:
    """Nothing has to be written before the first command."""
    assert (file.active(), file.profiles(), file.read("default")) == ("default", ("default", "sandbox"), {})
    assert not file.path.exists()


def test_the_settings_of_a_profile_are_read_and_checked(file: ConfigFile) -> None:
    """Aliases by their own names; unknown keys are a newer version's and left alone."""
    file = _written(
        file,
        'default_profile = "work"\n[profiles.work]\nbase_url = "https://example.org/api/"\nconfirm_above = 2.5\n'
        'color = "blue"\n[profiles.work.aliases]\nfast = "some-model"\n[profiles.broken]\napi = 3\n',
    )

    assert (file.active(), file.profiles()) == ("work", ("default", "work", "broken", "sandbox"))
    assert file.read("work") == {
        "base_url": "https://example.org/api",
        "confirm_above": Decimal("2.5"),
        "aliases.fast": "some-model",
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("default_profile = 3\n", "line 1: default_profile must be the name of a profile in quotes"),
        ('default_profile = ""\n', "line 1: default_profile must be the name of a profile in quotes"),
        ("profiles = 3\n", "line 1: profiles must be a table for each profile: [profiles.NAME]"),
        ("[profiles]\ndefault = 3\n", "line 2: profiles.default must be a table: [profiles.NAME]"),
        ("[profiles.default]\naliases = 1\n", "line 2: profiles.default.aliases must be a table of names and models"),
        (
            "[profiles.default]\n\napi = 'new'\n",
            "line 3: profiles.default.api must be one of auto, current, 2026-04, openai",
        ),
        (
            "[profiles.default.aliases]\nx = 1\n",
            "line 2: profiles.default.aliases.x must be a text of 1 to 500 characters",
        ),
        ("profiles = {default = {api = 1}}\n", ": profiles.default.api must be one of auto, current, 2026-04, openai"),
        ("version = 2\n", "line 1: version is 2, and this program knows only 1"),
        ("[profiles.default\n", "line 1: expected ']' at the end of a table declaration"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(file: ConfigFile, text: str, complaint: str) -> None:
    """The file is never reset by itself (fault E1)."""
    file = _written(file, text)

    with pytest.raises(UsageError) as caught:
        (file.active(), file.profiles(), file.read("default"))

    assert caught.value.message.startswith(str(file.path))
    assert caught.value.message.endswith(complaint)
    assert file.path.read_text() == text


def test_setting_a_value_keeps_comments_and_the_version_before(file: ConfigFile) -> None:
    """The file is private, and so is its copy."""
    before = "# mine\n[profiles.default] # yes\napi = 'auto' # found out\n"
    file = _written(file, before)

    file.set("default", "namespace", "my-org")

    assert file.path.read_text() == before + 'namespace = "my-org"\n'
    kept = file.path.with_name("config.toml.bak")
    assert kept.read_text() == before
    assert [path.stat().st_mode & 0o777 for path in (file.path, kept, file.path.parent)] == [0o600, 0o600, 0o700]
    assert file.read("default") == {"api": "auto", "namespace": "my-org"}


def test_setting_what_is_set_already_writes_nothing(file: ConfigFile) -> None:
    """The version before the last change stays the version before the last change."""
    file.set("default", "api", "current")
    file.set("default", "api", "current")

    assert not file.path.with_name("config.toml.bak").exists()


def test_values_are_written_as_toml_would_have_them(file: ConfigFile) -> None:
    """Money as a number, exactly as typed; an alias in its table; a profile is made on the way."""
    file.set("work", "confirm_above", "2.50")
    file.set("work", "aliases.fast", "some/model")

    assert file.path.read_text() == (
        '[profiles.work]\nconfirm_above = 2.50\n\n[profiles.work.aliases]\nfast = "some/model"\n'
    )


@pytest.mark.parametrize(
    ("profile", "key", "value", "complaint"),
    [
        ("default", "api", "new", "api must be one of auto, current, 2026-04, openai"),
        ("default", "colour", "blue", "no setting named colour"),
        ("a b", "api", "auto", "the name of a profile must be a name of letters, digits, dots, dashes and underscores"),
        ("sandbox", "base_url", "https://example.org", "base_url of the sandbox is fixed"),
        ("sandbox", "token", "keyring", "token of the sandbox is fixed"),
        (
            "default",
            "token",
            "canary-token-itself",
            "a token itself is not set this way: it would be seen in the list of processes",
        ),
    ],
)
def test_a_value_that_cannot_be_is_not_written(
    file: ConfigFile, profile: str, key: str, value: str, complaint: str
) -> None:
    """The complaint names the setting and never a token (fault F1)."""
    with pytest.raises(UsageError) as caught:
        file.set(profile, key, value)

    assert caught.value.message == complaint
    assert not file.path.exists()


def test_the_sandbox_takes_the_settings_that_are_not_fixed(file: ConfigFile) -> None:
    """Its generation of the API, say; a fixed one written by hand is refused."""
    file.set("sandbox", "api", "2026-04")
    assert file.read("sandbox") == {"api": "2026-04"}

    file = _written(file, '[profiles.sandbox]\nbase_url = "https://example.org"\n')
    with pytest.raises(UsageError, match="base_url of the sandbox is fixed"):
        file.read("sandbox")


def test_a_value_is_unset_once(file: ConfigFile) -> None:
    """What was not there is said, and nothing is written for it."""
    file.set("default", "api", "auto")

    assert (file.unset("default", "api"), file.unset("default", "api")) == (True, False)
    assert (file.unset("gone", "aliases.x"), file.read("default")) == (False, {})


def test_a_damaged_file_is_not_changed(file: ConfigFile) -> None:
    """Its person has to see to it first (fault E1)."""
    file = _written(file, "[profiles.default\n")

    with pytest.raises(UsageError, match="line 1"):
        file.set("default", "api", "auto")
    with pytest.raises(UsageError, match="line 1"):
        file.use("default")
    assert file.path.read_text() == "[profiles.default\n"


def test_a_profile_becomes_the_default_one(file: ConfigFile) -> None:
    """Any that exists, the built-in ones included."""
    file.set("work", "api", "auto")
    file.use("work")
    assert file.active() == "work"
    file.use("sandbox")
    assert file.active() == "sandbox"


def test_a_profile_that_does_not_exist_is_answered_with_the_closest(file: ConfigFile) -> None:
    """Exit 4, and nothing is written."""
    file.set("work", "api", "auto")

    with pytest.raises(NotFoundError) as caught:
        file.use("wrok")
    assert (caught.value.message, caught.value.details) == ("no profile named wrok", ("closest: work",))
    with pytest.raises(NotFoundError) as named:
        file.require("xyz", "environment INFERENCE_PROFILE")
    assert named.value.message == "no profile named xyz (named by environment INFERENCE_PROFILE)"
    assert named.value.details == ()


def test_a_repaired_mode_is_told(file: ConfigFile) -> None:
    """Others could read it until now (fault E2)."""
    said: list[str] = []
    file = _written(file, "")
    file.path.chmod(0o644)

    ConfigFile(file.path, notice=said.append).active()

    assert said[0] == f"others could read {file.path}; its mode is now 0600"


def test_a_folder_that_cannot_be_written_is_an_error_of_this_machine(tmp_path: Path) -> None:
    """Exit 11 (fault E10)."""
    (tmp_path / "file").write_text("")

    with pytest.raises(LocalError):
        ConfigFile(tmp_path / "file" / "config.toml").set("default", "api", "auto")
