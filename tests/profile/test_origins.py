"""What was found at an origin is asked for once."""

from pathlib import Path

import pytest

from inference_cli.origin import parse_origin
from inference_cli.profile.origins import remember, remembered

HERE, THERE = parse_origin("http://127.0.0.1:8000"), parse_origin("https://example.org")


def test_each_origin_has_its_own_generation(tmp_path: Path) -> None:
    """A later finding replaces an earlier one."""
    path = tmp_path / "state" / "origins.toml"
    assert remembered(path, HERE) is None

    remember(path, HERE, "current")
    remember(path, THERE, "current")
    remember(path, HERE, "2026-04")

    assert (remembered(path, HERE), remembered(path, THERE)) == ("2026-04", "current")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    ["[[", "origins = 3", '[origins]\n"http://127.0.0.1:8000" = 7\n', '[origins]\n"http://127.0.0.1:8000" = "x"\n'],
)
def test_a_damaged_file_remembers_nothing_and_is_started_again(tmp_path: Path, text: str) -> None:
    """All of it can be asked again, so nobody is bothered."""
    path = tmp_path / "origins.toml"
    path.write_text(text)

    assert remembered(path, HERE) is None
    remember(path, HERE, "current")
    assert remembered(path, HERE) == "current"
