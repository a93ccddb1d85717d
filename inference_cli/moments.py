"""Moments, which are Unix seconds, on the calendar of a zone."""

from datetime import UTC, date, datetime, tzinfo


def local_time(moment: float, zone: tzinfo | None) -> datetime | None:
    """A moment on the calendar.

    Args:
        moment: Unix seconds.
        zone: whose calendar; None for this machine's.

    Returns:
        None where no calendar has it (before year 1, after 9999).
    """
    try:
        return datetime.fromtimestamp(moment, UTC).astimezone(zone)
    except (OverflowError, OSError, ValueError):
        return None


def local_date(moment: float, zone: tzinfo | None) -> date | None:
    """The day of ``local_time``; sums ask for thousands, and the machine's zone tells it in an eighth of the time."""
    if zone is not None:
        at = local_time(moment, zone)
        return at and at.date()
    try:
        return date.fromtimestamp(moment)  # noqa: DTZ012 - the machine's zone is what is asked for
    except (OverflowError, OSError, ValueError):
        return None
