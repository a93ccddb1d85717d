"""Real costs, as the server says them, in the journal."""

from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from inference_cli.api.dialect import LEGACY
from inference_cli.api.records import Generation
from inference_cli.errors import TemporaryError
from inference_cli.jobs.costs import bring, cost_of, keep
from inference_cli.jobs.inspect import inspect
from inference_cli.jobs.order import Body
from inference_cli.jobs.tracked import tracked_from_journal
from tests.support.fakes import story
from tests.support.jobs import Scene, order_for, scene

D = Decimal


NOW = 1_790_000_000.0
"""When it is looked at."""


def row(status: str, *, ended: float | None = NOW - 60, **fields: Any) -> Generation:
    """A row of the server."""
    times = {"enqueued_at": NOW - 900, "completed_at": ended}
    return Generation.from_json({"generation_id": "a", "status": status, **times, **fields})


@pytest.mark.parametrize(
    ("found", "cost"),
    [
        (row("succeeded", cost="0.35"), D("0.35")),
        (row("succeeded", cost=0), D(0)),
        (row("succeeded", cost=None), None),
        (row("succeeded"), None),
        (row("succeeded", cost="-1"), None),
        (row("processing", cost="0.35"), None),
        (row("failed", cost="0.10"), D("0.10")),
        (row("failed", cost=None), D(0)),
        (row("cancelled", cost=None), D(0)),
        (row("failed", cost="-0.10"), D(0)),
        (row("failed"), None),
        (row("failed", cost=None, ended=NOW - 59), None),
        (row("failed", cost="0.10", ended=NOW - 59), None),
        (row("cancelled", cost=None, ended=None), D(0)),
        (row("cancelled", cost=None, ended=None, enqueued_at=None), None),
        (row("warming", cost=None), None),
    ],
)
def test_what_a_row_says_of_its_cost(found: Generation, cost: Decimal | None) -> None:
    """Nothing before the end; a bad end is free only where a row that has a cost says so, a minute later."""
    assert cost_of(found, now=NOW) == cost


def accepted(made: Scene, *ids: str, direct: bool = False) -> None:
    """One request in the journal that made these."""
    (intent,) = made.journal.plan(order_for(Body({}, len(ids), 1), estimate=D(1)), cwd=made.folder)
    made.journal.accepted(intent, ids, direct=direct)


def costs(made: Scene) -> dict[str, Decimal | None]:
    """What the journal knows."""
    return {kept.id: kept.cost for kept in made.journal.recent()}


def test_costs_are_kept_of_what_is_known_here(tmp_path: Path) -> None:
    """Rows of somebody else's generations change nothing."""
    with scene(tmp_path) as made:
        accepted(made, "a", "b")
        keep(made.journal, [row("succeeded", cost="0.0700"), row("succeeded", cost=1, generation_id="z")])
        assert costs(made) == {"a": D("0.07"), "b": None}


def test_a_few_are_asked_for_one_by_one(tmp_path: Path) -> None:
    """What is known already is not asked for; what nobody knows is left out."""
    lives = {name: story(name, (0, "succeeded"), cost="0.25") for name in ("a", "b")}
    with scene(tmp_path, stories=lives) as made:
        accepted(made, "a", "b", "c")
        made.journal.charged([("a", D("0.20"))])
        assert bring(cast(Any, made.client), made.journal, ["a", "b", "c"]) == {"a": D("0.20"), "b": D("0.25")}
        assert made.client.calls == ["costs b c"]
        assert costs(made) == {"a": D("0.20"), "b": D("0.25"), "c": None}


def test_many_are_asked_for_by_one_page(tmp_path: Path) -> None:
    """Nine are more than eight."""
    ids = [f"g{number}" for number in range(9)]
    with scene(
        tmp_path, stories={name: story(name, (0, "failed"), cost=None, completed_at=NOW - 60) for name in ids}
    ) as made:
        accepted(made, *ids)
        assert bring(cast(Any, made.client), made.journal, ids) == dict.fromkeys(ids, D(0))
        assert made.client.calls == ["costs of all"]


def test_an_older_api_is_not_asked(tmp_path: Path) -> None:
    """2026-04 has no history: the estimate stands."""
    with scene(tmp_path, dialect=LEGACY) as made:
        accepted(made, "a")
        assert bring(cast(Any, made.client), made.journal, ["a"]) == {}
        assert made.client.calls == []


def test_a_row_of_another_generation_costs_nothing_here(tmp_path: Path) -> None:
    """A server that answers about something else is not believed (fault H8)."""
    with scene(tmp_path, stories={"a": story("a", (0, "succeeded"), cost="0.25", generation_id="b")}) as made:
        accepted(made, "a", "b")
        assert bring(cast(Any, made.client), made.journal, ["a"]) == {}


def test_trouble_is_silent(tmp_path: Path) -> None:
    """Neither the server nor the journal makes a command fail that has its files."""
    with scene(tmp_path, outages=[(0, 9, TemporaryError("the connection broke"))]) as made:
        accepted(made, "a")
        assert bring(cast(Any, made.client), made.journal, ["a"]) == {}
    (tmp_path / "b").mkdir()
    with scene(tmp_path / "b") as made:
        made.journal.path.mkdir()
        assert bring(cast(Any, made.client), made.journal, ["a"]) == {}


def test_a_look_at_one_generation_keeps_its_cost(tmp_path: Path) -> None:
    """`queue show`; later it is known without being asked for."""
    with scene(tmp_path, stories={"a": story("a", (0, "succeeded"), cost="0.25")}) as made:
        accepted(made, "a")
        (tracked,) = tracked_from_journal(made.journal, ["a"])
        assert inspect(cast(Any, made.client), made.journal, tracked).result.cost == D("0.25")
        assert costs(made) == {"a": D("0.25")}


def test_rows_that_are_followed_keep_their_costs(tmp_path: Path) -> None:
    """`queue wait` and `download`, where the row carries a cost."""
    lives = {
        "a": story("a", (0, "succeeded"), cost="0.25"),
        "b": story("b", (0, "failed"), cost="0.01", completed_at=NOW - 60),
    }
    with scene(tmp_path, stories=lives) as made:
        accepted(made, "a", "b")
        made.collect(tracked_from_journal(made.journal, ["a", "b"]))
        assert costs(made) == {"a": D("0.25"), "b": D("0.01")}
