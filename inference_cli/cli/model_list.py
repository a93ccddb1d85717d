"""Lists of models: which ones, in which order, and as what they are shown."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inference_cli.errors import TemporaryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from inference_cli.api.records import Model
    from inference_cli.catalogue.selection import Order
    from inference_cli.cli.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What ``models list`` was asked for; ``below`` is in US dollars for a unit."""

    takes: str | None = None
    makes: str | None = None
    developer: str | None = None
    model_type: str | None = None
    favorites: bool = False
    featured: bool = False
    below: "Decimal | None" = None
    sort: "Order | None" = None
    limit: int | None = None


def show_list(session: "Session", choice: Choice, *, refresh: bool = False) -> None:
    """The models that were asked for.

    Args:
        session: the run.
        choice: which.
        refresh: ask the server, whatever is known.

    Raises:
        NotFoundError: the 2026-04 API has no favorites and no featured models.
        InferenceError: the server was asked and failed.
    """
    if choice == Choice(limit=choice.limit) and not session.output.wants_document:
        rows = session.models.rows(refresh=refresh)
        _show_rows(session, rows[: choice.limit], len(rows))
        if not rows:
            session.output.note("  The server lists no models")
        return
    models, among = _source(session, choice, refresh=refresh)
    if choice.makes is not None and _says_nothing(models):
        models = session.client.models.list(output=choice.makes)  # an older server filters, and says nothing itself
        choice = replace(choice, makes=None)
    found, unpriced = _chosen(models, choice, among)
    _show(session, found, choice.limit)
    if unpriced:
        session.output.note(f"  {_count(unpriced)} without a published price left out")
    if not found:
        session.output.note(_nothing(models, choice))


def _chosen(models: "Sequence[Model]", choice: Choice, among: "frozenset[str] | None") -> "tuple[Sequence[Model], int]":
    """Those that were asked for, in the order that was, and how many were left out for want of a price."""
    from inference_cli.catalogue import selection

    wanted = selection.Wanted(
        takes=choice.takes, makes=choice.makes, developer=choice.developer, model_type=choice.model_type, among=among
    )
    found, unpriced = selection.select(models, wanted), 0
    if choice.below is not None:
        found, unpriced = selection.below(found, choice.below, _amount)
    return found if choice.sort is None else selection.ordered(found, choice.sort, _place), unpriced


def show_found(session: "Session", text: str, *, limit: int | None) -> None:
    """The models that the server finds; without a network, those in the list that is kept.

    Args:
        session: the run.
        text: words.
        limit: how many rows at most.

    Raises:
        TemporaryError: the server cannot be reached, and nothing is kept.
        InferenceError: the server was asked and failed.
    """
    found: Sequence[Model]
    if session.settings.api == "openai":  # whose servers list their models, and no more
        from inference_cli.catalogue import selection

        found = selection.search(session.models.list(), text)
        _show_found(session, found, text, limit)
        return
    kept = session.models.offline()
    try:
        found = session.client.models.search(text, patient=kept is None)
    except TemporaryError:
        if kept is None:
            raise
        from inference_cli.catalogue import selection

        models, age = kept
        found = selection.search(models, text)
        session.output.note(f"  the server cannot be reached: found in the list of models of {age} ago")
    _show_found(session, found, text, limit)


def _show_found(session: "Session", found: "Sequence[Model]", text: str, limit: int | None) -> None:
    _show(session, found, limit)
    if not found:
        session.output.note(f"  Nothing found for {text}.  All of them:  inference models list")


def _source(session: "Session", choice: Choice, *, refresh: bool) -> "tuple[tuple[Model, ...], frozenset[str] | None]":
    """The models to choose from, and ids that they must be among; the lists of an account are never kept."""
    if choice.favorites:
        among = _ids(session.client.models.featured()) if choice.featured else None
        return session.client.models.favorites(), among
    if choice.featured:
        return session.client.models.featured(), None
    kept = session.models
    return (kept.whole if session.output.wants_document else kept.list)(refresh=refresh), None


def _show(session: "Session", found: "Sequence[Model]", limit: int | None) -> None:
    shown = found[:limit]
    if session.output.wants_document:
        from inference_cli.terminal.documents import list_document

        session.output.document(list_document([model.raw for model in shown]))
        return
    _show_rows(session, [row(model) for model in shown], len(found))


def _show_rows(session: "Session", rows: "Sequence[Sequence[str]]", found: int) -> None:
    from inference_cli.terminal.tables import Column

    columns = [
        Column("model"),
        Column("name", shrink=True),
        Column("takes"),
        Column("makes"),
        Column("price", shrink=True),
    ]
    session.output.table(columns, rows)
    if session.world.streams.stdout_is_terminal and rows:
        how_many = f"{len(rows)} of {_count(found)}" if len(rows) < found else _count(found)
        session.output.note(f"\n  {how_many}        See one:  inference models show ID")


def row(model: "Model") -> tuple[str, ...]:
    """A model as a line of a list: id, name, what it takes and makes, price."""
    from inference_cli.money.price import in_words

    return (
        model.id,
        model.display_name or "",
        ", ".join(model.inputs),
        ", ".join(model.outputs),
        in_words(model.pricing),
    )


def _nothing(models: "Sequence[Model]", choice: Choice) -> str:
    """Why a list is empty, as far as that can be known."""
    makers = sorted({model.developer for model in models if model.developer})
    from inference_cli.catalogue import selection

    if choice.developer is not None and not selection.select(models, selection.Wanted(developer=choice.developer)):
        from inference_cli.catalogue.nearest import nearest

        close = nearest(choice.developer, makers)
        meant = f"; closest: {', '.join(close)}" if close else ""
        return f"  No model is by {choice.developer}{meant}"
    if not models and choice.favorites:
        return "  No model is a favorite yet.  Add one:  inference models favorite ID"
    return "  No model fits.  All of them:  inference models list"


def _says_nothing(models: "Sequence[Model]") -> bool:
    """Whether no model says what it makes."""
    return bool(models) and not any(model.outputs for model in models)


def _ids(models: "Sequence[Model]") -> frozenset[str]:
    return frozenset(model.id for model in models)


def _amount(model: "Model") -> "Decimal | None":
    from inference_cli.money.unit import least

    price = least(model.pricing)
    return None if price is None else price.amount


def _place(model: "Model") -> "tuple[int, Decimal] | None":
    from inference_cli.money.unit import UNITS, least

    price = least(model.pricing)
    return None if price is None else (UNITS.index(price.unit), price.amount)


def _count(models: int) -> str:
    return f"{models} model{'s' if models != 1 else ''}"
