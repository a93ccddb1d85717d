"""What `history spend` shows: bars on a terminal, a table, CSV or JSON otherwise."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from inference_cli.cli.recalling import is_local, plain, remark_on_reading, sources
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.cli.session import Session
    from inference_cli.jobs.ledger import Wanted
    from inference_cli.jobs.spend import By, Spend, Sum
    from inference_cli.terminal.bars import Bar

_LONG_GAP = 4  # periods without a generation that become one line
_NAMELESS = {"tag": "(no tag)", "model": "(no model)", "media": "(no kind)"}
_COLUMNS = (
    "count", "cost", "estimated", "difference", "priced", "running", "uncharged", "unknown", "estimates", "compared",
    "direct", "direct_estimated",
)  # fmt: skip


def show(session: "Session", wanted: "Wanted", by: str, *, local: bool, csv: bool) -> None:
    """What the generations that are wanted cost.

    Raises:
        UsageError: two ways to show it were asked for.
        InferenceError: the server did not answer, or the journal cannot be read.
    """
    output = session.output
    if csv and output.wants_document:
        raise UsageError("--csv and --json both want stdout")
    local = is_local(session, local=local)
    spend = _summed(session, wanted, cast("By", by), local=local)
    if output.wants_document:
        from inference_cli.terminal.documents import spend_document

        output.document(spend_document(spend, since=wanted.since, until=wanted.until, local=local))
    elif csv:
        output.result(_as_csv(spend))
    elif session.world.streams.stdout_is_terminal:
        _draw(session, spend, local=local)
    else:
        output.table([], [_cells(spend, one) for one in spend.sums])
    if not output.wants_document:
        for remark in _remarks(spend, local=local):
            output.note(f"  {remark}")
    _warn_of_unknown(session, wanted)


def _summed(session: "Session", wanted: "Wanted", by: "By", *, local: bool) -> "Spend":
    from inference_cli.jobs.spend import summed

    if local:
        return summed(session.ledger.tally(wanted, session.zone), (), by, session.zone)
    from inference_cli.jobs.history import Reading

    reading = Reading(sources(session), wanted, whole=False)
    direct = session.ledger.tally(wanted, session.zone, direct=True)
    spend = summed(reading.all(), direct, by, session.zone)
    remark_on_reading(session, cut=reading.cut, undated=reading.undated)
    return spend


def _cells(spend: "Spend", one: "Sum") -> tuple[object, ...]:
    return (
        _name(spend, one),
        one.count,
        plain(one.cost) if one.priced else None,
        plain(one.estimated) if one.estimates else None,
        plain(one.difference) if one.compared else None,
        one.priced,
        one.running,
        one.uncharged,
        one.unknown,
        one.estimates,
        one.compared,
        one.direct,
        plain(one.direct_estimated) if one.direct_estimates else None,
    )


def _as_csv(spend: "Spend") -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((spend.by, *_COLUMNS))
    writer.writerows(_cells(spend, one) for one in spend.sums)
    return text.getvalue().removesuffix("\n")


def _name(spend: "Spend", one: "Sum") -> str:
    return one.key or _NAMELESS.get(spend.by, "(no time)")


def _draw(session: "Session", spend: "Spend", *, local: bool) -> None:
    """The bars; nothing where there is nothing."""
    from inference_cli.terminal.bars import Bar

    if not spend.sums:
        return
    figures = ["cost", "number"]
    figures += [name for name, known in _optional(spend.total) if known]
    bars: list[Bar] = []
    for place, one in enumerate(spend.sums):
        missing = spend.missing_before(place)
        if missing >= _LONG_GAP:
            bars.append(Bar(f"{missing} {spend.by}s without any", skipped=True))
        else:
            bars += [Bar(name, figures=("",) * len(figures)) for name in _empty(spend, place, missing)]
        bars.append(_bar(_name(spend, one), one, figures, local=local))
    session.output.chart((spend.by, *figures), bars, _bar("total", spend.total, figures, local=local))


def _optional(total: "Sum") -> tuple[tuple[str, int], ...]:
    """Figures that are shown where any is known."""
    return (("estimated", total.estimates), ("difference", total.compared))


def _empty(spend: "Spend", place: int, missing: int) -> Iterator[str]:
    """The names of the periods without a generation before a sum."""
    from inference_cli.jobs.spend import following, name_of

    before = spend.sums[place - 1].start if place else None
    for _ in range(missing):
        assert before is not None, "only what has a beginning has gaps before it"
        before = following(before, spend.by)
        yield name_of(before, spend.by)


def _bar(name: str, one: "Sum", figures: Sequence[str], *, local: bool) -> "Bar":
    from inference_cli.terminal.bars import Bar

    amount = one.cost + one.expected if local else one.cost
    about = "about " if local and one.expected else ""
    said = {
        "cost": about + _dollars(amount) if about or one.priced else "",
        "number": f"{one.count:,}",
        "estimated": _dollars(one.estimated) if one.estimates else "",
        "difference": _signed(one.difference) if one.compared else "",
    }
    return Bar(name, amount, tuple(said[figure] for figure in figures))


def _dollars(amount: "Decimal") -> str:
    """Money in words; a refund has its sign before the currency's."""
    from inference_cli.money.amounts import dollars

    rounded = round(amount, 8)
    return f"{'-' if rounded < 0 else ''}{dollars(abs(rounded))}"


def _signed(amount: "Decimal") -> str:
    return f"{'+' if round(amount, 8) > 0 else ''}{_dollars(amount)}"


def _remarks(spend: "Spend", *, local: bool) -> Iterator[str]:
    """What the sums do not hold, each in a line: nothing that is not known is taken for zero without a word."""
    from inference_cli.money.amounts import dollars

    total = spend.total
    if not total.count and not total.direct:
        yield "Nothing fits.  Look further back:  inference history spend --since all"
        return
    if total.compared:
        compared = f"Of {total.compared:,} with an estimate and a cost: " if total.compared < total.priced else ""
        difference = round(total.difference, 8)
        word = "more" if difference > 0 else "less"
        said = f"{dollars(abs(difference))} {word} was charged than estimated" if difference else "charged as estimated"
        yield f"{compared}{said}"
    if total.unknown:
        yield f"{total.unknown:,} without a known cost" + (", at this machine's estimates" if local else "")
    if total.running:
        yield f"{total.running:,} still running, without a cost yet"
    if total.uncharged:
        yield f"{total.uncharged:,} failed or cancelled, without a charge"
    if total.direct:
        priced = f", estimated {dollars(total.direct_estimated)}" if total.direct_estimates else ""
        without = total.direct - total.direct_estimates
        some = f" ({without:,} without an estimate)" if without and total.direct_estimates else ""
        them = "they" if total.direct > 1 else "it"
        yield f"made directly here: {total.direct:,}{priced}{some}; {them} may be among the above"


def _warn_of_unknown(session: "Session", wanted: "Wanted") -> None:
    session.journal.settle()
    lost = len(session.journal.unsettled(since=wanted.since or 0.0))
    if lost:
        many = f"{lost:,} requests have" if lost > 1 else "1 request has"
        session.output.warn(f"{many} an outcome that nobody knows, and may have been billed")
