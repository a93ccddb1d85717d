"""One past generation, from the server and from the journal."""

from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.api.records import Generation, State
from inference_cli.jobs.past import Past
from tests.support.jobs import journal_in, order_for

ROW = {
    "generation_id": "a",
    "model_name": "m/1",
    "media_type": "video",
    "status": "completed",
    "enqueued_at": 100,
    "started_at": 105,
    "cost": "0.3500",
    "prompt": "waves",
}


def test_a_row_of_the_server_takes_tag_estimate_and_file_from_the_journal(tmp_path: Path) -> None:
    """What the server says wins; its word for the state stays as it is."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(estimate=Decimal("0.30"), tag="ad"), cwd=tmp_path)
        journal.accepted(intent, ["a"])
        (tmp_path / "a.mp4").write_bytes(b"1234")
        journal.downloaded("a", path=f"{tmp_path}/a.mp4", size=4, sha256="ab")
        kept = journal.get("a")

    past = Past.of_server(Generation.from_json(ROW), kept)

    assert past == Past(
        "a", "m/1", "video", "completed", State.SUCCEEDED, 100.0, Decimal("0.3500"), Decimal("0.3"), "ad", "waves",
        kept, ROW,
    )  # fmt: skip
    assert (past.file, past.difference, past.direct) == (tmp_path / "a.mp4", Decimal("0.05"), False)
    assert Past.of_server(Generation.from_json(ROW), kept, whole=False).raw == {}


def test_a_row_that_nobody_here_knows_stands_alone() -> None:
    """Any of its times will do; what is missing is not made up."""
    past = Past.of_server(Generation.from_json({"id": "x", "status": "odd", "completed_at": 7}), None)

    assert past == Past("x", None, None, "odd", State.UNKNOWN, 7.0, raw={"id": "x", "status": "odd", "completed_at": 7})
    assert (past.file, past.difference, past.direct) == (None, None, False)


@pytest.mark.parametrize(
    ("change", "direct", "state"),
    [
        (None, False, State.QUEUED),
        (None, True, State.SUCCEEDED),
        ("failed", False, State.FAILED),
        ("cancelled", False, State.CANCELLED),
        ("vanished", False, State.VANISHED),
        ("unknown", False, State.UNKNOWN),
        ("downloaded", False, State.SUCCEEDED),
    ],
)
def test_the_journal_alone_tells_a_state_too(tmp_path: Path, change: str | None, direct: bool, state: State) -> None:
    """Its last word; a direct answer was complete when it came."""
    with journal_in(tmp_path) as journal:
        (intent,) = journal.plan(order_for(estimate=Decimal("0.02")), cwd=tmp_path)
        journal.accepted(intent, ["a"], direct=direct, status="queued")
        if change == "downloaded":
            journal.downloaded("a", path="-", size=1, sha256="00")
        elif change is not None:
            journal.moved([("a", change, change, None)])
        kept = journal.get("a")

    assert kept is not None
    assert Past.of_journal(kept) == Past(
        "a", "fox-1", "image", state.value, state, kept.accepted, None, Decimal("0.02"), None, "a red fox", kept
    )
    assert Past.of_journal(kept).direct == direct
