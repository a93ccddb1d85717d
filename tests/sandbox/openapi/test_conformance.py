"""Whatever is asked, the sandbox answers as its own document says; schemathesis asks.

A bounded slice, the same every time; at length by hand: ``python -m tests.support.openapi``.
"""

from collections.abc import Iterator

import pytest

from inference_cli.sandbox.app import MEDIA_URL
from inference_cli.sandbox.openapi.document import document
from tests.support.offline import Offline
from tests.support.openapi import exercise, operations

EXAMPLES = 4
LABELS = sorted(
    f"{method.upper()} {path}"
    for path, item in document("both", MEDIA_URL)["paths"].items()
    for method in {"get", "put", "post", "delete"} & item.keys()
    if path != "/events" and not path.startswith(("/results/", "/inputs/"))
)


@pytest.mark.unmeasured
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.filterwarnings("ignore")  # of the tools that ask
def test_answers_are_as_described(offline: Offline, label: str) -> None:
    """No failure of the server, known statuses, types of content, headers and shapes, for good requests and bad ones."""
    exercise(offline, operations()[label], examples=EXAMPLES)


def stream_of(offline: Offline) -> Iterator[str]:
    """The types of content of a stream and of what was kept."""
    with offline.api.stream("GET", "/events") as events:
        yield events.headers["content-type"]


def test_the_event_stream_is_as_described(offline: Offline) -> None:
    """It has no end, so nothing but its head is looked at."""
    described = document("both", MEDIA_URL)["paths"]["/events"]["get"]["responses"]["200"]["content"]
    assert [kind.split(";")[0] for kind in stream_of(offline)] == list(described)


def test_results_are_as_described(offline: Offline) -> None:
    """On their own origin: whole, in part, and refused."""
    described = document("both", MEDIA_URL)["paths"]["/results/{name}"]["get"]["responses"]
    (identity,) = offline.enqueue("ideogram-v4", image_size="square")
    url = offline.ended(identity)["result_url"]
    asked = [(url, {}), (url, {"Range": "bytes=0-9"}), (url, {"Range": "bytes=99999999-"})]
    asked += [(url, {"Authorization": "Bearer x"}), (url.split("?")[0], {})]
    found = [offline.media.get(where, headers=headers) for where, headers in asked]
    assert [answer.status_code for answer in found] == [200, 206, 416, 400, 403]
    assert {str(answer.status_code) for answer in found} <= set(described)
