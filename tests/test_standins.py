"""Modules that a package imports for names that nobody here uses: not loaded by it, and right when somebody uses them."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from inference_cli.standins import Names, without

_SOURCE = """
class Shape:
    sides = 4
    def __init__(self, name="square"):
        self.name = name
    @classmethod
    def of(cls, name):
        return cls(name)

def area(side, *, scale=1):
    return scale * side ** 2

answer = 42
"""
_USER = """
from {source} import Shape, area

class Wide(Shape):
    def width(self):
        return self.sides * 10

class Other:
    pass

def maybe(shape: Shape | None) -> Shape | None:
    return shape
"""
_NAMES = Names(classes=("Shape",), functions=("area",))

Load = Callable[[str, Names], Any]


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Load]:
    """Imports a package that uses a module; the module is stood in for."""
    before = set(sys.modules)
    sys.path.insert(0, str(tmp_path))

    def loaded(source: str, names: Names) -> Any:
        (tmp_path / f"{source}.py").write_text(_SOURCE)
        (tmp_path / f"{source}_user.py").write_text(_USER.format(source=source))
        importlib.invalidate_caches()
        with without({source: names}):
            return importlib.import_module(f"{source}_user")

    yield loaded
    sys.path.remove(str(tmp_path))
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_the_module_is_not_loaded_by_the_package(load: Load) -> None:
    """Nor stands anything in for it afterwards; whoever imports it gets the real one."""
    load("standing_a", _NAMES)
    assert "standing_a" not in sys.modules

    real = importlib.import_module("standing_a")

    assert (type(real), real.answer) == (ModuleType, 42)


def test_a_function_is_called_in_the_real_module(load: Load) -> None:
    """With all its arguments."""
    assert load("standing_b", _NAMES).area(3, scale=2) == 18
    assert "standing_b" in sys.modules


def test_a_class_makes_instances_of_the_real_one(load: Load) -> None:
    """By being called, and by its own methods; its attributes are there too."""
    user = load("standing_c", _NAMES)
    made, other = user.Shape("a"), user.Shape.of("b")

    real = importlib.import_module("standing_c").Shape
    assert (type(made), made.name, type(other), other.name) == (real, "a", real, "b")
    assert user.Shape.sides == 4
    with pytest.raises(AttributeError):
        _ = user.Shape.corners


def test_a_class_knows_the_instances_and_the_heirs_of_the_real_one(load: Load) -> None:
    """And is equal to it, so that a signature can name either."""
    user = load("standing_d", _NAMES)
    real = importlib.import_module("standing_d").Shape
    heir = type("Heir", (real,), {})

    assert (isinstance(real(), user.Shape), isinstance(heir(), user.Shape), isinstance(3, user.Shape)) == (
        True,
        True,
        False,
    )
    assert (issubclass(real, user.Shape), issubclass(heir, user.Shape), issubclass(int, user.Shape)) == (
        True,
        True,
        False,
    )
    assert (user.Shape == real, real == user.Shape, user.Shape == user.Other, user.Shape == "Shape") == (
        True, True, False, False,
    )  # fmt: skip
    assert user.Shape == user.Shape
    assert {user.Shape: 1}[user.Shape] == 1


def test_to_ask_whether_a_class_is_meant_loads_nothing(load: Load) -> None:
    """Comparing is what typer does with every type of a parameter."""
    user = load("standing_e", _NAMES)

    assert [user.Shape == one for one in (int, str, user.Other, None, user.Wide)] == [False] * 5
    assert "standing_e" not in sys.modules


def test_a_derived_class_has_the_real_one_as_its_base(load: Load) -> None:
    """From its first instance on; before that, it is known as derived from what stands in."""
    user = load("standing_f", _NAMES)
    assert (issubclass(user.Wide, user.Shape), issubclass(user.Shape, user.Wide)) == (True, False)

    made = user.Wide("c")

    real = importlib.import_module("standing_f").Shape
    assert (user.Wide.__mro__[1], made.name, made.width()) == (real, "c", 40)
    assert (isinstance(made, user.Shape), isinstance(made, user.Wide), isinstance(real(), user.Wide)) == (
        True,
        True,
        False,
    )


def test_a_name_that_was_not_foreseen_loads_the_module(load: Load) -> None:
    """As another version of the package may take more out of it."""
    user = load("standing_g", Names(classes=("Shape",)))

    assert user.area(3) == 9
    assert "standing_g" in sys.modules
    assert user.Shape == importlib.import_module("standing_g").Shape


def test_what_a_stand_in_has_for_good_is_not_looked_up(load: Load) -> None:
    """The module stays away however often it is used."""
    user = load("standing_h", Names(classes=("Shape",), others={"area": lambda side: -side}))

    assert user.area(3) == -3
    assert "standing_h" not in sys.modules


def test_a_module_that_is_loaded_is_used_itself(load: Load, tmp_path: Path) -> None:
    """There is nothing to spare."""
    (tmp_path / "standing_i.py").write_text(_SOURCE)
    real = importlib.import_module("standing_i")

    assert load("standing_i", _NAMES).Shape is real.Shape


def test_a_package_that_fails_leaves_no_stand_in_behind() -> None:
    """What was raised comes through."""
    with pytest.raises(RuntimeError, match="no"), without({"standing_j": _NAMES}):
        raise RuntimeError("no")
    assert "standing_j" not in sys.modules
