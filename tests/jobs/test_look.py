"""One look at several generations: what one of them cannot have is not taken from the others."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inference_cli.api.dialect import CURRENT, LEGACY, Dialect
from inference_cli.api.records import Generation
from inference_cli.errors import DamagedError, InferenceError, TemporaryError, TokenError
from inference_cli.jobs.look import link_of, single
from tests.jobs.test_following import asked_for
from tests.support.fakes import Story, link, story
from tests.support.jobs import Scene, scene

OTHERS = [f"g{n}" for n in range(1, 8)]
LOST = {"bad": Story([(0, None)]), **{name: Story([(0, None)]) for name in OTHERS}}
"""Generations that stand in no list."""


def by_id(made: Scene, answers: dict[str, Callable[[], Generation]]) -> None:
    """Let the routes of one generation answer like that, whatever the lists say."""

    def get(identity: str) -> Generation:
        made.client.calls.append(f"get {identity}")
        return answers[identity]()

    made.client.get = get  # type: ignore[method-assign] # the same server, with answers of one route


def good(name: str) -> Callable[[], Generation]:
    """An answer with a link."""
    return lambda: Generation.from_json({"generation_id": name, "status": "succeeded", "result_url": link(name)})


def raising(error: InferenceError) -> Callable[[], Generation]:
    """No answer, or one that is not understood."""

    def answer() -> Generation:
        raise error

    return answer


@pytest.mark.parametrize("dialect", [CURRENT, LEGACY], ids=["current", "2026-04"])
def test_A38_a_server_that_fails_for_one_gives_the_others(tmp_path: Path, dialect: Dialect) -> None:
    """They are fetched; the one is waited for, and told of once."""
    with scene(tmp_path, stories=LOST, dialect=dialect) as made:
        tracked = asked_for(made, *made.client.stories)
        by_id(
            made, {"bad": raising(TemporaryError("HTTP 500 from the server")), **{name: good(name) for name in OTHERS}}
        )
        made.collect(tracked, timeout=600.0, download=False)
        assert {key: update.phase.value for key, update in made.last.items() if key != "bad"} == dict.fromkeys(
            OTHERS, "succeeded"
        )
        assert made.notes == ["HTTP 500 from the server; the generation goes on, and so does the waiting"]
        assert made.broken is not None
        assert int(made.broken.exit_code) == 124
        assert list(made.broken.generation_ids) == ["bad"]


def test_an_answer_that_is_not_understood_ends_its_own_generation(tmp_path: Path) -> None:
    """After five of them; it is never asked for more often than the others, who have their results by then."""
    with scene(tmp_path, stories=LOST) as made:
        tracked = asked_for(made, *made.client.stories)
        by_id(made, {"bad": raising(DamagedError("no such row")), **{name: good(name) for name in OTHERS}})
        made.collect(tracked)
        assert made.errors == {"bad": (12, "no such row")}
        assert made.broken is None
        assert made.client.calls.count("get bad") == 5
        assert all(made.client.calls.count(f"get {name}") == 1 for name in OTHERS)


def test_one_look_is_all_where_nothing_is_waited_for(tmp_path: Path) -> None:
    """The one fails with what the server said."""
    with scene(tmp_path, stories=LOST) as made:
        tracked = asked_for(made, *made.client.stories)
        by_id(made, {"bad": raising(TemporaryError("HTTP 500")), **{name: good(name) for name in OTHERS}})
        made.collect(tracked, wait=False)
        assert made.errors == {"bad": (7, "HTTP 500")}
        assert made.client.calls.count("get bad") == 1


def test_a_token_that_is_refused_ends_them_all(tmp_path: Path) -> None:
    """Nobody else would be answered."""
    with scene(tmp_path, stories=LOST) as made:
        tracked = asked_for(made, *made.client.stories)
        by_id(made, {name: raising(TokenError("the token is refused")) for name in LOST})
        made.collect(tracked)
        assert made.errors == dict.fromkeys(LOST, (3, "the token is refused"))


def test_C20_the_own_row_is_asked_where_no_list_has_the_link(tmp_path: Path) -> None:
    """A history may name a result or not; the generation's own route names it."""
    stories = {name: story(name, (0, "succeeded"), result_url=None) for name in OTHERS[:2]}
    with scene(tmp_path, stories=stories) as made:
        tracked = asked_for(made, *stories)
        by_id(made, {name: good(name) for name in stories})
        made.collect(tracked)
        assert made.errors == {}
        assert sorted(call for call in made.client.calls if call.startswith("get")) == ["get g1", "get g2"]


def test_C20_a_history_that_has_the_links_is_enough(tmp_path: Path) -> None:
    """Where the queue shows what succeeded without them, one page brings them all."""
    stories = {name: story(name, (0, "succeeded")) for name in OTHERS}
    with scene(tmp_path, stories=stories) as made:
        tracked = asked_for(made, *stories)

        def listed(**filters: object) -> tuple[Generation, ...]:
            made.client.calls.append(f"list {filters['namespace']}")
            return tuple(Generation.from_json({"generation_id": name, "status": "succeeded"}) for name in stories)

        made.client.list = listed  # type: ignore[method-assign] # the same server, with more in its queue
        made.collect(tracked)
        assert made.errors == {}
        assert [call for call in made.client.calls if call.startswith("get")] == []


def test_the_row_of_another_generation_is_not_taken(tmp_path: Path) -> None:
    """Its link would lead to somebody else's result; letters of either case are the same id."""
    with scene(tmp_path, stories={}) as made:
        by_id(made, {"AB": good("ab"), "g1": good("g2")})
        found = single(made.client, "AB")  # type: ignore[arg-type] # the surface that is needed
        assert found is not None
        assert link_of(found) == link("ab")
        with pytest.raises(DamagedError, match="about another generation"):
            single(made.client, "g1")  # type: ignore[arg-type]


def test_C17_an_id_that_is_too_young_for_2026_04_proves_nothing(tmp_path: Path) -> None:
    """Two that no route knows in the first seconds are asked for by their ids once they have left the list."""
    words = [(0.0, None), (2.0, {"status": "processing"}), (10.0, {"status": "succeeded"})]
    stories = {name: Story(words) for name in OTHERS[:2]}
    with scene(tmp_path, stories=stories, dialect=LEGACY) as made:
        made.client.further_on = True
        made.collect(asked_for(made, *stories), download=False)
        assert made.errors == {}
        assert {key: update.phase.value for key, update in made.last.items()} == dict.fromkeys(stories, "succeeded")
