import json
from collections.abc import Iterator
from typing import Any

from tests.support.offline import IMAGE, Offline


def blocks(lines: Iterator[str]) -> Iterator[str]:
    """The stream's events and comments, one at a time."""
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        else:
            yield "\n".join(block)
            block = []


def next_event(found: Iterator[str]) -> dict[str, Any]:
    """The data of the next completion."""
    block = next(block for block in found if block.startswith("event:"))
    name, data = block.split("\n")
    assert name == "event: media_generation_completed"
    event: dict[str, Any] = json.loads(data.removeprefix("data: "))
    return event


def test_what_ends_while_somebody_listens_is_told(offline: Offline) -> None:
    """Success with its URL, failure with its error; nothing of before, and nothing for a cancellation."""
    (before,) = offline.enqueue()
    offline.ended(before)
    with offline.api.stream("GET", "/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        found = blocks(answer.iter_lines())
        assert next(found) == ": connected"
        (cancelled,) = offline.enqueue(prompt="sandbox:stuck")
        offline.api.delete(f"/ai/queue/{cancelled}")
        (good,) = offline.enqueue()
        event = next_event(found)
        url = event.pop("url")
        assert event == {"generation_id": good, "status": "succeeded", "media_type": "image", "model": IMAGE}
        assert offline.media.get(url).status_code in {200, 403}  # the time of this test runs by hours
        (bad,) = offline.enqueue(prompt="sandbox:fail")
        assert next_event(found) == {
            "generation_id": bad,
            "status": "failed",
            "media_type": "image",
            "model": IMAGE,
            "error": "The model failed to generate a result",
        }


def test_a_quiet_stream_has_a_comment_every_fifteen_seconds(offline: Offline) -> None:
    """So that a client sees that it lives."""
    with offline.api.stream("GET", "/events") as answer:
        found = blocks(answer.iter_lines())
        next(found)
        assert [next(found) for _ in range(3)] == [": still here"] * 3
    assert offline.time.now - 1_790_000_000 >= 45
