"""The sound of films."""

import random

import pytest

from inference_cli.sandbox.sound import RATE, score


def heard(prompt: str, duration: float, seed: int) -> tuple[int, bytes]:
    """How many samples there are, and the left side of them."""
    frames = list(score(prompt, duration, random.Random(seed)))
    return sum(frame.samples for frame in frames), b"".join(
        bytes(frame.planes[0])[: frame.samples * 4] for frame in frames
    )


@pytest.mark.parametrize(("prompt", "duration"), [("waves", 0.5), ("rain", 1.25), ("anything", 1 / 24)])
def test_the_track_is_as_long_as_the_film(prompt: str, duration: float) -> None:
    """To the sample."""
    assert heard(prompt, duration, 1)[0] == round(duration * RATE)


def test_it_is_the_same_for_the_same_numbers_and_not_silent() -> None:
    """Another seed plays something else."""
    one, two, other = heard("sea", 0.4, 1), heard("sea", 0.4, 1), heard("sea", 0.4, 2)
    assert one == two != other
    assert len(set(one[1])) > 100
