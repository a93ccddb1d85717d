"""Whether a call may be paid for: limits, consent in advance, and the question on a terminal."""

import enum
from dataclasses import dataclass
from decimal import Decimal

from inference_cli.errors import BudgetError, SpendingError
from inference_cli.money.amounts import dollars
from inference_cli.money.budget import Limit, named
from inference_cli.money.price import Estimate


class Consent(enum.Enum):
    """What to do now."""

    GO = "go"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict; ``question`` is what to ask a person, ``note`` a warning for a script that goes on."""

    verdict: Consent
    question: str = ""
    note: str = ""


def decide(
    estimate: Estimate,
    *,
    max_cost: Decimal | None,
    confirm_above: Decimal,
    yes: bool,
    interactive: bool,
    limit_name: str = "--max-cost",
    budget: Limit | None = None,
) -> Decision:
    """Settle that this may be spent.

    Args:
        estimate: the price of the whole command.
        max_cost: refuse above this; None is no limit.
        confirm_above: the profile's own amount, above which consent is needed.
        yes: consent was given in advance.
        interactive: a person can be asked.
        limit_name: what set ``max_cost``, as the error names it.
        budget: one that is set: whether it suffices is found out where it is held, but it needs a price.

    Raises:
        SpendingError: it may not be spent; nothing was sent.
    """
    amount = estimate.amount
    if amount is not None and max_cost is not None and amount > max_cost:
        raise SpendingError(
            f"this would cost {_about(estimate)}, above the limit of {dollars(max_cost)} ({limit_name})",
            hint=f"Nothing was sent.  Allow it:  --max-cost {_plain(amount)}",
        )
    if amount is None or estimate.unpriced:
        _refuse_without_price(estimate, max_cost, limit_name, budget)
        return _without_price(estimate, yes=yes, interactive=interactive)
    if amount <= confirm_above or yes:
        return Decision(Consent.GO)
    if max_cost is not None:
        return Decision(Consent.GO)  # the limit is the consent
    if interactive:
        return Decision(Consent.ASK, question=f"This would cost {_about(estimate)}. Go on?")
    raise SpendingError(
        f"this would cost {_about(estimate)}; above {dollars(confirm_above)} it needs consent",
        hint=f"Nothing was sent.  Agree to it:  --yes        Set a limit:  --max-cost {_plain(amount)}",
    )


def _refuse_without_price(estimate: Estimate, max_cost: Decimal | None, limit_name: str, budget: Limit | None) -> None:
    """Neither a limit nor a budget can be kept with an unknown price."""
    other = "choose a model with a price:  inference models list"
    if max_cost is not None:
        raise SpendingError(
            f"the limit of {dollars(max_cost)} ({limit_name}) cannot be kept; {estimate.basis}",
            hint=f"Nothing was sent.  Leave {limit_name} away, or {other}",
        )
    if budget is not None:
        raise BudgetError(
            f"{named(budget)} cannot be kept; {estimate.basis}",
            hint=f"Nothing was sent.  Remove it:  inference config unset {budget.setting}        Or {other}",
        )


def _without_price(estimate: Estimate, *, yes: bool, interactive: bool) -> Decision:
    """An unknown price is asked about on a terminal and warned of in a script."""
    if yes:
        return Decision(Consent.GO)
    if interactive:
        return Decision(Consent.ASK, question=f"{estimate.basis[:1].upper()}{estimate.basis[1:]}. Go on?")
    return Decision(Consent.GO, note=estimate.basis)


def _about(estimate: Estimate) -> str:
    amount = estimate.amount or Decimal(0)
    return f"{'at most' if estimate.at_most else 'about'} {dollars(amount)}"


def _plain(amount: Decimal) -> str:
    """The amount as ``--max-cost`` takes it, rounded up so that it is enough."""
    from decimal import ROUND_UP

    return str(amount.quantize(Decimal("0.01"), rounding=ROUND_UP))
