"""The sandbox's own commands: what it holds, and how to start again."""

from decimal import Decimal

from tests.support.command import User
from tests.support.journey import SQUARE


def test_status_and_reset(user: User) -> None:
    """Credits, generations and folder, in a pipe with tabs; a reset gives the credits back."""
    folder = str(user.home / ".local" / "state" / "inference" / "sandbox")
    user.run("--sandbox", "image", "a fox", *SQUARE, "-o", "fox.png")

    status = user.run("sandbox", "status")
    reset = user.run("sandbox", "reset")
    after = user.run("sandbox", "status", "--json")

    facts = dict(line.split("\t") for line in status.lines)
    assert (status.code, facts["folder"], facts["credits"], facts["generations"]) == (
        0,
        folder,
        "$99.97",
        "1 (0 active)",
    )
    assert (reset.code, reset.out, reset.err) == (0, b"", "  The sandbox is empty and its credits are back.\n")
    found = after.json
    assert (found["schema"], found["folder"], found["generations"], found["active"]) == (1, folder, 0, 0)
    assert Decimal(str(found["credits"])) == Decimal(100)
    assert (user.cwd / "fox.png").exists()
