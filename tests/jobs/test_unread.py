"""Answers to paid requests that name no generation."""

import stat
from pathlib import Path
from typing import Any, cast

import pytest

from inference_cli.errors import InferenceError, PartialError, UnknownOutcomeError
from inference_cli.jobs.unread import keep_answer
from tests.support.jobs import journal_in


class Desk:
    """As much of a bench as this needs."""

    def __init__(self, folder: Path) -> None:
        self.journal = journal_in(folder)


class Asked:
    """As much of an intent as this needs."""

    id = "intent-1"


def unknown(answer: str, *ids: str) -> UnknownOutcomeError:
    """An error that came with that answer."""
    error = UnknownOutcomeError("the answer names no generation", details=["first"], generation_ids=ids)
    error.answer = answer
    return error


def test_C32_it_is_kept_for_its_owner(tmp_path: Path) -> None:
    """Beside the journal, up to 64 kB of it, and the person is told where."""
    error = unknown("x" * 100_000)
    keep_answer(error, cast(Any, Asked()), cast(Any, Desk(tmp_path)))

    path = tmp_path / "answers" / "intent-1.txt"
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("x" * 65_536, 0o600)
    assert error.details == ("first", f"its answer is kept in {path}")


@pytest.mark.parametrize("error", [unknown(" \n"), unknown("[]", "a"), PartialError("some")])
def test_C32_what_says_nothing_more(tmp_path: Path, error: InferenceError) -> None:
    """Nothing was answered, or its ids are known: nothing is kept."""
    keep_answer(error, cast(Any, Asked()), cast(Any, Desk(tmp_path)))
    assert not (tmp_path / "answers").exists()


def test_C32_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """The error is what it was."""
    (tmp_path / "answers").write_bytes(b"")
    error = unknown("[]")
    keep_answer(error, cast(Any, Asked()), cast(Any, Desk(tmp_path)))
    assert error.details == ("first",)
