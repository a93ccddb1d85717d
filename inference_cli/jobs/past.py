"""One past generation: what the server says of it and what this machine knows, together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from inference_cli.api.records import Generation, State, state_of
from inference_cli.jobs.kept import Kept

_OF_THE_JOURNAL = {"downloaded": State.SUCCEEDED, "vanished": State.VANISHED}
NOT_CHARGED = frozenset({State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Past:
    """A generation of the history.

    ``at`` is when it was asked for, in Unix seconds; ``cost`` what the server charged, ``estimate`` what this machine
    expected, both in US dollars; ``tag`` the user's own label; ``raw`` the server's row, where it was wanted. ``times``
    is how many generations this stands for that are equal in all that is summed.
    """

    id: str
    model: str | None
    media_type: str | None
    status: str
    state: State
    at: float | None
    cost: Decimal | None = None
    estimate: Decimal | None = None
    tag: str | None = None
    prompt: str | None = None
    kept: Kept | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    times: int = 1

    @classmethod
    def of_server(cls, row: Generation, kept: Kept | None, *, whole: bool = True) -> "Past":
        """A row of the server's history, with what the journal adds.

        Args:
            row: what the server says.
            kept: the same generation in the journal.
            whole: whether its own fields are wanted; a long list does without them.
        """
        times = (row.enqueued_at, row.started_at, row.completed_at)
        return cls(
            id=row.generation_id,
            model=row.model or (kept.model if kept else None),
            media_type=row.media_type or (kept.kind if kept else None),
            status=row.status,
            state=row.state,
            at=next((time for time in times if time is not None), None),
            cost=row.cost,
            estimate=kept.estimate if kept else None,
            tag=kept.tag if kept else None,
            prompt=row.prompt or (kept.prompt if kept else None),
            kept=kept,
            raw=row.raw if whole else {},
        )

    @classmethod
    def of_journal(cls, kept: Kept) -> "Past":
        """What this machine alone knows; its last word on the state may be old."""
        state = state_in_journal(kept.state, kept.status, direct=kept.direct)
        return cls(
            id=kept.id,
            model=kept.model,
            media_type=kept.kind,
            status=state.value,
            state=state,
            at=kept.accepted,
            cost=kept.cost,
            estimate=kept.estimate,
            tag=kept.tag,
            prompt=kept.prompt,
            kept=kept,
        )

    @property
    def file(self) -> Path | None:
        """Its file, where it is on this disk."""
        return self.kept.file if self.kept else None

    @property
    def direct(self) -> bool:
        """Whether a direct request made it; its id is this machine's own then."""
        return self.kept is not None and self.kept.direct

    @property
    def difference(self) -> Decimal | None:
        """By how much it cost more than was expected, in US dollars."""
        return None if self.cost is None or self.estimate is None else self.cost - self.estimate


def state_in_journal(state: str, status: str, *, direct: bool) -> State:
    """What this machine's last word on a generation means.

    Args:
        state: as the journal keeps it.
        status: the server's word.
        direct: whether a direct request made it.
    """
    if state == "accepted":
        return State.SUCCEEDED if direct else state_of(status)
    return _OF_THE_JOURNAL.get(state) or state_of(state)
