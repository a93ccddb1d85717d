"""The garbage collector waits while a command starts, and works afterwards."""

import gc

from inference_cli.collection import hold, release


def test_waits_and_works_again() -> None:
    """Held once, however often it is asked; released, what was there is set aside and the thresholds are back."""
    usual = gc.get_threshold()
    try:
        hold()
        hold()
        assert gc.get_threshold() == (60_000, *usual[1:])
        release()
        assert gc.get_threshold() == usual
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def test_what_was_not_held_is_left_alone() -> None:
    """A program that uses the package as a library keeps its own settings."""
    usual, frozen = gc.get_threshold(), gc.get_freeze_count()
    release()
    assert (gc.get_threshold(), gc.get_freeze_count()) == (usual, frozen)
