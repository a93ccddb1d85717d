"""What time it is at the server: ages are told by its clock, since ours may be wrong by days (faults C27, A29)."""

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.api.client import Client


def server_now(client: "Client") -> float:
    """Unix seconds as of the server's last answer, by its ``Date``; by this machine's clock where it says nothing."""
    try:
        return parsedate_to_datetime(client.date or "").timestamp()
    except (ValueError, OverflowError, OSError):
        return client.clock.now()
