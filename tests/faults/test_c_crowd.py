"""Group C of the fault catalogue, its largest row: a thousand generations followed by one command."""

from tests.support.account import FOX
from tests.support.harness import Fault
from tests.support.installed import needs

_DESCRIPTORS, _MEMORY = 100, 100 * 2**20


@needs("prlimit")
def test_C26_a_thousand_generations_in_one_command(fault: Fault) -> None:
    """A list call for all of them at a time, few descriptors, little memory, and every one of them on disk."""
    fault.api.looks = 2
    ids = [fault.api.make({"model": FOX, "prompt": "a red fox"}) for _ in range(1000)]
    fault.run("models", "list")
    before = len(fault.api.asked)
    done = fault.run(
        "queue", "wait", *ids, "-o", "{id}.png", "-q", prefix=("prlimit", f"--nofile={_DESCRIPTORS}"), budget=300
    )

    assert (done.code, len(done.lines)) == (0, 1000)
    assert sorted(done.lines) == fault.files
    assert len(fault.api.asked) - before <= 10
    assert len(fault.storage.asked) == 1000
    assert fault.runs[-1].peak < _MEMORY
