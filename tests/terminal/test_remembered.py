"""What was typed, kept between conversations."""

import json
import os
from pathlib import Path

import pytest

from inference_cli.terminal import remembered
from inference_cli.terminal.remembered import Remembered


def _at(path: Path, said: list[str] | None = None) -> Remembered:
    return Remembered(path, (said if said is not None else []).append)


def test_entries_come_back_newest_first(tmp_path: Path) -> None:
    """Several lines are one entry; the same one twice in a row is kept once."""
    path = tmp_path / "data" / "entries"
    first = _at(path)
    for entry in ("one", "two\nlines", "two\nlines", "  ", "\udc80 \u2028"):
        first.add(entry)

    assert list(_at(path).newest_first()) == ["\udc80 \u2028", "two\nlines", "one"]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_token_that_was_typed_is_not_kept(tmp_path: Path) -> None:
    """It is masked on the disk; the same entry twice is still the same."""
    entries = Remembered(tmp_path / "entries", print, lambda text: text.replace("canary", "***"))
    entries.add("my token is canary")
    entries.add("my token is canary")

    assert list(entries.newest_first()) == ["my token is ***"]


def test_a_file_that_others_can_read_is_closed(tmp_path: Path) -> None:
    """Whoever made it."""
    path = tmp_path / "entries"
    path.touch(0o644)
    _at(path).add("one")

    assert path.stat().st_mode & 0o777 == 0o600


def test_damaged_lines_are_passed_over(tmp_path: Path) -> None:
    """A killed writer costs one entry at most."""
    path = tmp_path / "entries"
    path.write_bytes(b'"one"\n{"no": 1}\n"cu\n\xff\n[1\n"two"\n')

    assert list(_at(path).newest_first()) == ["two", "one"]


def test_the_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    """Above twice what is read the older half goes; too long an entry is not kept."""
    path = tmp_path / "entries"
    path.write_bytes(b"".join(json.dumps(f"{number:0100}").encode() + b"\n" for number in range(9_800)))
    kept = _at(path)
    kept.add("x" * (remembered.LONGEST + 1))
    kept.add("last")

    found = list(_at(path).newest_first())
    assert path.stat().st_size <= remembered.KEPT
    assert (found[0], found[1], len(found) > 4_000) == ("last", f"{9_799:0100}", True)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    """The conversation goes on."""
    tmp_path.chmod(0o500)
    said: list[str] = []
    kept = _at(tmp_path / "entries", said)
    kept.add("one")
    kept.add("two")

    assert said == ["what is typed cannot be remembered: Permission denied"]


def test_a_file_in_the_place_of_the_folder_is_said_once(tmp_path: Path) -> None:
    """The conversation goes on."""
    (tmp_path / "data").touch()
    said: list[str] = []
    kept = _at(tmp_path / "data" / "entries", said)
    kept.add("one")
    kept.add("two")

    assert (len(said), list(kept.newest_first())) == (1, [])
