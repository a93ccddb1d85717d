"""What the server lists now of whatever requests of unknown outcome may have made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.jobs.baseline import ROWS, Baseline, oldest_of

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.records import Generation
    from inference_cli.jobs.doubts import Doubt

_MOST_PAGES = 50
_SLACK = 3600.0  # seconds by which clocks may differ, where there is no baseline to go by
Shelf = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows, the oldest first, by namespace (and model, in 2026-04).

    ``whole`` says that nothing that matters is missing: what is not there was not made. It never is in 2026-04, whose
    list forgets what has ended.
    """

    api: str
    rows: Mapping[Shelf, Sequence["Generation"]]
    whole: bool

    def of(self, doubt: "Doubt") -> Sequence["Generation"]:
        """Rows among which those of a request would be, and which were not there before it."""
        rows = self.rows.get((doubt.namespace, None), ()) or self.rows.get((doubt.namespace, doubt.model), ())
        return [row for row in rows if not was_there(row, doubt, self.api)]

    def tells_all_of(self, doubt: "Doubt") -> bool:
        """Whether it is certain which rows are newer than a request."""
        baseline = Baseline.read(doubt.baseline, self.api)
        return baseline is not None and baseline.is_telling


def was_there(row: "Generation", doubt: "Doubt", api: str) -> bool:
    """Whether a generation is older than a request: its baseline says so, else, with an hour's slack, the clocks do."""
    baseline = Baseline.read(doubt.baseline, api)
    if baseline is not None and baseline.had(row):
        return True
    if baseline is not None and baseline.is_telling:
        return False
    return row.enqueued_at is not None and row.enqueued_at < doubt.created - _SLACK


def listing(client: "Client", doubts: Sequence["Doubt"]) -> Listing:
    """Ask what is there, with as few calls as possible: the newest pages, until they show what was there before.

    Args:
        client: of either generation of the API.
        doubts: what is looked for.

    Raises:
        InferenceError: the server did not answer.
    """
    api = client.dialect.name
    rows: dict[Shelf, Sequence[Generation]] = {}
    if not client.dialect.has_history:
        for namespace, model in dict.fromkeys((doubt.namespace, doubt.model) for doubt in doubts):
            rows[namespace, model] = client.queue.list(namespace=namespace, model=model)
        return Listing(api, rows, whole=False)
    whole = True
    for namespace in dict.fromkeys(doubt.namespace for doubt in doubts):
        own = [doubt for doubt in doubts if doubt.namespace == namespace]
        found, complete = _newer(client, namespace, own)
        rows[namespace, None] = found
        whole = whole and complete
    return Listing(api, rows, whole)


def _newer(client: "Client", namespace: str | None, doubts: Sequence["Doubt"]) -> "tuple[Sequence[Generation], bool]":
    """The history of a namespace back to before the requests, the oldest first; whether it was read that far."""
    found: list[Generation] = []
    api = client.dialect.name
    for page in client.generations.pages({"namespace": namespace}, page_size=ROWS):
        found += page.rows
        old_enough = page.rows and all(was_there(page.rows[-1], doubt, api) for doubt in doubts)
        if page.last or (old_enough and oldest_of(found) is not None):
            return found[::-1], True
        if page.number >= _MOST_PAGES:
            break
    return found[::-1], False
