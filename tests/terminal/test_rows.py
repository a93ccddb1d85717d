"""One output while it is watched."""

import pytest

from inference_cli.jobs.updates import Phase, Update
from inference_cli.terminal.rows import Row


def downloading(received: int, total: int | None = 1000) -> Update:
    """An update of a download."""
    return Update("a", "fox", Phase.DOWNLOADING, received=received, total=total, elapsed=4.0)


@pytest.mark.parametrize(
    ("phase", "queued", "direct", "style"),
    [
        (Phase.SENDING, "sending", "generating", "waiting"),
        (Phase.QUEUED, "queued", "queued", "waiting"),
        (Phase.PROCESSING, "processing", "processing", "waiting"),
        (Phase.SUCCEEDED, "succeeded", "generated", "waiting"),
        (Phase.DOWNLOADING, "downloading", "downloading", "waiting"),
        (Phase.SAVED, "done", "generated", "good"),
        (Phase.SKIPPED, "skipped", "skipped", "dim"),
        (Phase.FAILED, "failed", "failed", "bad"),
        (Phase.CANCELLED, "cancelled", "cancelled", "dim"),
        (Phase.VANISHED, "vanished", "vanished", "bad"),
        (Phase.UNKNOWN, "unknown", "unknown", "waiting"),
    ],
)
def test_every_phase_has_a_word_and_a_colour(phase: Phase, queued: str, direct: str, style: str) -> None:
    """Green done, yellow waiting, red failed, dim for what may be skipped."""
    row = Row(Update("a", "fox", phase), 0.0)
    assert (row.word(direct=False), row.word(direct=True), row.style) == (queued, direct, style)


def test_an_unknown_state_is_shown_verbatim_and_safe() -> None:
    """What the server says stands there (fault C18)."""
    assert Row(Update("a", "fox", Phase.UNKNOWN, status="thrott\x1bled"), 0.0).word(direct=False) == "thrott␛led"


def test_time_goes_on_between_updates_until_the_end() -> None:
    """A running output ages by the clock; an ended one stands still; the clock never takes time back (fault C27)."""
    row = Row(Update("a", "fox", Phase.PROCESSING, elapsed=10.0), 100.0)
    assert (row.elapsed(102.5), row.elapsed(90.0)) == (12.5, 10.0)
    assert (row.time(162.0, direct=False), row.time(102.5, direct=True)) == ("0:01:12", "12.5 s")
    assert row.time(174.0, direct=True) == "1 min 24 s"
    assert row.after(Update("a", "fox", Phase.SAVED, elapsed=11.0), 101.0).elapsed(500.0) == 11.0


def test_speed_is_measured_over_the_last_seconds() -> None:
    """Old samples are forgotten, so that a stall shows; without two moments there is no speed."""
    row = Row(Update("a", "fox", Phase.SUCCEEDED), 0.0)
    assert (row.speed, row.left) == (None, None)
    row = row.after(downloading(0), 0.0)
    assert (row.speed, row.left) == (None, None)
    row = row.after(downloading(100), 1.0)
    assert (row.speed, row.left) == (100.0, 9.0)
    for second in range(2, 11):
        row = row.after(downloading(100 + 10 * second), float(second))
    assert (row.speed, len(row.samples)) == (10.0, 6)
    row = row.after(downloading(200, total=None), 11.0)
    assert row.left is None
    assert row.after(Update("a", "fox", Phase.SAVED), 12.0).samples == ()


def test_a_restarted_download_has_no_negative_speed() -> None:
    """A server that ignores the range starts again at 0 (fault D4)."""
    row = Row(downloading(500), 0.0).after(downloading(500), 0.0).after(downloading(0), 1.0)
    assert (row.speed, row.left) == (None, None)
