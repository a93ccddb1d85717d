"""Consent to a price."""

from decimal import Decimal

import pytest

from inference_cli.errors import BudgetError, Exit, SpendingError
from inference_cli.money.budget import Limit
from inference_cli.money.consent import Consent, Decision, decide
from inference_cli.money.price import Estimate

KNOWN = Estimate(Decimal("3.5"), (), "about $3.50: 10 s at $0.35 a second")
CHEAP = Estimate(Decimal("0.35"), (), "about $0.35: 5 s at $0.07 a second")
UNKNOWN = Estimate(None, ("tokens",), "the price is not known before: it is charged by tokens")
GO = Decision(Consent.GO)


def settle(
    estimate: Estimate, *, limit: str | None = None, yes: bool = False, person: bool = False, above: str = "1.00"
) -> Decision:
    """The decision, with the amounts as text."""
    return decide(
        estimate,
        max_cost=None if limit is None else Decimal(limit),
        confirm_above=Decimal(above),
        yes=yes,
        interactive=person,
    )


def refused(estimate: Estimate, **how: object) -> tuple[str, str | None]:
    """The sentence and the hint of a refusal, which leaves exit code 6."""
    with pytest.raises(SpendingError) as error:
        settle(estimate, **how)  # type: ignore[arg-type] # the keywords are those of settle
    assert error.value.exit_code == Exit.SPENDING
    return error.value.message, error.value.hint


def test_a_small_price_goes_without_a_word() -> None:
    """Up to the profile's amount nobody is asked."""
    assert [settle(CHEAP, person=person) for person in (True, False)] == [GO, GO]
    assert settle(KNOWN, above="3.50") == GO


def test_a_large_price_is_asked_about_on_a_terminal() -> None:
    """A person says yes or no."""
    assert settle(KNOWN, person=True) == Decision(Consent.ASK, question="This would cost about $3.50. Go on?")


def test_a_script_needs_consent_in_advance() -> None:
    """The hint has both ways to give it."""
    assert refused(KNOWN) == (
        "this would cost about $3.50; above $1.00 it needs consent",
        "Nothing was sent.  Agree to it:  --yes        Set a limit:  --max-cost 3.50",
    )


@pytest.mark.parametrize("person", [True, False])
def test_consent_in_advance_is_enough(person: bool) -> None:
    """``--yes``, or a limit that is not passed."""
    assert settle(KNOWN, yes=True, person=person) == GO
    assert settle(KNOWN, limit="3.50", person=person) == GO


@pytest.mark.parametrize("yes", [True, False])
def test_a_limit_stands_above_consent(yes: bool) -> None:
    """``--yes`` does not lift ``--max-cost``; the amount in the hint is enough."""
    assert refused(KNOWN, limit="0.50", yes=yes, person=True) == (
        "this would cost about $3.50, above the limit of $0.50 (--max-cost)",
        "Nothing was sent.  Allow it:  --max-cost 3.50",
    )
    bound = Estimate(Decimal("0.3741"), (), "", at_most=True)
    assert refused(bound, limit="0.1") == (
        "this would cost at most $0.3741, above the limit of $0.10 (--max-cost)",
        "Nothing was sent.  Allow it:  --max-cost 0.38",
    )


def test_an_unknown_price_is_asked_about_or_warned_of() -> None:
    """A person is asked, a script gets one warning and goes on."""
    assert settle(UNKNOWN, person=True) == Decision(
        Consent.ASK, question="The price is not known before: it is charged by tokens. Go on?"
    )
    assert settle(UNKNOWN) == Decision(Consent.GO, note="the price is not known before: it is charged by tokens")
    assert settle(UNKNOWN, yes=True, person=True) == GO


@pytest.mark.parametrize("person", [True, False])
def test_no_limit_can_be_kept_with_an_unknown_price(person: bool) -> None:
    """It is refused, and the sentence names what set the limit."""
    with pytest.raises(SpendingError) as error:
        decide(
            UNKNOWN,
            max_cost=Decimal(1),
            confirm_above=Decimal(1),
            yes=True,
            interactive=person,
            limit_name="INFERENCE_MAX_COST",
        )
    assert error.value.message == (
        "the limit of $1.00 (INFERENCE_MAX_COST) cannot be kept; the price is not known before: it is charged by tokens"
    )


@pytest.mark.parametrize("person", [True, False])
def test_no_budget_can_be_kept_with_an_unknown_price(person: bool) -> None:
    """``--yes`` does not help; the way out is named."""
    with pytest.raises(BudgetError) as error:
        decide(
            UNKNOWN,
            max_cost=None,
            confirm_above=Decimal(1),
            yes=True,
            interactive=person,
            budget=Limit("budget_month", Decimal(20)),
        )
    assert error.value.message == f"the budget of $20.00 for this month cannot be kept; {UNKNOWN.basis}"
    assert error.value.hint == (
        "Nothing was sent.  Remove it:  inference config unset budget_month"
        "        Or choose a model with a price:  inference models list"
    )


def test_a_budget_asks_nobody_who_has_a_price() -> None:
    """It is held where the request is written down; consent is another matter."""
    budget = Limit("budget_day", Decimal("0.01"))
    found = decide(CHEAP, max_cost=None, confirm_above=Decimal(1), yes=False, interactive=True, budget=budget)
    assert found == GO


def test_a_part_without_a_price_makes_the_whole_unknown() -> None:
    """What has no price is never taken for zero."""
    partly = Estimate(Decimal("0.1"), ("tokens",), "about $0.10, and tokens")
    assert settle(partly) == Decision(Consent.GO, note="about $0.10, and tokens")
