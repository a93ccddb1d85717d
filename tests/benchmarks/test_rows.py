"""What a figure is held against, and when a version misses it."""

from dataclasses import replace

from tests.benchmarks.rows import MEGA, Against, Row, Target, Unit


def _row(target: Target | None, *, fixed: bool = False, floors: dict[str, float] | None = None) -> Row:
    floors = {"floor": 2.0, "another": 1.0} if floors is None else floors
    return Row("start", "processor", Unit.SECONDS, {"old": 3.0, "new": 2.5}, floors, {}, target, fixed)


def test_a_ratio_refers_to_the_first_floor() -> None:
    """Each version by itself, up to the target and no further."""
    row = _row(Target(1.25), fixed=True)
    assert [row.reckoned(figure) for figure in row.ours.values()] == [1.5, 1.25]
    assert [row.reached(version) for version in row.ours] == [False, True]
    assert row.broken == ("old",)


def test_a_difference_and_a_figure_alone() -> None:
    """How much more than the floor, and no floor at all."""
    above = _row(Target(1.0, Against.ABOVE))
    alone = _row(Target(2.9, Against.ALONE), floors={})
    assert [above.reckoned(3.0), above.reached("old")] == [1.0, True]
    assert [alone.reckoned(3.0), alone.reached("old"), alone.reached("new")] == [3.0, False, True]


def test_a_peer_that_is_too_near() -> None:
    """The floor alone is not the target where a multiple for a peer stands beside it; who was not measured counts not."""
    target = Target(1.25, peers={"slow": 8, "absent": 8})
    row = Row("start", "processor", Unit.SECONDS, {"new": 1.0}, {"floor": 1.0}, {"slow": 7.9, "other": 1.0}, target)
    assert row.reached("new") is False
    assert replace(row, peers={"slow": 8.0, "other": 1.0}).reached("new") is True


def test_without_a_floor_nobody_can_tell() -> None:
    """A floor that failed, or that took nothing, is no reason to call a target missed."""
    for floors in ({}, {"floor": 0.0}):
        row = _row(Target(1.25), fixed=True, floors=floors)
        assert (row.reckoned(3.0), row.reached("old"), row.broken) == (None, None, ())
    assert _row(None).reached("old") is None


def test_a_time_breaks_nothing() -> None:
    """Only what no machine changes ends a run with a failure."""
    assert _row(Target(1.0)).broken == ()
    assert MEGA == 1024 * 1024
