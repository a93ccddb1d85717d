"""Many results at once: one that is bad keeps none of the others back."""

from tests.support.account import FOX
from tests.support.broken import this
from tests.support.harness import Fault
from tests.support.traces import states

FIFTY = ("image", "a red fox", "-m", FOX, "--queue", "-n", "50", "-y", "-o", "fox.png")


def test_D26_one_bad_result_of_fifty(fault: Fault) -> None:
    """10: the others are on disk, the sentence says how many, and one command asks for what is missing."""
    fault.storage.always("GET /results/gen-0007-canary.png", this(b"not a picture"))
    done = fault.run(*FIFTY, "-q", intents=13)

    pictures = [name for name in fault.files if not name.startswith(".")]
    assert (done.code, len(pictures), len(done.lines)) == (10, 49, 49)
    assert "49 of 50 are done; the rest: the result is damaged" in done.err
    assert "inference queue download gen-0007" in done.err
    assert sorted(map(str, states(fault))) == ["downloaded"] * 49 + ["succeeded"]

    again = fault.run("queue", "download", "gen-0007")
    assert (again.code, len(fault.api.paid)) == (12, 13)
