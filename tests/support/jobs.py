"""What the tests of jobs start from: an origin, a journal in a folder of its own, and orders."""

from pathlib import Path
from typing import Any

from inference_cli.clock import Clock, ManualClock
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Body, Kind, Order, Route
from inference_cli.origin import Origin

ORIGIN = Origin("https", "hub.example", 443)


def journal_in(folder: Path, *, clock: Clock | None = None, origin: Origin = ORIGIN, patience: float = 30.0) -> Journal:
    """A journal in that folder."""
    return Journal(folder / "journal.sqlite3", origin=origin, clock=clock or ManualClock(), patience=patience)


def order_for(
    *bodies: Body,
    target: str | None = None,
    route: Route = "queue",
    kind: Kind = "image",
    spec: OutputSpec | None = None,
    **fields: Any,
) -> Order:
    """An order for a red fox: those requests, or one for one output."""
    return Order(
        kind=kind,
        route=route,
        model=fields.pop("model", "fox-1"),
        namespace=fields.pop("namespace", None),
        prompt=fields.pop("prompt", "a red fox"),
        bodies=bodies or (Body(json={"model": "fox-1", "prompt": "a red fox"}, count=1, first=1),),
        output=spec or OutputSpec(target),
        argv=fields.pop("argv", ("image", "a red fox")),
        **fields,
    )
