"""Values at paths."""

import pytest

from inference_cli.catalogue.tree import ConflictError, Path, Tree, spelled


def filled(*puts: tuple[Path, object]) -> Tree:
    """A tree with these values; lists are repeatable."""
    tree = Tree()
    for path, value in puts:
        tree.put(path, value, repeatable=isinstance(value, list))
    return tree


def test_objects_and_lists_grow_from_paths() -> None:
    """In any order."""
    tree = filled((("e", 1, "b"), 2), (("e", 0, "a"), 1), (("x", "y"), {"z": 1}), (("l",), [1]), (("l",), [2]))
    assert tree.values() == ({"e": [{"a": 1}, {"b": 2}], "x": {"y": {"z": 1}}, "l": [1, 2]}, {})


@pytest.mark.parametrize(
    ("puts", "why"),
    [
        ([(("a",), 1), (("a",), 2)], "is given twice, and takes one value"),
        ([(("a",), {}), (("a", "b"), 2)], "a is given as a whole already"),
        ([(("a", 0), 1), (("a", 0, "b"), 2)], "a[0] is given as a whole already"),
        ([(("a", "b"), 1), (("a",), 2)], "parts of a are given already"),
    ],
)
def test_what_does_not_go_together(puts: list[tuple[Path, object]], why: str) -> None:
    """Two values for one place."""
    with pytest.raises(ConflictError) as error:
        filled(*puts)
    assert str(error.value) == why


@pytest.mark.parametrize(
    ("puts", "why"),
    [
        ([(("a", 0), 1), (("a", "b"), 2)], "a has both numbers and names"),
        ([(("a", 1), 1)], "a[0] is missing"),
        ([(("a", 0), 1), (("a", 999), 2)], "a[1] is missing"),
    ],
)
def test_what_makes_no_list_is_left_out(puts: list[tuple[Path, object]], why: str) -> None:
    """Holes, and names beside numbers; the other values stay."""
    assert filled(*puts, (("b",), 3)).values() == ({"b": 3}, {"a": why})


def test_a_put_tells_how_many_there_were() -> None:
    """So that each value of a list can be told from the others."""
    tree = Tree()
    assert [tree.put(("l",), values, repeatable=True) for values in ([1], [2, 3], [4])] == [0, 1, 3]


def test_paths_are_spelled_as_they_are_typed() -> None:
    """Names with dots, numbers in brackets."""
    assert spelled(("elements", 0, "frontal_image_url")) == "elements[0].frontal_image_url"


def test_paths_reach_into_what_is_there() -> None:
    """Objects and lists keep what is not named, and grow at their end; a value given whole replaces."""
    base = {"e": [{"a": 1, "b": 1}, {"a": 2}], "x": {"y": 1, "z": 1}, "l": [1, 2], "kept": 1, "text": "a"}
    tree = filled(
        (("e", 0, "a"), 9), (("e", 2, "a"), 3), (("x", "y"), 2), (("l",), [3]), (("text", "n"), 1), (("new", 0), 1)
    )
    assert tree.values(base) == (
        {"e": [{"a": 9, "b": 1}, {"a": 2}, {"a": 3}], "x": {"y": 2, "z": 1}, "l": [3], "text": {"n": 1}, "new": [1]},
        {},
    )
    assert base["e"] == [{"a": 1, "b": 1}, {"a": 2}]
    assert filled((("e", 3), 1)).values(base) == ({}, {"e": "e[2] is missing"})
