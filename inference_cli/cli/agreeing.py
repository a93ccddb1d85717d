"""What every command that pays settles before: limits, budgets, and the consent of whoever pays."""

from typing import TYPE_CHECKING

from inference_cli.errors import BudgetError, SpendingError

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.cli.session import Session
    from inference_cli.money.budget import Limit
    from inference_cli.money.price import Estimate


def limits_of(session: "Session") -> "tuple[Limit, ...]":
    """The budgets that are set, the day's first."""
    budgets = session.settings.budgets
    if not budgets:
        return ()
    from inference_cli.money.budget import Limit

    return tuple(Limit(setting, amount) for setting, amount in budgets.items())


def agree(session: "Session", estimate: "Estimate", *, max_cost: str | None, yes: bool, at_least: bool = True) -> None:
    """Settle that this may be spent; a person on a terminal may be asked.

    A budget is held where the request is written down; it is looked at here so that nobody agrees in vain.

    Args:
        session: the run.
        estimate: the price of the whole command.
        max_cost: ``--max-cost`` as typed; without it the variable counts.
        yes: ``--yes``.
        at_least: whether all of it will be asked for; with ``--no-clobber`` it may be less.

    Raises:
        SpendingError: it may not.
    """
    from inference_cli.cli.quantities import money
    from inference_cli.money.consent import Consent, decide

    output, limits = session.output, limits_of(session)
    limit: Decimal | None = money(max_cost) if max_cost is not None else session.settings.max_cost
    consent = decide(
        estimate,
        max_cost=limit,
        confirm_above=session.settings.confirm_above,
        yes=yes,
        interactive=output.can_ask,
        limit_name="--max-cost" if max_cost is not None else "INFERENCE_MAX_COST",
        budget=limits[0] if limits else None,
    )
    if consent.note:
        output.warn(consent.note)
    _warn_of_uncounted(session, limits)
    if consent.verdict is Consent.GO:
        return
    if at_least:
        _check(session, limits, estimate)
    if not output.ask(consent.question):
        raise SpendingError("not agreed to", hint="Nothing was sent.")


def show_budgets(session: "Session", estimate: "Estimate") -> None:
    """What is left of the budgets, and whether this would fit: for a dry run, which asks nobody."""
    from inference_cli.jobs.budget import standings

    for standing in standings(session.journal, limits_of(session)):
        try:
            standing.check(estimate.amount)
        except BudgetError:
            session.output.note(f"  {standing.words}: this would be refused.")
        else:
            session.output.note(f"  {standing.words}.")
        if standing.warning:
            session.output.note(f"  {standing.warning}.")


def _check(session: "Session", limits: "tuple[Limit, ...]", estimate: "Estimate") -> None:
    from functools import partial

    from inference_cli.jobs.budget import check, within

    attempt = partial(check, session.journal, limits, estimate.amount)
    try:
        within(attempt, client=session.client, journal=session.journal, limits=limits)
    except BudgetError as error:
        error.hint = f"Nothing was sent.  {error.hint}"
        raise


def _warn_of_uncounted(session: "Session", limits: "tuple[Limit, ...]") -> None:
    from inference_cli.jobs.budget import standings

    for standing in standings(session.journal, limits):
        if standing.warning:
            session.output.warn(standing.warning)
