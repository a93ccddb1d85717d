"""Until when a result can be fetched."""

import pytest

from inference_cli.api.dialect import CURRENT, LEGACY
from inference_cli.api.records import Generation
from inference_cli.jobs.expiry import expires


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"result_url": "https://x/a?X-Amz-Date=20260921T141320Z&X-Amz-Expires=60"}, 1_790_000_060.0),
        ({"result_url": "https://x/a?x-amz-expires=60", "completed_at": 5, "enqueued_at": 1}, 65.0),
        ({"result_url": "https://x/a?X-Amz-Date=soon&X-Amz-Expires=60", "enqueued_at": 1}, 61.0),
        ({"result_url": "https://x/a?X-Amz-Expires=60"}, None),
        ({"result_url": "https://x/a?X-Amz-Expires=-1", "enqueued_at": 1}, None),
        ({"result_url": "https://x/a?X-Amz-Expires=99999999999", "enqueued_at": 1}, None),
        ({"result_url": "https://[x/a?X-Amz-Expires=1", "enqueued_at": 1}, None),
        ({"result_url": "https://x/a", "enqueued_at": 1}, None),
        ({"enqueued_at": 1}, None),
    ],
)
def test_C28_links_say_how_long_they_live(fields: dict[str, object], end: float | None) -> None:
    """From their own date on, else from when the generation ended or began."""
    row = Generation.from_json({"generation_id": "a", "status": "succeeded", **fields})
    assert expires(row, CURRENT) == end


@pytest.mark.parametrize(("enqueued", "end"), [(1000.0, 87_400.0), (None, None)])
def test_C28_a_day_in_the_older_api(enqueued: float | None, end: float | None) -> None:
    """From when it was taken."""
    row = Generation.from_json({"generation_id": "a", "status": "processing", "enqueued_at": enqueued})
    assert expires(row, LEGACY) == end
