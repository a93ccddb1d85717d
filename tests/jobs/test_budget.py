"""Budgets in the journal: reserved before anything is sent, free again after a refusal, settled to the real cost."""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from inference_cli.api.records import Output
from inference_cli.clock import ManualClock
from inference_cli.errors import BudgetError, RefusedError, TemporaryError, UnknownOutcomeError
from inference_cli.jobs.budget import check, standings
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import Intent
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body
from inference_cli.money.budget import DAY, MONTH, Charge, Limit, period_of, spent_on
from inference_cli.origin import Origin, parse_origin
from tests.support.crowded import Crowd, crowd_journal
from tests.support.fakes import story
from tests.support.jobs import Scene, journal_in, order_for, scene

D = Decimal
ONE_A_DAY = (Limit(DAY, D(1)),)


def plan(journal: Journal, price: str | None, *, limits: tuple[Limit, ...] = ONE_A_DAY, count: int = 1) -> Intent:
    """Plan one request at that price under a budget."""
    estimate = None if price is None else D(price)
    order = order_for(Body({"n": price}, count, 1), estimate=estimate)
    return journal.plan(order, cwd=Path.cwd(), limits=limits)[0]


def left(journal: Journal) -> str:
    """What is left of a dollar a day."""
    (found,) = standings(journal, ONE_A_DAY)
    return f"{found.left:f}"


def test_a_price_is_reserved_when_it_is_planned(tmp_path: Path) -> None:
    """The next one sees it; what does not fit leaves no row."""
    with journal_in(tmp_path) as journal:
        plan(journal, "0.70")
        assert left(journal) == "0.3"
        with pytest.raises(BudgetError) as caught:
            plan(journal, "0.35")
        assert caught.value.hint == "Nothing was sent.  Raise it:  inference config set budget_day 2"
        plan(journal, "0.30")
        assert left(journal) == "0"


SENT = ("sending", None)
BOTH = ("accepted", None, ["a", "b"])
ONE = ("accepted", None, ["a"])


@pytest.mark.parametrize(
    ("steps", "rest"),
    [
        ([("not_sent", None)], "1"),
        ([SENT, ("refused", None, "no")], "1"),
        ([SENT], "0.4"),
        ([SENT, ("unknown", None, "it broke")], "0.4"),
        ([SENT, BOTH], "0.4"),
        ([SENT, ONE], "0.4"),
        ([SENT, BOTH, ("charged", [("a", D("0.1"))])], "0.6"),
        ([SENT, ONE, ("charged", [("a", D("0.1"))])], "0.6"),
        ([SENT, BOTH, ("moved", [("a", "failed", "failed", "no"), ("b", "cancelled", "cancelled", None)])], "0.4"),
        ([SENT, BOTH, ("charged", [("a", D(0)), ("b", D("0.35"))])], "0.65"),
    ],
)
def test_what_counts_afterwards(tmp_path: Path, steps: list[tuple[Any, ...]], rest: str) -> None:
    """A refusal frees it; whatever may have been accepted counts, with its cost as soon as that is known."""
    with journal_in(tmp_path) as journal:
        intent = plan(journal, "0.60", count=2)
        for name, first, *others in steps:
            getattr(journal, name)(intent if first is None else first, *others)
        assert left(journal) == rest


def test_another_origin_has_its_own(tmp_path: Path) -> None:
    """What the sandbox charges is no money."""
    with journal_in(tmp_path) as journal, journal_in(tmp_path, origin=Origin("https", "b.example", 443)) as other:
        plan(journal, "0.70")
        assert (left(journal), left(other)) == ("0.3", "1")


def test_the_next_day_begins_anew_and_the_month_goes_on(tmp_path: Path) -> None:
    """Both budgets hold at once."""
    clock, both = ManualClock(1_790_000_000.0), (Limit(DAY, D(1)), Limit(MONTH, D("1.5")))
    with journal_in(tmp_path, clock=clock) as journal:
        plan(journal, "0.90", limits=both)
        with pytest.raises(BudgetError, match="for today"):
            plan(journal, "0.20", limits=both)
        clock.sleep(86_400)
        plan(journal, "0.20", limits=both)
        with pytest.raises(BudgetError, match="for this month"):
            plan(journal, "0.50", limits=both)
        clock.sleep(31 * 86_400)
        plan(journal, "0.90", limits=both)


def test_several_requests_are_reserved_together_or_not_at_all(tmp_path: Path) -> None:
    """A command that is half paid for is nothing."""
    bodies = tuple(Body({"n": number}, 1, number) for number in (1, 2, 3))
    with journal_in(tmp_path) as journal:
        with pytest.raises(BudgetError):
            journal.plan(order_for(*bodies, estimate=D("1.2")), cwd=tmp_path, limits=ONE_A_DAY)
        assert left(journal) == "1"
        journal.plan(order_for(*bodies, estimate=D("0.9")), cwd=tmp_path, limits=ONE_A_DAY)
        assert left(journal) == "0.1"


def test_no_price_is_refused_under_a_budget_and_named_later(tmp_path: Path) -> None:
    """What was asked for before it was set does not count, and it is said."""
    with journal_in(tmp_path) as journal:
        with pytest.raises(BudgetError, match="the price of this is not known"):
            plan(journal, None)
        journal.accepted(plan(journal, None, limits=(), count=2), ["a", "b"])
        (found,) = standings(journal, ONE_A_DAY)
        assert (found.spent.unpriced, found.left) == (2, D(1))
        journal.charged([("a", D("0.30"))])
        (found,) = standings(journal, ONE_A_DAY)
        assert (found.spent.unpriced, found.left) == (1, D("0.70"))


def test_without_a_budget_nothing_is_held(tmp_path: Path) -> None:
    """And nothing is read."""
    with journal_in(tmp_path) as journal:
        check(journal, (), D(1000))
        assert standings(journal, ()) == ()
        plan(journal, "1000", limits=())


# ------------------------------------------------------------------------------------------ in a command


def order(price: str, *, route: Any = "queue") -> Any:
    """One generation at that price; no two are equal."""
    return order_for(Body({"price": price}, 1, 1), estimate=D(price), route=route)


def run(made: Scene, price: str, **more: Any) -> None:
    """Ask for one generation under a dollar a day, without waiting."""
    made.run(order(price), wait=False, limits=ONE_A_DAY, **more)


def test_what_does_not_fit_is_not_sent(tmp_path: Path) -> None:
    """Exit 6; a request that the server refuses frees its part for the next."""
    with scene(tmp_path, enqueued=[RefusedError("no"), ["a"]]) as made:
        run(made, "0.70")
        run(made, "0.80")
        assert made.client.calls == ["enqueue", "enqueue"]
        run(made, "0.30")
        assert isinstance(made.broken, BudgetError)
        assert made.broken.details[0] == ("spent so far: $0.80, of which $0.80 is reserved for what is not charged yet")
        assert made.client.calls == ["enqueue", "enqueue", "costs a"]


def test_a_refusal_is_final_only_after_a_look_at_real_costs(tmp_path: Path) -> None:
    """Two films that were cheaper than estimated make room for a third; one call tells, and what is known stays."""
    lives = {name: story(name, (0, "succeeded"), cost="0.10") for name in "ab"}
    with scene(tmp_path, stories=lives, enqueued=[["a"], ["b"], ["c"]]) as made:
        run(made, "0.45")
        run(made, "0.46")
        run(made, "0.47")
        assert made.broken is None
        assert made.client.calls == ["enqueue", "enqueue", "costs of all", "enqueue"]
        assert left(made.journal) == "0.33"


def test_a_failed_generation_that_cost_nothing_makes_room(tmp_path: Path) -> None:
    """The history says so, a minute later; until then its price counts."""
    lives = {"a": story("a", (0, "failed"), cost=None, completed_at=ManualClock().now())}
    with scene(tmp_path, stories=lives, enqueued=[["a"], ["b"]]) as made:
        run(made, "0.90")
        run(made, "0.80")
        assert (made.broken is not None, left(made.journal)) == (True, "0.1")
        made.clock.sleep(60)
        made.broken = None
        run(made, "0.80")
        assert (made.broken, left(made.journal)) == (None, "0.2")


def test_a_server_that_does_not_answer_leaves_the_refusal(tmp_path: Path) -> None:
    """It is the safe side."""
    lives = {"a": story("a", (0, "succeeded"), cost="0.10")}
    outage = [(0, 99, TemporaryError("the connection broke"))]
    with scene(tmp_path, stories=lives, enqueued=[["a"]], outages=outage) as made:
        run(made, "0.90")
        run(made, "0.80")
        assert isinstance(made.broken, BudgetError)
        assert left(made.journal) == "0.1"


def test_what_a_killed_process_planned_makes_room(tmp_path: Path) -> None:
    """It was never sent; what it was sending may have been accepted, and counts."""
    from tests.support.jobs import order_for as planned_order

    dead = journal_in(tmp_path)
    dead.plan(planned_order(estimate=D("0.90")), cwd=tmp_path)
    dead.close()
    with scene(tmp_path, enqueued=[["a"]]) as made:
        run(made, "0.80")
        assert (made.broken, left(made.journal)) == (None, "0.2")


def test_a_direct_call_and_an_unknown_outcome_count(tmp_path: Path) -> None:
    """Neither has an id that the history could be asked about: the price stands, as long as nothing is found out."""
    lost = UnknownOutcomeError("the connection broke after the request was sent")
    down = [(0.0, 1e9, TemporaryError("the server is down"))]
    answers = [[Output(url="https://media.example/x.png")]]
    with scene(tmp_path, answers=answers, enqueued=[lost], outages=down) as made:
        made.run(replace(order("0.30", route="generate"), output=OutputSpec(made.target)), limits=ONE_A_DAY)
        run(made, "0.40")
        assert left(made.journal) == "0.3"
        run(made, "0.35")
        assert isinstance(made.broken, BudgetError)
        assert "costs" not in " ".join(made.client.calls)


def test_with_no_clobber_only_what_is_asked_for_is_reserved(tmp_path: Path) -> None:
    """What is there already costs nothing."""
    from inference_cli.jobs.naming import OutputSpec

    spec = OutputSpec(f"{tmp_path}/out/fox.png", no_clobber=True)
    bodies = tuple(Body({"n": number}, 1, number) for number in (1, 2))
    with scene(tmp_path, answers=[[Output(url="https://media.example/x.png")]]) as made:
        (made.folder / "fox-1.png").write_bytes(b"old")
        made.run(order_for(*bodies, spec=spec, route="generate", estimate=D("1.60")), limits=ONE_A_DAY)
        assert (made.broken, left(made.journal)) == (None, "0.2")


def test_a_look_before_a_question_reserves_nothing(tmp_path: Path) -> None:
    """Nobody is asked to agree to what would be refused."""
    with journal_in(tmp_path) as journal:
        look = partial(check, journal, ONE_A_DAY)
        look(D(1))
        assert left(journal) == "1"
        with pytest.raises(BudgetError):
            look(D("1.01"))


def test_what_a_month_of_requests_counts_is_the_sum_of_each(tmp_path: Path) -> None:
    """Equal ones are counted together, those of today apart from those before."""
    crowd = Crowd(generations=2000, answers=50)
    crowd_journal(tmp_path / "journal.sqlite3", crowd)
    limits = (Limit(DAY, D(10**6)), Limit(MONTH, D(10**6)))
    requests: dict[int, Charge] = {}
    clock = ManualClock(crowd.now)
    with journal_in(tmp_path, clock=clock, origin=parse_origin(crowd.origin)) as journal:
        newest = "SELECT max(created) FROM intents WHERE origin = ?"
        (latest,) = journal.store.read(lambda opened: opened.execute(newest, (crowd.origin,)).fetchone())
        clock.sleep(latest - crowd.now)
        together = [found.spent for found in standings(journal, limits)]
        rows, answers = journal.store.read(
            lambda opened: (opened.execute(EACH, (crowd.origin,)).fetchall(), opened.execute(ANSWERS).fetchall())
        )
    for number, created, price, count, generation, cost in rows:
        before = requests.get(number, Charge(created, D(price), count))
        costs = (*before.costs, *([None if cost is None else D(cost)] if generation else []))
        requests[number] = replace(before, costs=costs)
    charges = [*requests.values(), *(Charge(created, D(price), 1, (D(cost),)) for created, price, cost in answers)]
    each = [spent_on(charges, period_of(limit.setting, latest)) for limit in limits]

    assert [(spent.charged, spent.unpriced) for spent in together] == [
        (spent.charged, spent.unpriced) for spent in each
    ]
    assert all(abs(a.reserved - b.reserved) < D("1e-9") for a, b in zip(together, each, strict=True))
    assert 0 < each[0].total < each[1].total


EACH = """
SELECT i.number, i.created, i.price, i.count, g.id, g.cost FROM intents i LEFT JOIN generations g ON g.intent = i.id
WHERE i.origin = ? AND i.state IN ('accepted', 'unknowable')
"""
ANSWERS = "SELECT created, price, cost FROM answers"
