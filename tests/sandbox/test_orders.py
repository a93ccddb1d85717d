from typing import Any

import pytest

from inference_cli.sandbox.catalogue import Entry, published
from tests.support.offline import IMAGE, VIDEO, Offline, Open, data_url, silence

MEDIA = [entry for entry in published().all() if entry.media_type in {"image", "video"}]


def plainest(entry: Entry, urls: dict[str, str]) -> dict[str, Any]:
    """The smallest request that a model takes: what it requires, and one input of each kind that it can have."""
    body: dict[str, Any] = {"model": entry.id}
    required = (entry.schema or {}).get("required", [])
    for name, part in entry.properties.items():
        media = part.get("x-media")
        if media is not None and (name in required or name.startswith(("input_image", "input_video"))):
            body[name] = [urls[media]] if part["type"] == "array" else urls[media]
        elif name in required:
            body[name] = part.get("default", part.get("enum", ["a red fox"])[0])
    if "multi_prompt" in entry.properties:
        body["multi_prompt"] = [{"prompt": "a red fox", "duration": 5}]
    return body


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One sandbox for all models, and an input of each kind."""
    from tests.support.offline import opening

    with opening(tmp_path_factory.mktemp("orders")) as opener:
        offline = opener()
        film = offline.post("/ai/videos/generate", model=VIDEO, prompt="waves").json()["videos"][0]["url"]
        yield offline, {"image": data_url(), "video": film, "audio": silence()}


@pytest.mark.parametrize("entry", MEDIA, ids=lambda entry: entry.id)
def test_every_media_model_works(sandbox: tuple[Offline, dict[str, str]], entry: Entry) -> None:
    """Queued with what it requires it succeeds, has a URL, and costs something."""
    offline, urls = sandbox
    answer = offline.post("/ai/queue", **plainest(entry, urls))
    assert answer.status_code == 200, answer.text
    offline.time.now += 3
    row = offline.api.get(f"/ai/generations/{answer.json()['generations'][0]['generation_id']}").json()["generation"]
    assert (row["status"], row["error_message"]) == ("succeeded", None)
    assert row["result_url"].startswith("https://media.sandbox.invalid/results/")
    assert float(row["cost"]) > 0


def test_how_many_there_are() -> None:
    """So that nobody leaves one out."""
    assert len(MEDIA) == 122


def test_a_price_follows_the_duration(offline: Offline) -> None:
    """Ten seconds at seven cents."""
    offline.enqueue(VIDEO, duration=10)
    assert offline.credits() == "99.300000"


def test_the_namespace_of_whoever_asks_is_the_default(open_sandbox: Open) -> None:
    """An empty one counts as none."""
    offline = open_sandbox()
    (identity,) = offline.enqueue(IMAGE, target_namespace="")
    assert offline.row(identity)["target_namespace"] == "sandbox"
