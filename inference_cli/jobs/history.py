"""The history as the server lists it, joined with the journal page by page; its newest; an id by its beginning."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from inference_cli.errors import InferenceError, UsageError
from inference_cli.jobs.past import Past

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.generations import Page
    from inference_cli.api.records import Generation
    from inference_cli.jobs.journal import Journal
    from inference_cli.jobs.ledger import Ledger, Wanted

_FEW = 2  # pages beyond which it is worth asking for the last one, to learn whether the rest may be left out
_TELLING = 100  # rows in order that are taken for more than chance
_AFTER, _MANY = 2, 6  # after so many pages a person is told that there are that many
_MOST_LOOKED_AT = 5000  # rows that are looked at for an id that this machine does not know


@dataclass(frozen=True, slots=True)
class Sources:
    """What a look into the past works with."""

    client: "Client"
    journal: "Journal"
    ledger: "Ledger"
    notice: Callable[[str], None] = lambda _: None  # takes a sentence about a reading that will take a while


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest generations that fit, newest first.

    ``more`` says that there are others; ``total`` how many fit in all, where the server says so; ``cut`` that the
    server listed without end and was left.
    """

    rows: tuple[Past, ...]
    more: bool = False
    total: int | None = None
    cut: bool = False


class Reading:
    """The server's history read page by page; every cost it names is kept in the journal.

    Args:
        sources: what to read from.
        wanted: which generations.
        whole: whether the server's own fields are wanted.
    """

    def __init__(self, sources: Sources, wanted: "Wanted", *, whole: bool = True) -> None:
        self._sources = sources
        self._wanted = wanted
        self._whole = whole
        self._falling = True  # every row so far was older than the one before
        self._oldest = float("inf")
        self._watched = 0
        self._trusted: bool | None = None
        self.cut = False
        self.undated = 0  # generations without a time, where a time was asked for
        self.entries: int | None = None

    def all(self) -> Iterator[Past]:
        """Every generation that fits, in the server's order, to the end.

        What has a label is known by its ids: reading ends as soon as all of them were seen.

        Raises:
            InferenceError: the server did not answer, or the journal cannot be read.
        """
        tag = self._wanted.tag
        missing = None if tag is None else set(self._sources.ledger.tagged(tag))
        for page in self._pages() if missing != set() else ():
            yield from self._fitting(page.rows)
            if missing is not None:
                missing.difference_update(row.generation_id for row in page.rows)
                if not missing:
                    return

    def newest(self, limit: int | None) -> Newest:
        """The newest that fit.

        Args:
            limit: at most so many; None for all.

        Raises:
            InferenceError: the server did not answer.
        """
        if limit is None:
            rows = tuple(sorted(self.all(), key=_age_first))
            return Newest(rows, total=len(rows), cut=self.cut)
        matched = 0

        def until_enough() -> Iterator[Past]:
            nonlocal matched
            for page in self._pages():
                for past in self._fitting(page.rows):
                    matched += 1
                    yield past
                too_old = self._wanted.since is not None and self._oldest < self._wanted.since
                if (matched > limit or too_old) and self._rest_is_older(page):
                    return

        rows = tuple(heapq.nsmallest(limit, until_enough(), key=_age_first))
        filtered_here = self._wanted.since is not None or self._wanted.until is not None
        return Newest(rows, matched > limit, None if filtered_here else self.entries, self.cut)

    def tagged(self, limit: int | None) -> Newest:
        """The newest with the label that is wanted: rows of the server by the ids that have it, and direct requests.

        Direct requests are the journal's own rows: what the server lists for them has ids that nobody knows, and so no
        label.

        Raises:
            InferenceError: the server did not answer, or the journal cannot be read.
        """
        direct = map(Past.of_journal, self._sources.ledger.walk(self._wanted, direct=True))
        found = sorted(chain(self.all(), direct), key=_age_first)
        shown = found if limit is None else found[:limit]
        return Newest(tuple(shown), len(found) > len(shown), len(found), self.cut)

    def _pages(self) -> "Iterator[Page]":
        page = None
        for page in self._sources.client.generations.pages(self._wanted.filters):
            self._watch(page.rows)
            self.entries = page.entries if page.entries is not None else self.entries
            if page.number == _AFTER and page.pages is not None and page.pages >= _MANY:
                self._sources.notice(f"  reading on: {page.pages:,} pages of the history")
            yield page
        self.cut = page is not None and not page.last

    def _fitting(self, rows: "Sequence[Generation]") -> Iterator[Past]:
        known = self._sources.ledger.known(row.generation_id for row in rows)
        charged = [
            (row.generation_id, row.cost)
            for row in rows
            if row.cost is not None and row.generation_id in known and known[row.generation_id].cost != row.cost
        ]
        if charged:
            with suppress(InferenceError):  # looking back works with a journal that cannot be written, too
                self._sources.journal.charged(charged)
        for row in rows:
            past = Past.of_server(row, known.get(row.generation_id), whole=self._whole)
            if self._wanted.tag is not None and past.tag != self._wanted.tag:
                continue
            if self._wanted.spans(past.at):
                yield past
            elif past.at is None:
                self.undated += 1

    def _watch(self, rows: "Sequence[Generation]") -> None:
        self._watched += len(rows)
        for row in rows:
            when = row.enqueued_at
            self._falling = self._falling and when is not None and when <= self._oldest
            if when is not None:
                self._oldest = min(self._oldest, when)

    def _rest_is_older(self, page: "Page") -> bool:
        """Whether the pages that follow may be left out.

        The order is not documented, so it is looked at: all rows so far must fall in time, and so must those of the
        last page, below them. One page more is asked for, once; anything else means that every page is read.
        """
        if not self._falling or self._watched < _TELLING or page.last:
            return False
        if page.pages is None or page.pages - page.number < _FEW:
            return False
        if self._trusted is None:
            end = self._sources.client.generations.page(page.pages, self._wanted.filters)
            times = [row.enqueued_at for row in end.rows]
            falls = [after is not None and before is not None and after <= before for before, after in pairwise(times)]
            self._trusted = bool(times) and all(falls) and times[0] is not None and times[0] <= self._oldest
        return self._trusted


def find_id(client: "Client", beginning: str) -> str | None:
    """The one id among the newest of the server's history that begins so, for one that the journal does not know.

    Returns:
        None where there is none.

    Raises:
        UsageError: there are several.
        InferenceError: the server did not answer.
    """
    rows = islice(client.generations.list(), _MOST_LOOKED_AT)
    found = [row.generation_id for row in rows if row.generation_id.startswith(beginning)]
    if len(found) > 1 and beginning not in found:
        raise UsageError(
            f"'{beginning}' fits more than one generation", details=found[:5], hint="Give more of the id, or 'last'"
        )
    return (beginning if beginning in found else found[0]) if found else None


def _age_first(past: Past) -> float:
    return float("inf") if past.at is None else -past.at
