"""The tool ``time``: what time it is, in any zone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from inference_cli.clock import Clock
from inference_cli.conversation.tools.tool import ToolFailedError, parameters
from inference_cli.moments import local_time

if TYPE_CHECKING:
    from datetime import tzinfo


@dataclass(frozen=True, slots=True)
class Moment:
    """Tells the time.

    Args:
        clock: has it.
        zone: where nothing else is asked for; None for this machine's.
    """

    clock: Clock
    zone: "tzinfo | None" = None
    name: str = "time"
    description: str = "The current date, time, weekday and time zone."
    acts: bool = False

    @property
    def parameters(self) -> Mapping[str, Any]:
        """One, that may be left out."""
        about = "IANA name of a time zone, such as Europe/Berlin; without it the user's own"
        return parameters({"zone": {"type": "string", "description": about}})

    def call(self, arguments: Mapping[str, Any]) -> str:
        """The time as a JSON object: ISO 8601, weekday, zone, Unix seconds."""
        asked = arguments.get("zone")
        now = self.clock.now()
        when = local_time(now, self.zone if asked is None else _zone(asked))
        if when is None:
            raise ToolFailedError("The clock of this machine stands at no date.")
        zone = asked or str(when.tzinfo)
        told = {"now": when.isoformat(timespec="seconds"), "weekday": f"{when:%A}", "zone": zone, "unix": int(now)}
        return json.dumps(told)


def own_zone(environ: Mapping[str, str]) -> "tzinfo | None":
    """The zone that ``TZ`` names; None where it names none, which leaves it to the machine."""
    try:
        return _zone(environ.get("TZ", ""))
    except ToolFailedError:
        return None


def _zone(name: str) -> "tzinfo":
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ToolFailedError(f"There is no time zone {name[:100]!r}. Names look like Europe/Berlin or UTC.") from None
