"""What a sandbox holds; the application, which takes long to load, is not needed to tell."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from inference_cli.sandbox.pricing import MICRO
from inference_cli.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a sandbox's folder; credits in US dollars, ``bytes`` counts everything kept there."""

    folder: Path
    credits: Decimal
    generations: int
    active: int
    bytes: int


def status_of(store: Store, now: float) -> Status:
    """What there is.

    Args:
        store: of the sandbox.
        now: Unix seconds; what ends later is active.
    """
    files = (path for path in store.folder.rglob("*") if path.is_file())
    return Status(
        folder=store.folder,
        credits=store.credits * MICRO,
        generations=store.page(now, {}, limit=0, offset=0)[1],
        active=len(store.rows(now, {}, active=True)),
        bytes=sum(path.stat().st_size for path in files),
    )
