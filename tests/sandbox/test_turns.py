"""Equal requests without a seed: a service draws one, the sandbox counts."""

from pathlib import Path

from tests.support.offline import IMAGE, opening


def _pictures(folder: Path, *bodies: dict[str, object]) -> list[bytes]:
    """The bytes of every output of direct requests, in order, from a fresh sandbox."""
    with opening(folder) as fresh:
        offline = fresh()
        answers = [offline.post("/ai/images/generate", model=IMAGE, **body).json() for body in bodies]
        urls = [answer["images"][0]["url"] for answer in answers]
        return [offline.media.get(url).content for url in urls]


def test_equal_requests_without_a_seed_give_different_pictures(tmp_path: Path) -> None:
    """The first of a fresh sandbox is the same every time."""
    wish: dict[str, object] = {"prompt": "a fox", "aspect_ratio": "1:1"}

    first, second, other = _pictures(tmp_path / "a", wish, wish, {"prompt": "a cat", "aspect_ratio": "1:1"})

    assert first != second
    assert _pictures(tmp_path / "b", wish, wish) == [first, second]
    assert _pictures(tmp_path / "c", {"prompt": "a cat", "aspect_ratio": "1:1"}) == [other]


def test_with_a_seed_every_one_is_the_same(tmp_path: Path) -> None:
    """A seed is a promise."""
    wish: dict[str, object] = {"prompt": "a fox", "aspect_ratio": "1:1", "seed": 7}

    first, second = _pictures(tmp_path, wish, wish)

    assert first == second


def test_every_second_fails_within_a_request_whatever_came_before(tmp_path: Path) -> None:
    """The magic word counts the outputs of its own request."""
    with opening(tmp_path) as fresh:
        offline = fresh()
        wish = "a fox sandbox:partial"
        ids = [
            *offline.enqueue(prompt=wish),
            *offline.enqueue(prompt=wish),
            *offline.enqueue(prompt=wish, num_generations=2),
        ]
        assert [offline.ended(identity)["status"] for identity in ids] == ["succeeded"] * 3 + ["failed"]


def test_requests_of_one_fan_out_do_not_repeat_each_other(tmp_path: Path) -> None:
    """Five by the queue are two requests; the fifth is not the first again."""
    with opening(tmp_path) as fresh:
        offline = fresh()
        ids = [*offline.enqueue(aspect_ratio="1:1", num_generations=4), *offline.enqueue(aspect_ratio="1:1")]
        pictures = {offline.media.get(offline.ended(identity)["result_url"]).content for identity in ids}

    assert len(pictures) == 5
