"""Looking a model up."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.lookup import find, unknown
from inference_cli.errors import InferenceError, NotFoundError, TemporaryError


@dataclass
class Shelf:
    """Models that can be looked up and listed, or fail to be."""

    names: Sequence[str]
    failure: InferenceError | None = None
    stale: bool = False

    def get(self, model: str, /, *, stale: bool = False) -> Model:
        """One of them."""
        self.stale = stale
        if model not in self.names:
            raise NotFoundError("404", status=404, request_id="r1")
        return Model(id=model)

    def list(self) -> tuple[Model, ...]:
        """All of them."""
        if self.failure:
            raise self.failure
        return tuple(Model(id=name) for name in self.names)


def missing(shelf: Shelf, name: str) -> NotFoundError:
    """The error of a name that is not there."""
    with pytest.raises(NotFoundError) as error:
        find(shelf, name)
    return error.value


def test_a_model_is_found_by_its_id() -> None:
    """Slashes and capitals are part of it."""
    assert find(Shelf(["own/Model.1"]), "own/Model.1") == Model(id="own/Model.1")


def test_a_wrong_name_gets_the_closest() -> None:
    """Three at most, and the server's own words are kept as data."""
    error = missing(Shelf(["kling-text", "kling-image", "qwen"]), "kling-txt")
    assert (error.message, error.details) == ("no model named kling-txt", ("closest: kling-text, kling-image",))
    assert error.hint == "Nothing was sent.  See:  inference models search kling"
    assert (error.status, error.request_id) == (404, "r1")


def test_nothing_close_is_nothing() -> None:
    """And a list that fails takes nothing away from the answer."""
    error = missing(Shelf(["qwen"]), "zzzz")
    assert (error.details, error.hint) == ((), "Nothing was sent.  See:  inference models list")
    assert missing(Shelf([], TemporaryError("no list")), "zzzz").message == "no model named zzzz"


def test_an_empty_name_is_not_asked_for() -> None:
    """It would be the list's own address."""
    assert missing(Shelf([""]), " ").message == "no model is named"


@pytest.mark.parametrize(
    ("name", "word"), [("new-kling-x", "kling"), ("acme/QWEN.3", "qwen"), ("v2", None), ("k-l-i-n-g", None)]
)
def test_the_search_that_is_advised_finds_something(name: str, word: str | None) -> None:
    """The first word of the name that any id has; short ones say nothing."""
    hint = missing(Shelf(["kling-text", "qwen-v2"]), name).hint
    assert hint == f"Nothing was sent.  See:  inference models {f'search {word}' if word else 'list'}"


def test_where_nothing_would_be_sent_that_is_not_said() -> None:
    """A command that only looks."""
    error = unknown(Shelf(["kling"]), "klin", NotFoundError("404"))
    assert (error.message, error.hint) == ("no model named klin", "See:  inference models search klin")


def test_an_old_copy_does_only_where_it_is_allowed() -> None:
    """The wish is handed on."""
    shelf = Shelf(["kling"])
    find(shelf, "kling")
    assert not shelf.stale
    find(shelf, "kling", stale=True)
    assert shelf.stale
