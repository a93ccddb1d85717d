"""Flags of the commands about what was made before (``queue``, ``history``, ``recover``, ``logs``)."""

import enum
from typing import Annotated

import typer


class State(enum.StrEnum):
    """States that the queue can be asked for (contract, "The queue")."""

    QUEUED = "queued"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Media(enum.StrEnum):
    """Kinds of generations in the queue."""

    IMAGE = "image"
    VIDEO = "video"


class By(enum.StrEnum):
    """What costs are summed by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    MODEL = "model"
    TAG = "tag"
    STATUS = "status"
    MEDIA = "media"


Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Generation ids: whole, a unique prefix, or last.", show_default=False),
]
Status = Annotated[State | None, typer.Option("--status", help="Only those in that state.", show_default=False)]
MediaType = Annotated[Media | None, typer.Option("--media-type", help="Only that kind.", show_default=False)]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="7d|DATE", help="Only since then: 7d, 24h, 2026-11-01, yesterday.", show_default=False
    ),
]
RecoverSince = Annotated[
    str,
    typer.Option("--since", metavar="7d|DATE", help="How far back to look into the account: 7d, 2026-11-01."),
]
HowFar = Annotated[bool, typer.Option("--all", help="All of the account's history, however old.")]
IntoFolder = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for all files; else each goes where it was to.",
        show_default=False,
    ),
]
SetAside = Annotated[
    bool, typer.Option("--forget", help="Set aside what is still unknown: it counts as billed, and is not asked about.")
]
ShowOnly = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and change nothing.")]
FetchThem = Annotated[bool, typer.Option("--yes", "-y", help="Download what else the account has without asking.")]
WaitAtMost = Annotated[
    str | None,
    typer.Option("--timeout", metavar="10m", help="Give up waiting; what is left stays.", show_default=False),
]
SpendSince = Annotated[
    str, typer.Option("--since", metavar="30d|DATE|all", help="Only since then: 7d, 2026-11-01, all.")
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="1d|DATE", help="Only before then; a day is in it.", show_default=False),
]
Tagged = Annotated[
    str | None,
    typer.Option("--tag", metavar="NAME", help="Only what this machine made with that label.", show_default=False),
]
GroupBy = Annotated[By, typer.Option("--by", help="What is summed.")]
Csv = Annotated[bool, typer.Option("--csv", help="The sums as CSV with a heading.")]
Shown = Annotated[
    int | None,
    typer.Option("--limit", min=1, metavar="N", help="At most so many rows; 50 if not said.", show_default=False),
]
All = Annotated[bool, typer.Option("--all", help="All rows, however many.")]
Local = Annotated[bool, typer.Option("--local", help="What this machine's journal knows; asks nobody.")]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many rows.")]
