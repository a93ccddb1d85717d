"""Which requests follow a generation."""

from tests.benchmarks.scenarios.following import busiest, following
from tests.benchmarks.server.client import Seen


def test_only_looks_count() -> None:
    """Not what pays, what fetches, what learns of the model, nor the look at what was there before."""
    targets = {
        1.0: ("GET", "/api/ai/models/film-50-3"),
        2.0: ("GET", "/api/ai/generations?page=1&page_size=100"),
        3.0: ("POST", "/api/ai/queue"),
        4.0: ("GET", "/api/ai/queue"),
        5.0: ("GET", "/api/events"),
        6.0: ("GET", "/api/ai/generations?page=1&page_size=1000"),
        7.0: ("GET", "/files/50000/a.mp4?X-Amz-Signature=abc"),
        8.0: ("GET", "/older/api/media/generations/status/org/film-50-3"),
    }
    seen = Seen(tuple((moment, *asked) for moment, asked in targets.items()), {})
    assert following(seen) == [4.0, 5.0, 6.0, 8.0]


def test_the_busiest_second() -> None:
    """Any second, not those of the clock; its end is not in it."""
    assert busiest([]) == 0
    assert busiest([0.9, 1.1, 1.8, 1.9, 5.0]) == 3
    assert busiest([0.9, 1.1, 1.8, 1.89, 5.0]) == 4
