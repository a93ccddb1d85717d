from typing import Any

import pytest

from tests.support.offline import EDIT, IMAGE, MOVE, SHOTS, TEXT, VIDEO, Offline, Open, data_url

NOT_FETCHED = "the file could not be fetched: the sandbox has no network, give it a data: URL"


def test_time_alone_drives_a_generation(offline: Offline) -> None:
    """Queued, then processing, then succeeded with a URL; a row holds the request's own parameters."""
    (identity,) = offline.enqueue(prompt="a fox", seed=7, target_repo="art")
    fields = {
        "prompt": "a fox",
        "seed": 7,
        "generation_id": identity,
        "model_name": IMAGE,
        "media_type": "image",
        "result_url": None,
        "error_message": None,
        "enqueued_at": 1_790_000_000,
        "started_at": None,
        "completed_at": None,
        "target_namespace": "sandbox",
        "target_repo": "art",
        "target_directory": None,
    }
    assert offline.row(identity) == {**fields, "status": "queued"}
    offline.time.now += 0.2
    assert offline.row(identity) == {**fields, "status": "processing", "started_at": 1_790_000_000}
    offline.time.now += 0.6
    row = offline.row(identity)
    assert row == {
        **fields,
        "status": "succeeded",
        "started_at": 1_790_000_000,
        "completed_at": 1_790_000_000,
        "result_url": row["result_url"],
    }
    assert offline.media.get(row["result_url"]).status_code == 200


def test_the_state_outlives_the_process(open_sandbox: Open) -> None:
    """What one sandbox enqueued another over the same folder finishes."""
    (identity,) = open_sandbox().enqueue()
    later = open_sandbox()
    row = later.ended(identity)
    assert row["status"] == "succeeded"
    assert later.media.get(row["result_url"]).status_code == 200


def test_the_speed_divides_every_duration(open_sandbox: Open) -> None:
    """Ten times as fast: a picture is there after 0.075 seconds."""
    offline = open_sandbox(speed=10.0)
    (identity,) = offline.enqueue()
    offline.time.now += 0.08
    assert offline.row(identity)["status"] == "succeeded"


def test_the_list_has_what_is_active_and_with_a_status_what_ended(offline: Offline) -> None:
    """Active only, unless one status is named."""
    (first,) = offline.enqueue()
    offline.time.now += 10
    (second,) = offline.enqueue()

    def listed(**query: str) -> list[str]:
        answer = offline.api.get("/ai/queue", params=query).json()
        assert answer["count"] == len(answer["generations"])
        return [row["generation_id"] for row in answer["generations"]]

    assert listed() == [second]
    assert listed(status="succeeded") == [first]
    assert listed(status="queued") == [second]
    assert listed(status="nonsense") == []


def test_the_list_filters(offline: Offline) -> None:
    """By namespace, model, media type, repository and folder."""
    (film,) = offline.enqueue(VIDEO)
    (image,) = offline.enqueue(target_namespace="acme", target_repo="art", target_directory="a/b")

    def listed(**query: str) -> list[str]:
        return [row["generation_id"] for row in offline.api.get("/ai/queue", params=query).json()["generations"]]

    assert (
        listed(namespace="acme") == listed(repo="art") == listed(folder="a/b") == listed(media_type="image") == [image]
    )
    assert listed(model=VIDEO) == listed(namespace="sandbox") == [film]
    assert listed(namespace="acme", model=VIDEO) == []
    assert listed(namespace="") == [film, image]


def test_one_request_makes_up_to_four_which_differ(offline: Offline) -> None:
    """Each is charged, each has a result of its own."""
    ids = offline.enqueue(num_generations=4)
    urls = {offline.ended(identity)["result_url"].split("?")[0] for identity in ids}
    assert (len(ids), len(urls), offline.credits()) == (4, 4, "99.960000")


@pytest.mark.parametrize("count", [0, 5, "2", 1.5, True])
def test_another_number_is_refused(offline: Offline, count: object) -> None:
    """In the contract's words."""
    answer = offline.post("/ai/queue", model=IMAGE, prompt="x", num_generations=count)
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error": {
                "type": "invalid_params",
                "title": "Invalid parameters",
                "detail": "num_generations must be an integer between 1 and 4",
            },
            "status": "error",
            "status_message": "invalid_params",
            "status_description": "num_generations must be an integer between 1 and 4",
        },
    )


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"prompt": "x"}, 400, "You must specify a model to call"),
        ({"model": "nobody", "prompt": "x"}, 404, "Model not found: nobody"),
        ({"model": TEXT, "prompt": "x"}, 400, ":unsupported_media_type"),
        ({"model": "bytedance-seed-audio-1-0", "prompt": "x"}, 400, ":unsupported_media_type"),
        ({"model": IMAGE, "prompt": "x", "target_directory": []}, 400, "target_directory must be a string"),
    ],
)
def test_what_enqueuing_refuses(offline: Offline, body: dict[str, Any], status: int, detail: str) -> None:
    """The model and the kind of media; not the parameters."""
    answer = offline.post("/ai/queue", **body)
    assert (answer.status_code, answer.json()["error"]["detail"]) == (status, detail)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"model": IMAGE, "prompt": "x", "aspect_ratio": "7:3"},
            "aspect_ratio: must be one of 1:1, 16:9, 9:16, 4:3, 3:4",
        ),
        ({"model": IMAGE}, "Prompt cannot be empty"),
        (
            {"model": SHOTS, "prompt": "x", "multi_prompt": [{"prompt": "y"}]},
            "Getting model response error: 422 - Value error, Cannot provide both 'prompt' and 'multi_prompt'.",
        ),
        (
            {"model": MOVE, "prompt": "x", "input_image": "https://example.com/a.png"},
            f"invalid_file_input: input_image: {NOT_FETCHED}",
        ),
        (
            {"model": MOVE, "prompt": "x", "input_image": "data:image/png;base64,AAAA"},
            "invalid_file_input: input_image: the file is not a picture that can be decoded",
        ),
    ],
)
def test_a_bad_parameter_becomes_a_failed_generation(offline: Offline, body: dict[str, Any], message: str) -> None:
    """It is accepted and charged, fails when it runs, and is refunded."""
    answer = offline.post("/ai/queue", **body)
    assert answer.status_code == 200
    assert offline.credits() != "100.000000"
    row = offline.ended(answer.json()["generations"][0]["generation_id"])
    assert (row["status"], row["error_message"], row["result_url"]) == ("failed", message, None)
    assert offline.credits() == "100.000000"


def test_an_input_inside_a_request_comes_back_as_a_url(offline: Offline) -> None:
    """A list is not filled with pictures; the URL leads to the same bytes."""
    (identity,) = offline.enqueue(EDIT, input_image=data_url(), reference={"a": [data_url()]})
    row = offline.ended(identity)
    assert row["input_image"].startswith("https://media.sandbox.invalid/inputs/")
    assert row["reference"]["a"][0].startswith("https://media.sandbox.invalid/inputs/")
    assert offline.media.get(row["input_image"]).content.startswith(b"\x89PNG")
    (again,) = offline.enqueue(EDIT, input_image=row["input_image"])
    assert offline.ended(again)["status"] == "succeeded"


def test_cancelling_ends_and_refunds(offline: Offline) -> None:
    """A second time changes nothing, nor does cancelling what has ended; who is unknown is 404."""
    first, second = offline.enqueue(num_generations=2)
    answer = offline.api.delete(f"/ai/queue/{first}")
    assert answer.json() == {"status": "success", "generation_id": first}
    assert (offline.row(first)["status"], offline.credits()) == ("cancelled", "99.990000")
    assert offline.row(first)["completed_at"] == 1_790_000_000
    assert offline.row(first)["started_at"] is None
    assert offline.api.delete(f"/ai/queue/{first}").status_code == 200
    assert offline.ended(second)["status"] == "succeeded"
    assert offline.api.delete(f"/ai/queue/{second}").status_code == 200
    assert (offline.row(second)["status"], offline.credits()) == ("succeeded", "99.990000")
    assert offline.api.delete("/ai/queue/nobody").status_code == 404
    assert offline.api.get("/ai/queue/nobody").json()["error"]["detail"] == "Generation not found"


def test_a_direct_generation_is_not_in_the_queue(offline: Offline) -> None:
    """Only what was enqueued is listed."""
    offline.post("/ai/images/generate", model=IMAGE, prompt="x")
    assert offline.api.get("/ai/queue", params={"status": "succeeded"}).json()["count"] == 0


# ------------------------------------------------------------------------------------ the 2026-04 generation


def test_the_older_generation_alone(open_sandbox: Open) -> None:
    """Enqueuing says processing; the list is by namespace and model, has no URL, and forgets what ended."""
    offline = open_sandbox(api="2026-04")
    answer = offline.post("/ai/queue", model=VIDEO, prompt="waves", target_namespace="acme")
    identity = answer.json()["generations"][0]["generation_id"]
    assert answer.json() == {"generations": [{"generation_id": identity, "status": "processing"}]}
    path = f"/media/generations/status/acme/{VIDEO}"
    assert offline.api.get(path).json() == {
        "status": "success",
        "count": 1,
        "generations": [
            {
                "prompt": "waves",
                "generation_id": identity,
                "model": VIDEO,
                "model_name": VIDEO,
                "media_type": "video",
                "status": "processing",
                "enqueued_at": 1_790_000_000,
                "target_namespace": "acme",
                "target_repo": None,
                "target_directory": None,
            }
        ],
    }
    assert offline.api.get(f"/media/generations/status/other/{VIDEO}").json()["count"] == 0
    offline.time.now += 10
    assert offline.api.get(path).json() == {"status": "success", "count": 0, "generations": []}
    assert offline.api.delete(f"/media/generations/acme/{identity}").status_code == 404


def test_the_older_generation_cancels_by_namespace(offline: Offline) -> None:
    """While it is active, in its own namespace, once."""
    (identity,) = offline.enqueue(target_namespace="acme")
    assert offline.api.delete(f"/media/generations/other/{identity}").status_code == 404
    answer = offline.api.delete(f"/media/generations/acme/{identity}")
    assert answer.json() == {"status": "success", "generation_id": identity}
    assert offline.api.delete(f"/media/generations/acme/{identity}").status_code == 404
    assert offline.api.delete("/media/generations/acme/nobody").json() == {"error": {"message": "Generation not found"}}


def test_a_generation_expires_after_a_day(offline: Offline) -> None:
    """It leaves the older list and fails in the current one."""
    (identity,) = offline.enqueue(VIDEO, "sandbox:stuck")
    path = f"/media/generations/status/sandbox/{VIDEO}"
    offline.time.now += 86_399
    assert (offline.api.get(path).json()["count"], offline.row(identity)["status"]) == (1, "processing")
    offline.time.now += 2
    assert offline.api.get(path).json()["count"] == 0
    row = offline.row(identity)
    assert (row["status"], row["error_message"]) == ("failed", "The generation expired after 24 hours")


@pytest.mark.parametrize(
    ("api", "path", "status"),
    [
        ("current", f"/media/generations/status/sandbox/{VIDEO}", 404),
        ("current", "/evaluations/models", 404),
        ("current", "/ai/queue", 200),
        ("2026-04", "/ai/queue", 405),
        ("2026-04", "/ai/models", 404),
        ("2026-04", "/ai/generations", 404),
        ("2026-04", "/ai/queue/x", 404),
        ("2026-04", "/events", 404),
        ("2026-04", "/ai/chat/completions", 404),
        ("current", "/chat/completions", 404),
        ("both", "/chat/completions", 405),
        ("both", "/completions", 404),
    ],
)
def test_a_generation_of_the_api_lacks_the_routes_of_the_other(
    open_sandbox: Open, api: str, path: str, status: int
) -> None:
    """404, by which a client finds out whom it talks to."""
    assert open_sandbox(api=api).api.get(path).status_code == status
