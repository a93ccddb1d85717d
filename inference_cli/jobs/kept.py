"""Rows of the journal, as the rest of the program sees them."""

import json
import sqlite3
from decimal import Decimal
from pathlib import Path

from inference_cli.frozen import dataclass
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body

# A generation and what its intent adds; columns in the order of ``Kept.from_row``.
SELECT_KEPT = """
SELECT g.id, g.intent, g.n, coalesce(i.total, 1), g.direct, i.kind, i.model, i.namespace, i.prompt, i.seed, i.output,
       g.accepted, g.state, g.status, g.error, g.url, g.path, g.size, g.sha256,
       i.tag, i.price, i.count, g.cost
FROM generations g LEFT JOIN intents i ON i.id = g.intent
"""


@dataclass(frozen=True, slots=True)
class Intent:
    """One request that was planned durably; ``id`` is its own, made here."""

    id: str
    body: Body


@dataclass(frozen=True, slots=True)
class Outcome:
    """A request as the journal tells it later: what was asked, when (Unix seconds), and what came of it."""

    id: str
    created: float
    model: str
    prompt: str | None
    count: int
    state: str  # planned, sending, accepted, refused, unknown, not_sent, presumed_not_sent, unknowable
    error: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation that the journal knows.

    ``n`` of ``count`` is its place in the command that asked for it; ``accepted`` is in Unix seconds; ``url`` is the
    link of a direct answer that is not on disk yet; ``path`` is ``-`` for stdout. ``price`` was expected for the whole
    request, which asked for ``asked`` outputs; ``cost`` is what the server charged for this one; both in US dollars.
    """

    id: str
    intent: str | None
    n: int
    count: int
    direct: bool
    kind: str | None
    model: str | None
    namespace: str | None
    prompt: str | None
    seed: int | None
    output: OutputSpec | None
    accepted: float
    state: str  # accepted, queued, processing, unknown, succeeded, failed, cancelled, vanished, downloaded
    status: str
    error: str | None
    url: str | None
    path: str | None
    size: int | None
    sha256: str | None
    tag: str | None
    price: Decimal | None
    asked: int
    cost: Decimal | None

    @classmethod
    def from_row(cls, row: sqlite3.Row | tuple[object, ...]) -> "Kept":
        """Read a row of ``SELECT_KEPT``."""
        values = dict(zip(cls.__slots__, row, strict=True))
        values["direct"] = bool(values["direct"])
        values["output"] = read_spec(values["output"])
        values["asked"] = values["asked"] or 1
        for name in ("price", "cost"):
            values[name] = None if values[name] is None else Decimal(str(values[name]))
        return cls(**values)

    @property
    def estimate(self) -> Decimal | None:
        """What this one was expected to cost, in US dollars."""
        return None if self.price is None else self.price / self.asked

    @property
    def file(self) -> Path | None:
        """Its file, when it was downloaded and is still there with the size that it had."""
        if self.state != "downloaded" or not self.path or self.path == "-":
            return None
        path = Path(self.path)
        return path if path.is_file() and path.stat().st_size == self.size else None


def written_spec(spec: OutputSpec) -> str:
    """An output specification as the journal keeps it."""
    fields = {"target": spec.target, "force": spec.force, "no_clobber": spec.no_clobber, "stdout": spec.stdout}
    return json.dumps(fields)


def read_spec(text: object) -> OutputSpec | None:
    """The same, read again; None for anything else."""
    if not isinstance(text, str):
        return None
    return OutputSpec(**json.loads(text))
