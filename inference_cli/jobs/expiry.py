"""Until when a result can be fetched: by its presigned link, or by what the older API promises."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from inference_cli.api.dialect import Dialect
    from inference_cli.api.records import Generation

_DAY = 86400.0  # seconds that the 2026-04 API keeps a generation (contract, "The queue")


def expires(row: "Generation", dialect: "Dialect") -> float | None:
    """The Unix second at which a generation, or the link to its result, is gone (fault C28).

    Args:
        row: as the server lists it.
        dialect: which generation of the API that is.

    Returns:
        None where nobody says.
    """
    begun = row.completed_at or row.enqueued_at
    signed = {} if row.result_url is None else _signed(row.result_url)
    lives = signed.get("x-amz-expires", "")
    if lives.isascii() and lives.isdigit() and len(lives) < 10:  # noqa: PLR2004 - more than 30 years is nonsense
        since = _moment(signed.get("x-amz-date", "")) or begun
        return None if since is None else since + int(lives)
    if dialect.has_generation_route or row.enqueued_at is None:
        return None
    return row.enqueued_at + _DAY


def _signed(url: str) -> dict[str, str]:
    """The parameters of a link, their names in small letters."""
    try:
        found = parse_qs(urlsplit(url).query, max_num_fields=50)
    except ValueError:
        return {}
    return {name.lower(): values[-1] for name, values in found.items()}


def _moment(text: str) -> float | None:
    """The Unix seconds of ``20260421T093000Z``."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
