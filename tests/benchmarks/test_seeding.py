"""A profile that is full."""

from pathlib import Path

from tests.benchmarks import seeding
from tests.support.program import program_in


def test_the_program_finds_what_was_put_there(tmp_path: Path) -> None:
    """Its own commands list the generations, add up what they cost, and find the conversations."""
    run = program_in(tmp_path)
    state, data = (run.env[f"INFERENCE_{kind}_DIR"] for kind in ("STATE", "DATA"))

    seeding.main("https://hub.oxen.ai", state, data, "60", "3")

    rows = run("history", "list", "--local", "--all", "--json").json["data"]
    assert (len(rows), sum(row["status"] == "failed" for row in rows)) == (60, 2)
    assert run("queue", "list", "--local").code == 0
    assert len(run("logs", "list", "--json").json["data"]) == 3
    assert run("logs", "search", "copper").code == 0
