"""Beside a peer: what the official openai client sends again by default, this client sends once."""

from pathlib import Path

from tests.support.duplicates import BREAKS, table


def test_a_paid_request_is_sent_once_where_a_peer_repeats_it(tmp_path: Path) -> None:
    """The same server, the same fault: an answer that never comes."""
    assert table(BREAKS[:1], tmp_path) == [("reset before the answer", (3, 3), (1, 1))]
