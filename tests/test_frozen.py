"""Frozen classes of our own are to everybody what those of the standard library are."""

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.frozen import dataclass, field


@dataclass(frozen=True, slots=True)
class Ours:
    """With every sort of field."""

    number: int
    text: str = "x"
    items: list[int] = field(default_factory=list)
    hidden: int = field(default=3, repr=False, compare=False)
    later: int = field(default=4, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "later", self.number + 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same by the standard library."""

    number: int
    text: str = "x"
    items: list[int] = dataclasses.field(default_factory=list)
    hidden: int = dataclasses.field(default=3, repr=False, compare=False)
    later: int = dataclasses.field(default=4, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "later", self.number + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Fields that are named."""

    place: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """To be extended."""

    one: int = 1


@dataclass(frozen=True, slots=True)
class Extended(Base):
    """With a field more."""

    two: int = 2


VALUES = st.tuples(
    st.integers(-2, 2), st.sampled_from(["", "a"]), st.lists(st.integers(0, 1), max_size=2), st.integers(0, 1)
)


@given(VALUES, VALUES)
def test_is_what_a_dataclass_is(first: tuple[Any, ...], second: tuple[Any, ...]) -> None:
    """Its text, its comparison, its fields and its copies are those of ``dataclasses``."""
    ours: Any = Ours(*first)
    theirs: Any = Theirs(*first)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours == Ours(*second)) is (theirs == Theirs(*second))
    assert (ours == theirs) is (theirs == ours) is False
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.replace(ours, text="b").text == "b"
    for again in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):  # noqa: S301 - our own
        assert (again, again.hidden, again.later) == (ours, ours.hidden, ours.later)


@given(st.lists(st.integers(), max_size=2).map(tuple), st.text(max_size=1))
def test_equal_ones_hash_alike(place: tuple[int, ...], why: str) -> None:
    """They can be keys, by their values."""
    assert hash(Named(place=place, why=why)) == hash(Named(place=place, why=why))
    assert {Named(place=place, why=why): 1}[Named(place=place, why=why)] == 1


def test_says_how_it_is_made() -> None:
    """Its signature has the names, the kinds and the types of the standard one's."""
    ours, theirs = (inspect.signature(one).parameters for one in (Ours, Theirs))
    assert [(one.name, one.kind, one.annotation) for one in ours.values()] == [
        (one.name, one.kind, one.annotation) for one in theirs.values()
    ]
    assert inspect.signature(Named).parameters["why"].kind is inspect.Parameter.KEYWORD_ONLY
    assert Ours.__match_args__ == Theirs.__match_args__
    assert not hasattr(Ours(1), "__dict__")


def test_compiles_nothing_before_the_first_instance() -> None:
    """Most classes that a command defines have none; from then on it is a plain function."""

    @dataclass(frozen=True, slots=True)
    class Late:
        value: int

    kinds = [inspect.isfunction(Late.__init__)]
    one = Late(1)
    kinds.append(inspect.isfunction(Late.__init__))
    assert (kinds, one, one.value) == ([False, True], Late(value=1), 1)
    assert Late.__init__.__qualname__ == f"{Late.__qualname__}.__init__"


def test_every_default_is_its_own() -> None:
    """A list that a factory makes belongs to one value."""
    one = Ours(1)
    one.items.append(1)
    assert Ours(1).items == []


def test_refuses_what_a_dataclass_refuses() -> None:
    """Nothing is assigned, deleted, or left out."""
    value = Ours(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.text = "y"  # type: ignore[misc] # that is the point
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.text
    with pytest.raises(TypeError, match="number"):
        Ours()  # type: ignore[call-arg] # that is the point
    with pytest.raises(TypeError, match="positional"):
        Named((1,))  # type: ignore[call-arg] # that is the point


def test_is_extended() -> None:
    """A class below it has the fields of both, and is not equal to the one above."""
    assert repr(Extended(3)) == "Extended(one=3, two=2)"
    assert Extended(1, 2) == Extended()
    assert Extended() != Base()


def test_leaves_the_rest_to_the_standard_library() -> None:
    """What is not frozen can be assigned."""

    @dataclass(slots=True)
    class Open:
        value: int

    one = Open(1)
    one.value = 2
    assert one == Open(2)
