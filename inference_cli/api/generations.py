"""Past generations and what they cost."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from inference_cli.api.exchange import CONTROL, Call
from inference_cli.api.records import Generation, is_valid_id
from inference_cli.api.retry import Kind
from inference_cli.api.rows import read_rows, row_in, rows_in
from inference_cli.errors import NotFoundError
from inference_cli.frozen import dataclass, replace

if TYPE_CHECKING:
    from inference_cli.api.client import Client

PAGE = 1000  # rows; the most that the contract allows
Filters = Mapping[str, str | None]
Query = tuple[tuple[str, str], ...]
_MOST_PAGES = 1100  # a million rows and some; a server that never ends is not followed for ever (fault H9)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the history, its rows in the server's order; ``pages`` and ``entries`` are of the whole, if said."""

    number: int
    rows: tuple[Generation, ...]
    pages: int | None
    entries: int | None
    last: bool  # the server says that none follows


class Generations:
    """``/ai/generations``; 2026-04 has none."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def list(self, *, page_size: int = PAGE, **filters: str | None) -> Iterator[Generation]:
        """All past generations that fit, page after page, each once; the order is the server's.

        Args:
            page_size: rows per request, 1 to 1000.
            **filters: ``namespace``, ``model``, ``media_type``, ``status``, ``repo``, ``folder``.

        Raises:
            NotFoundError: 2026-04, which has no such route.
            InferenceError: as an answer says.
        """
        for page in self.pages(filters, page_size=page_size):
            yield from page.rows

    def pages(self, filters: Filters, *, page_size: int = PAGE, seconds: float | None = None) -> Iterator[Page]:
        """The same page by page: of each, the rows that were on none before it; it is asked for when it is wanted.

        Args:
            filters: as of ``list``.
            page_size: as of ``list``.
            seconds: for each page, which is asked for once then; None: as patiently as anything else.

        Raises:
            NotFoundError: 2026-04, which has no such route.
            InferenceError: as an answer says.
        """
        seen: set[str] = set()
        for number in range(1, _MOST_PAGES + 1):
            page = self.page(number, filters, page_size=page_size, seconds=seconds)
            new = {row.generation_id: row for row in page.rows if row.generation_id not in seen}
            seen |= new.keys()
            last = page.last or not new
            yield replace(page, rows=tuple(new.values()), last=last)
            if last:
                return

    def page(self, number: int, filters: Filters, *, page_size: int = PAGE, seconds: float | None = None) -> Page:
        """One page.

        Args:
            number: from 1.
            filters: as of ``list``.
            page_size: rows, 1 to 1000; the server may allow less.
            seconds: as of ``pages``.

        Raises:
            NotFoundError: 2026-04, which has no such route.
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("generations.list")
        asked = {**filters, "page": str(number), "page_size": str(page_size)}
        query = tuple((name, value) for name, value in asked.items() if value is not None)
        kind = Kind.READ if seconds is None else Kind.GLANCE
        return _page(self._client.document(Call(kind, "GET", path, query, total=seconds or CONTROL)), number)

    def newest(self, rows: int, *, namespace: str | None, seconds: float) -> Page:
        """The first page, asked for once: what a paid request is about to wait for may fail, and may not take long.

        Args:
            rows: at most, 1 to 1000.
            namespace: whose; None for the account's own.
            seconds: for all of it.

        Raises:
            NotFoundError: 2026-04, which has no such route.
            InferenceError: as the answer says, or there was none in time.
        """
        _, path = self._client.dialect.route("generations.list")
        query = (("page", "1"), ("page_size", str(rows)), *((("namespace", namespace),) if namespace else ()))
        return _page(self._once(path, query, self._client.clock.monotonic() + seconds), 1)

    def get(self, generation_id: str) -> Generation:
        """One generation with its cost.

        Raises:
            NotFoundError: there is none, or 2026-04, which has no such route.
            InferenceError: as the answer says.
        """
        if not is_valid_id(generation_id):
            raise NotFoundError("that is no id of a generation", hint="See:  inference queue list")
        _, path = self._client.dialect.route("generations.get", id=generation_id)
        return Generation.from_json(row_in(self._client.get(path), "generation", "data"))

    def glance(self, ids: Sequence[str], *, singly: int, seconds: float) -> Iterator[Generation]:
        """One quick look at some generations: nothing is sent twice, and what is not known is left out.

        Args:
            ids: the generations.
            singly: up to so many are asked for one by one; more by one page of the history.
            seconds: for all of it.

        Raises:
            InferenceError: as an answer says, or there was none in time.
        """
        until = self._client.clock.monotonic() + seconds
        if len(ids) > singly:
            _, path = self._client.dialect.route("generations.list")
            wanted = set(ids)
            document = self._once(path, (("page", "1"), ("page_size", str(PAGE))), until)
            rows = read_rows(rows_in(document, "generations", "data"), Generation.from_json)
            yield from (row for row in rows if row.generation_id in wanted)
            return
        for generation_id in ids:
            _, path = self._client.dialect.route("generations.get", id=generation_id)
            with suppress(NotFoundError):
                yield Generation.from_json(row_in(self._once(path, (), until), "generation", "data"))

    def _once(self, path: str, query: Query, until: float) -> Any:
        left = max(0.0, until - self._client.clock.monotonic())
        with self._client.streaming(Call(Kind.READ, "GET", path, query, total=left)) as answer:
            return self._client.read_document(answer)


def _page(document: Any, number: int) -> Page:
    rows = rows_in(document, "generations", "data")
    return Page(
        number=number,
        rows=tuple(read_rows(rows, Generation.from_json)),
        pages=_number(document, "total_pages"),
        entries=_number(document, "total_entries"),
        last=_is_last(document, number, len(rows)),
    )


def _is_last(document: object, page: int, rows: int) -> bool:
    """Whether the server says itself that no page follows; a short page alone proves nothing, sizes may be capped."""
    if not isinstance(document, dict):
        return True  # a bare list is not paged
    pages, size = _number(document, "total_pages"), _number(document, "page_size")
    if pages is not None:
        return page >= pages
    return size is not None and rows < size


def _number(document: Any, name: str) -> int | None:
    value = document.get(name) if isinstance(document, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
