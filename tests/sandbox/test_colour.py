"""Arithmetic of colours."""

from hypothesis import given, strategies as st

from inference_cli.sandbox.colour import Colour, along, brightness, darker, lighter, mix

levels = st.integers(0, 255)
colours = st.tuples(levels, levels, levels)


@given(colours, colours, st.floats(-1, 2))
def test_a_mixture_lies_between(one: Colour, two: Colour, share: float) -> None:
    """No channel leaves the span of the two colours, whatever the share."""
    assert all(min(a, b) <= c <= max(a, b) for a, b, c in zip(one, two, mix(one, two, share), strict=True))


def test_the_ends_of_a_mixture_and_of_a_gradient_are_its_colours() -> None:
    """Share 0 is the first, 1 the last."""
    stops: tuple[Colour, ...] = ((1, 2, 3), (100, 100, 100), (200, 210, 220))
    assert (mix(stops[0], stops[2], 0), mix(stops[0], stops[2], 1)) == (stops[0], stops[2])
    assert (along(stops, 0), along(stops, 0.5), along(stops, 1)) == stops


def test_lighter_is_brighter_and_darker_is_not() -> None:
    """Brightness runs from black to white."""
    assert brightness(darker((90, 90, 90), 0.5)) < brightness((90, 90, 90)) < brightness(lighter((90, 90, 90), 0.5))
    assert round(brightness((255, 255, 255)), 6) == 1
