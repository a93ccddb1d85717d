"""A command inside a conversation: a session of its own, in the same place."""

from pathlib import Path

from inference_cli.cli.app import carry_out
from tests.support.talking import session_of


def test_the_same_place_and_flags_of_its_own(tmp_path: Path) -> None:
    """Root options are repeated; settings and the sandbox are those of the conversation; the rest is new."""
    outer = session_of(tmp_path)
    outer.begin(sandbox=True, verbose=True, color="never")
    inner = outer.within("queue", "list", "--json")

    assert inner.arguments == ("--sandbox", "--verbose", "--color", "never", "queue", "list", "--json")
    assert inner.settings is outer.settings
    assert inner.sandbox is outer.sandbox
    assert carry_out(inner) == 0
    assert inner.stop is not outer.stop
    assert not outer.output.wants_document
    assert outer.sandbox.status().credits > 0
    outer.close()
