"""What a sandbox holds, and how it is forgotten; the application, which takes long to load, is not needed for that."""

from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from inference_cli.sandbox.database import NAME, PATIENCE, UnusableError, discard, told
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

    Raises:
        UnusableError: the database is damaged.
        OSError: the folder can't be looked into.
    """
    files = (path for path in store.folder.rglob("*") if path.is_file())
    with told(store.path):
        return Status(
            folder=store.folder,
            credits=store.credits * MICRO,
            generations=_count(store, now, None),
            active=sum(_count(store, now, status) for status in ("queued", "processing")),
            bytes=sum(path.stat().st_size for path in files),
        )


def _count(store: Store, now: float, status: str | None) -> int:
    return store.page(now, {"status": status}, limit=0, offset=0)[1]


def forget(folder: Path, *, patience: float = PATIENCE) -> None:
    """Empty a sandbox and give its credits back; a damaged database, whose state is worth nothing, is made anew.

    Args:
        folder: of the sandbox.
        patience: seconds to wait for another process's transaction.

    Raises:
        UnusableError: another process does not let go of the database, or it can't be opened; nothing was forgotten.
        LeftoverError: files could not be removed; everything else was forgotten.
        OSError: the folder can't be used.
    """
    try:
        _reset(folder, patience)
    except UnusableError as trouble:
        if not trouble.damaged:
            raise
        discard(folder / NAME)
        _reset(folder, patience)


def _reset(folder: Path, patience: float) -> None:
    with closing(Store(folder, patience=patience)) as store:
        store.reset()
    Store(folder, patience=patience).close()  # damage to the list of its tables shows where that is read anew
