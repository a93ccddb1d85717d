"""What it costs is known before it is spent: estimates, limits and consent."""

import pytest

from tests.support.account import FOX, WAVES
from tests.support.harness import Fault

FOUR_FILMS = ("video", "waves", "-m", WAVES, "--duration", "10", "-o", "waves.mp4")  # 0.10 each


def test_C31_a_script_without_consent(fault: Fault) -> None:
    """Above the threshold of the profile: 6, nothing was sent, and --yes is named."""
    done = fault.run("image", "a fox", "-m", FOX, "-n", "50")

    assert (done.code, fault.api.paid) == (6, [])
    assert "this would cost about $1.50; above $1.00 it needs consent" in done.err
    assert "--yes" in done.err


def test_C31_consent_in_advance(fault: Fault) -> None:
    """--yes; what is below the threshold needs none."""
    many = fault.inside("image", "a fox", "-m", FOX, "-n", "40", "-y", "-q", intents=40)
    few = fault.inside(*FOUR_FILMS, "-n", "4", "-q")

    assert (many.code, few.code) == (0, 0)
    assert len(fault.api.paid) == 41


@pytest.mark.parametrize(("limit", "code"), [("0.39", 6), ("0.40", 0), ("0", 6)])
@pytest.mark.parametrize("more", [[], ["-y"]], ids=["alone", "with --yes"])
def test_C31_a_limit(fault: Fault, limit: str, code: int, more: list[str]) -> None:
    """Four films of ten seconds cost $0.40: --yes does not lift --max-cost."""
    done = fault.inside(*FOUR_FILMS, "-n", "4", "--max-cost", limit, *more)

    assert (done.code, len(fault.api.paid)) == (code, 0 if code else 1)


def test_C31_a_limit_from_the_environment(older: Fault) -> None:
    """In the older API as well, where a film is a request of its own."""
    older.having(INFERENCE_MAX_COST="0.39")
    done = older.run(*FOUR_FILMS, "-n", "4")

    assert (done.code, older.api.paid) == (6, [])
    assert "INFERENCE_MAX_COST" in done.err


def test_C31_a_person_is_asked(fault: Fault) -> None:
    """On a terminal; no is 6, and nothing was sent."""
    terminal = fault.terminal("image", "a fox", "-m", FOX, "-n", "50")
    terminal.wait_for("$1.50")
    terminal.wait_for("?")
    terminal.send("n\r")

    assert (terminal.finish(), fault.api.paid) == (6, [])


def test_C31_the_estimate_is_shown(fault: Fault) -> None:
    """Before it is spent, and by a dry run, which spends nothing."""
    dry = fault.inside(*FOUR_FILMS, "-n", "4", "--dry-run")
    done = fault.inside(*FOUR_FILMS)

    assert (dry.code, done.code, len(fault.api.paid)) == (0, 0, 1)
    assert "$0.40" in dry.err
    assert "about $0.10" in done.err
