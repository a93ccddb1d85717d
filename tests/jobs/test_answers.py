"""Chats in the journal: their prices are reserved in the same budgets as those of generations."""

from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.errors import BudgetError
from inference_cli.jobs.answers import keep, reserve, settle
from inference_cli.jobs.budget import standings
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.order import Body
from inference_cli.money.budget import DAY, Limit
from tests.support.jobs import journal_in, order_for

D = Decimal
ONE_A_DAY = (Limit(DAY, D(1)),)


def asked(journal: Journal, price: str | None) -> int:
    """Reserve an answer under a budget of a dollar a day."""
    return reserve(journal, model="claude", price=None if price is None else D(price), limits=ONE_A_DAY)


def left(journal: Journal) -> str:
    """What is left of the dollar."""
    (found,) = standings(journal, ONE_A_DAY)
    return f"{found.left.normalize():f}"


@pytest.mark.parametrize(
    ("cost", "refused", "rest"),
    [(None, False, "0.4"), ("0.05", False, "0.95"), (None, True, "1"), ("0", False, "1")],
)
def test_what_an_answer_counts_with(tmp_path: Path, cost: str | None, refused: bool, rest: str) -> None:
    """While it is asked for, its price; then what it cost; nothing where the server took nothing."""
    with journal_in(tmp_path) as journal:
        number = asked(journal, "0.60")
        assert left(journal) == "0.4"
        settle(journal, number, cost=None if cost is None else D(cost), refused=refused)
        assert left(journal) == rest


def test_what_does_not_fit_is_not_sent(tmp_path: Path) -> None:
    """Answers and generations share a budget; what is refused leaves no row."""
    with journal_in(tmp_path) as journal:
        journal.plan(order_for(Body({}, 1, 1), estimate=D("0.70")), cwd=tmp_path, limits=ONE_A_DAY)
        with pytest.raises(BudgetError) as caught:
            asked(journal, "0.35")
        assert caught.value.hint == "Nothing was sent.  Raise it:  inference config set budget_day 2"
        asked(journal, "0.30")
        assert left(journal) == "0"


def test_an_unknown_price_fits_no_budget(tmp_path: Path) -> None:
    """Nobody could say afterwards that it was kept."""
    with journal_in(tmp_path) as journal, pytest.raises(BudgetError):
        asked(journal, None)


def test_answers_from_before_the_budget_count_as_well(tmp_path: Path) -> None:
    """What was kept without a budget is there when one is set; without a cost it is named, not taken for nothing."""
    with journal_in(tmp_path) as journal:
        keep(journal, model="claude", cost=D("0.25"))
        keep(journal, model="claude", cost=None)
        (found,) = standings(journal, ONE_A_DAY)
        assert (f"{found.left.normalize():f}", found.spent.unpriced) == ("0.75", 1)


def test_generations_are_not_answers(tmp_path: Path) -> None:
    """An answer is in no list of generations."""
    with journal_in(tmp_path) as journal:
        keep(journal, model="claude", cost=D("0.25"))
        assert journal.recent() == ()
        assert journal.pending() == ()
