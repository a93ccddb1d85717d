"""What a chat costs: held in limits and budgets before each request, kept in the journal after it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from inference_cli.cli.agreeing import agree, limits_of
from inference_cli.errors import (
    InferenceError,
    Interrupted,
    NotFoundError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TokenError,
)

if TYPE_CHECKING:
    from inference_cli.api.completion import Completion
    from inference_cli.api.records import Model
    from inference_cli.cli.session import Session
    from inference_cli.money.price import Estimate

_FREE = (NotFoundError, RefusedError, SpendingError, TemporaryError, TokenError)
"""What the server says before it works: nothing is owed."""


class Purse:
    """Pays for the requests of one answer: one, or a round after each call of tools.

    A chat asks for consent only where a limit or a budget is set (interface contract, ``--max-cost``); then every round
    has to fit, and one that nobody can price is not sent.

    Args:
        session: the run.
        model: the id that is asked.
        known: the model with its price, where it is known; needed where a limit is set.
        max_cost: ``--max-cost`` as typed.
        yes: ``--yes``.

    Attributes:
        spent: US dollars, as far as they are known.
        owed: US dollars at most for the rest; None where nobody knows.
    """

    def __init__(
        self, session: "Session", model: str, known: "Model | None", *, max_cost: str | None, yes: bool
    ) -> None:
        from inference_cli.cli.quantities import money

        self._session, self._model, self.known = session, model, known
        self._max_cost, self._yes = max_cost, yes
        self._limit = money(max_cost) if max_cost is not None else session.settings.max_cost
        self._limits = limits_of(session)
        self.spent = Decimal(0)
        self.owed: Decimal | None = Decimal(0)
        self._unknown = False
        self._price: Decimal | None = None  # of the request that is under way, at most
        self._answer: tuple[Decimal, bool] = (Decimal(0), False)  # that of the answer now: what is spent, what unknown
        self._under_way = False
        self._stopped: Interrupted | None = None
        self._number: int | None = None
        self._agreed = False
        self._first = False  # what comes next has been agreed to as it is

    @property
    def limited(self) -> bool:
        """Whether a limit or a budget is set, so that the price has to be known before."""
        return self._limit is not None or bool(self._limits)

    @property
    def cost(self) -> Decimal | None:
        """US dollars of all rounds so far; None where one of them has no known cost, or is still under way."""
        return None if self._unknown or self._under_way else self.spent

    @property
    def answer_cost(self) -> Decimal | None:
        """The same, of the answer that ``begin`` was called for last: for its own row in the log."""
        spent, unknown = self._answer
        return None if unknown or self._under_way else spent

    def begin(self) -> None:
        """Another answer begins; the limit holds for all of them together."""
        self._answer = (Decimal(0), False)

    def follow(self, before: "Purse") -> None:
        """Go on where the purse of an earlier turn stopped: the limit holds for the whole conversation."""
        self.spent, self.owed = before.spent, before.owed

    def agreed(self) -> None:
        """Somebody has agreed to this request already, together with others."""
        self._agreed = self._first = True

    def estimate(self, body: Mapping[str, Any]) -> "Estimate":
        """The most that a request costs."""
        from inference_cli.money.price import estimate

        pricing = self.known.pricing if self.known else {}
        return estimate(pricing, body, schema=self.known.schema if self.known else None, count=1)

    def check(self, body: Mapping[str, Any]) -> None:
        """See that the first request may be sent, before it is written down anywhere; a person may be asked.

        Raises:
            SpendingError: it may not.
        """
        if self.limited and not self._agreed:
            estimate = self.estimate(body)
            followed = self.spent != 0 or self.owed != 0
            if followed and self._limit is not None and not self._fits(estimate.amount, self._limit):
                raise SpendingError(
                    "with what was spent before, this might exceed the limit of the conversation",
                    hint="Nothing was sent.  Go on with another limit:  inference chat -c --max-cost AMOUNT",
                )
            agree(self._session, estimate, max_cost=self._max_cost, yes=self._yes)
            self._agreed, self._first = True, True

    def before(self, body: Mapping[str, Any]) -> None:
        """A request is about to be sent: it has to be agreed to, and to fit.

        Raises:
            SpendingError: it may not be sent.
        """
        if not self.limited:
            self._under_way = True
            return
        estimate = self.estimate(body)
        self.check(body)
        exceeds = self._limit is not None and not self._fits(estimate.amount, self._limit)
        if exceeds and not self._first:
            raise SpendingError(
                "the next round might exceed the limit", hint="It was not sent; what came before is kept"
            )
        self._first = False
        if self._limits:
            self._number = self._reserved(estimate.amount)
        self._price, self._under_way = estimate.amount, True

    def _fits(self, price: Decimal | None, limit: Decimal) -> bool:
        """Whether a request fits too; what has no known cost may have cost as much as it could."""
        return price is not None and self.owed is not None and self.spent + self.owed + price <= limit

    def after(self, completion: "Completion | None", error: InferenceError | None = None) -> None:
        """A request has ended, one way or another.

        Args:
            completion: what came, also a part of it.
            error: why it ended early.

        Raises:
            LocalError: the journal cannot be written.
            Interrupted: somebody wished to stop while the price was asked for; what is known is kept.
        """
        from inference_cli.jobs.answers import keep, settle

        refused = isinstance(error, _FREE) and not _worked(completion)
        cost = None if refused else self._charged(completion)
        self._count(Decimal(0) if refused else cost)
        if self._number is not None:
            settle(self._session.journal, self._number, cost=cost, refused=refused)
            self._number = None
        elif not refused and not self._session.settings.sandbox:
            keep(self._session.journal, model=self._model, cost=cost)
        stopped, self._stopped = self._stopped, None
        if stopped is not None:
            raise stopped

    def _count(self, cost: Decimal | None) -> None:
        spent, unknown = self._answer
        self._under_way = False
        if cost is not None:
            self.spent += cost
            self._answer = (spent + cost, unknown)
            return
        self._unknown, self._answer = True, (spent, True)
        self.owed = None if self.owed is None or self._price is None else self.owed + self._price

    def _reserved(self, price: Decimal | None) -> int:
        from functools import partial

        from inference_cli.jobs.answers import reserve
        from inference_cli.jobs.budget import within

        journal = self._session.journal
        attempt = partial(reserve, journal, model=self._model, price=price, limits=self._limits)
        return within(attempt, client=self._session.client, journal=journal, limits=self._limits)

    def _charged(self, completion: "Completion | None") -> Decimal | None:
        from inference_cli.money.usage import charged

        if completion is None or completion.usage is None:
            return None
        return charged(self._pricing(), completion.usage)

    def _pricing(self) -> Mapping[str, Any] | None:
        """The model's price list; after the answer it may be asked for, which is free, and nothing fails over it."""
        if self.known is None:
            if self._session.settings.api == "openai":  # those servers name no prices
                return None
            try:
                self.known = self._session.models.get(self._model, stale=True)
            except Interrupted as stopped:
                self._stopped = stopped
                return None
            except InferenceError:
                return None
        return self.known.pricing


def _worked(completion: "Completion | None") -> bool:
    """Whether a server had begun to answer before it refused: that is billed."""
    return completion is not None and bool(
        completion.text or completion.reasoning or completion.tool_calls or completion.usage
    )
