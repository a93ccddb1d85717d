"""All checks together: one that fails itself does not hide the others."""

from collections.abc import Iterator

from inference_cli.cli.checks.rounds import _done
from inference_cli.errors import LocalError
from inference_cli.terminal.checklist import Finding

FINE = Finding("ok", "one", "fine")


def _breaking(error: Exception) -> Iterator[Finding | None]:
    yield FINE
    yield None
    raise error


def test_a_check_that_fails_itself_is_a_line() -> None:
    """What it found before stands; the words of a bug may hold anything, so that only its kind is told."""
    assert list(_done("disk", lambda: _breaking(RuntimeError("canary-token")))) == [
        FINE,
        Finding("failure", "disk", "could not be looked at (RuntimeError)", "Please report it:  inference --version"),
    ]


def test_an_error_that_a_person_can_act_on_is_told_as_it_is() -> None:
    """With its own next command."""
    assert list(_done("disk", lambda: _breaking(LocalError("it is full", hint="See:  df -h")))) == [
        FINE,
        Finding("failure", "disk", "it is full", "See:  df -h"),
    ]
