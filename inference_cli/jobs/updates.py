"""What a running command tells whoever watches it: one update per change of one output."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from inference_cli.errors import InferenceError


class Phase(enum.StrEnum):
    """Where one output stands, from the request to the file."""

    SENDING = "sending"  # the paid request is on its way; direct calls stay here until the answer
    QUEUED = "queued"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"  # ended well on the server, nothing downloaded yet
    DOWNLOADING = "downloading"
    SAVED = "saved"
    SKIPPED = "skipped"  # --no-clobber and the file is there
    FAILED = "failed"
    CANCELLED = "cancelled"
    VANISHED = "vanished"
    UNKNOWN = "unknown"  # the outcome of the paid request, or the server's word, is not known

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to this output in this command."""
        return self in {Phase.SAVED, Phase.SKIPPED, Phase.FAILED, Phase.CANCELLED, Phase.VANISHED}


@dataclass(frozen=True, slots=True)
class Result:
    """One output as the JSON document lists it; money in US dollars, sizes in bytes."""

    generation_id: str | None
    status: str
    path: Path | None = None  # None: not on disk, or written to stdout
    bytes: int | None = None
    sha256: str | None = None
    seed: int | None = None
    cost: Decimal | None = None
    format: str | None = None  # "png", "mp4", …, by content
    width: int | None = None
    height: int | None = None
    duration: float | None = None  # seconds
    raw: Mapping[str, Any] = field(default_factory=dict)  # the API's own fields


@dataclass(frozen=True, slots=True)
class Update:
    """A change of one output.

    ``key`` is the same for one output during the whole command; ``label`` is what a person reads (``waves-1`` or a
    short id); ``elapsed`` counts seconds since its request; ``received`` and ``total`` are bytes of its download.
    """

    key: str
    label: str
    phase: Phase
    generation_id: str | None = None
    status: str = ""
    elapsed: float = 0.0
    received: int = 0
    total: int | None = None
    result: Result | None = None  # with an ended phase
    error: InferenceError | None = None  # why it failed, or why its file is not on disk
    note: str | None = None  # one sentence worth a line on stderr, such as "the server says 'throttled'"

    @property
    def final(self) -> bool:
        """Whether this is the last word on its output: it ended, or it failed."""
        return self.phase.ended or self.error is not None
