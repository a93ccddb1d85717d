"""Whose generations are whose."""

from collections.abc import Sequence

from hypothesis import given, strategies as st

from inference_cli.jobs.claims import Party, Share, share

IDS = "abcdef"


def party(number: int, ids: str, room: int = 1, *, alike: str = "", opened: bool = True) -> Party:
    """A request that may have made those ids."""
    return Party(number, room, frozenset(ids), alike or str(number), opened)


def shared(*parties: Party, late: bool = True) -> dict[int, tuple[str, str]]:
    """What each open party gets, and what is doubtful."""
    found = share(parties, IDS, late=late)
    return {number: ("".join(one.ids), "".join(one.doubtful)) for number, one in found.items()}


def test_as_many_as_were_asked_for_are_its_own() -> None:
    """Exactly n, or fewer: all of them; more: none, and all are doubtful."""
    assert shared(party(1, "ab", 2)) == {1: ("ab", "")}
    assert shared(party(1, "ab", 4)) == {1: ("ab", "")}
    assert shared(party(1, "abc", 2)) == {1: ("", "abc")}
    assert share([], IDS) == {}


def test_C04_the_baselines_of_both_count() -> None:
    """The second request was sent after the first one's generation was there: only one way fits."""
    assert shared(party(1, "ab"), party(2, "b")) == {1: ("a", ""), 2: ("b", "")}
    assert shared(party(1, "abc", 2), party(2, "c")) == {1: ("ab", ""), 2: ("c", "")}


def test_C04_what_cannot_be_told_apart_is_nobodys() -> None:
    """One generation and two requests that differ: it is neither's."""
    assert shared(party(1, "a"), party(2, "a")) == {1: ("", "a"), 2: ("", "a")}
    assert shared(party(1, "ab"), party(2, "ab")) == {1: ("", "ab"), 2: ("", "ab")}


def test_C04_of_requests_that_are_alike_each_gets_one() -> None:
    """The same was asked for twice: it makes no difference who gets which, if all are there, or no more will come."""
    both = party(1, "ab", alike="x"), party(2, "ab", alike="x")
    one = party(1, "a", alike="x"), party(2, "a", alike="x")
    assert shared(*both, late=False) == {1: ("a", ""), 2: ("b", "")}
    assert shared(*one, late=False) == {1: ("", "a"), 2: ("", "a")}
    assert shared(*one, late=True) == {1: ("a", ""), 2: ("", "")}


def test_who_is_still_under_way_keeps_what_may_be_its_own() -> None:
    """Its answer will say which they are, or it has made them without their ids: nobody else gets them."""
    assert shared(party(1, "ab", alike="x"), party(2, "ab", alike="x", opened=False)) == {1: ("", "ab")}
    assert shared(party(1, "ab"), party(2, "b", opened=False)) == {1: ("a", "")}
    assert shared(party(1, "ab", 2), party(2, "b", 2, opened=False)) == {1: ("a", "b")}


@st.composite
def some(draw: st.DrawFn) -> list[Party]:
    """Up to five requests for up to six ids."""
    return [
        Party(
            number,
            draw(st.integers(1, 3)),
            draw(st.frozensets(st.sampled_from(IDS))),
            draw(st.sampled_from("xy")),
            draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 5)))
    ]


@given(parties=some(), late=st.booleans(), data=st.data())
def test_no_id_is_ever_given_twice(parties: list[Party], late: bool, data: st.DataObject) -> None:
    """Whatever overlaps: an id has one owner, who may have made it, and nobody gets more than was asked for."""
    found = share(parties, IDS, late=late)
    by_number = {party.number: party for party in parties}

    given_away = [one for got in found.values() for one in got.ids]
    assert len(given_away) == len(set(given_away))
    assert found.keys() == {party.number for party in parties if party.open}
    for number, got in found.items():
        assert len(got.ids) <= by_number[number].room
        assert set(got.ids) | set(got.doubtful) <= by_number[number].ids
        assert not set(got.ids) & set(got.doubtful)
    shuffled: Sequence[Party] = data.draw(st.permutations(parties))
    assert share(shuffled, IDS, late=late) == found


@given(parties=some(), late=st.booleans())
def test_nobody_gets_what_only_somebody_else_can_have_made(parties: list[Party], late: bool) -> None:
    """Another request's presence takes away, and never adds what is not in the own list."""
    for one in parties:
        alone = share([one], IDS, late=late).get(one.number, Share())
        among = share(parties, IDS, late=late).get(one.number, Share())
        assert set(among.ids) <= one.ids
        if len(one.ids) <= one.room and one.open:
            assert set(among.ids) <= set(alone.ids)
