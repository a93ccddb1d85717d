"""Looking a model up."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.lookup import find
from inference_cli.errors import InferenceError, NotFoundError, TemporaryError


@dataclass
class Shelf:
    """Models that can be looked up and listed, or fail to be."""

    names: Sequence[str]
    failure: InferenceError | None = None

    def get(self, model: str, /) -> Model:
        """One of them."""
        if model not in self.names:
            raise NotFoundError("404", status=404, request_id="r1")
        return Model(id=model)

    def list(self) -> tuple[Model, ...]:
        """All of them."""
        if self.failure:
            raise self.failure
        return tuple(Model(id=name) for name in self.names)


@dataclass
class Client:
    """As much of a client as is asked."""

    models: Shelf


def missing(shelf: Shelf, name: str) -> NotFoundError:
    """The error of a name that is not there."""
    with pytest.raises(NotFoundError) as error:
        find(Client(shelf), name)
    return error.value


def test_a_model_is_found_by_its_id() -> None:
    """Slashes and capitals are part of it."""
    assert find(Client(Shelf(["own/Model.1"])), "own/Model.1") == Model(id="own/Model.1")


def test_a_wrong_name_gets_the_closest() -> None:
    """Three at most, and the server's own words are kept as data."""
    error = missing(Shelf(["kling-text", "kling-image", "qwen"]), "kling-txt")
    assert (error.message, error.details) == ("no model named kling-txt", ("closest: kling-text, kling-image",))
    assert error.hint == "Nothing was sent.  See:  inference models list"
    assert (error.status, error.request_id) == (404, "r1")


def test_nothing_close_is_nothing() -> None:
    """And a list that fails takes nothing away from the answer."""
    assert missing(Shelf(["qwen"]), "zzzz").details == ()
    assert missing(Shelf([], TemporaryError("no list")), "zzzz").message == "no model named zzzz"


def test_an_empty_name_is_not_asked_for() -> None:
    """It would be the list's own address."""
    assert missing(Shelf([""]), " ").message == "no model is named"
