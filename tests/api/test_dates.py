"""What time it is at the server."""

import pytest

from inference_cli.api.dates import server_now
from inference_cli.api.wire import httpx
from tests.support.api import Script, client_of


@pytest.mark.parametrize(
    ("date", "seconds"),
    [("Mon, 21 Sep 2026 14:13:20 GMT", 1_790_000_000.0), ("yesterday", None), ("", None), (None, None)],
)
def test_C27_the_servers_clock_counts(date: str | None, seconds: float | None) -> None:
    """Of its last answer; ours where it says nothing that makes sense."""
    headers = {} if date is None else {"date": date}
    with client_of(Script(httpx.Response(200, json={"generations": []}, headers=headers))) as client:
        client.queue.list()
        assert server_now(client) == (client.clock.now() if seconds is None else seconds)
