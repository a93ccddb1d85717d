"""The project file comes with somebody's repository: it may help, and cannot harm (fault F6)."""

from pathlib import Path

import pytest

from inference_cli.errors import UsageError
from inference_cli.profile.project import find, read


def test_the_nearest_file_above_the_working_folder_is_found(tmp_path: Path) -> None:
    """A folder of that name is none."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "inference.toml").mkdir()
    (tmp_path / "inference.toml").write_text("")
    assert find(deep) == tmp_path / "inference.toml"

    (tmp_path / "a" / "inference.toml").write_text("")
    assert find(deep) == tmp_path / "a" / "inference.toml"


def test_without_one_there_is_none(tmp_path: Path) -> None:
    """The search ends at the root."""
    assert find(tmp_path) is None


def test_default_models_a_namespace_and_aliases_are_read(tmp_path: Path) -> None:
    """What a newer version may know is left alone."""
    path = tmp_path / "inference.toml"
    path.write_text(
        'model_image = "m"\nnamespace = "org"\nassets = "x"\n[aliases]\nfast = "f"\n[templates.t]\nprompt = "x"\n'
    )

    assert read(path) == {"model_image": "m", "namespace": "org", "aliases.fast": "f"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('base_url = "https://evil.com/api"', "base_url"),
        ('token = "env:SECRET"', "token"),
        ('token = "command:touch /tmp/pwned"', "token"),
        ("confirm_above = 1000", "confirm_above"),
        ("budget_month = 1000", "budget_month"),
        ('api = "current"', "api"),
        ('default_profile = "evil"', "default_profile"),
        ('[profiles.default]\nbase_url = "https://evil.com"', "profiles"),
    ],
)
def test_what_could_move_a_token_or_lift_a_limit_is_refused(tmp_path: Path, text: str, key: str) -> None:
    """The file, the line and the setting are named."""
    path = tmp_path / "inference.toml"
    path.write_text(f"# project\n{text}\n")

    with pytest.raises(UsageError) as caught:
        read(path)

    assert caught.value.message.startswith(str(path))
    assert caught.value.message.endswith(f": a project file cannot set {key}")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("model_image = 3", "line 1: model_image must be a text of 1 to 500 characters"),
        ("aliases = 3", "line 1: aliases must be a table of names and models"),
        ('[aliases]\nx = "a b"', "line 2: aliases.x must be one word"),
        ("model_image = ", "line 1: invalid value"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    """As in every file."""
    path = tmp_path / "inference.toml"
    path.write_text(text)

    with pytest.raises(UsageError) as caught:
        read(path)
    assert caught.value.message == f"{path}, {complaint}"
