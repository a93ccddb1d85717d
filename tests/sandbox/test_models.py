from typing import Any

import pytest

from tests.support.offline import EDIT, IMAGE, VIDEO, Offline, Open

REMOVED = "kling-video-o3-pro-text-to-video"
CAPITALS = "ltx-2-3-pro-22b-IC-LoRA-Union-Control"


def ids(offline: Offline, path: str, **query: str) -> list[str]:
    """The ids of a list of the current API."""
    answer = offline.api.get(path, params=query).json()
    assert answer["object"] == "list"
    return [model["id"] for model in answer["data"]]


def test_a_model_of_the_current_api(offline: Offline) -> None:
    """Every field of the contract, the price as published."""
    model = offline.api.get(f"/ai/models/{VIDEO}").json()
    schema = model.pop("request_schema")
    summary = "Kling 2.6 Pro - Text to Video by Kling makes films from text."
    assert model == {
        "id": VIDEO,
        "object": "model",
        "created": 1_767_225_600,
        "owned_by": "oxen",
        "display_name": "Kling 2.6 Pro - Text to Video",
        "description": summary,
        "summary": summary,
        "model_type": "base",
        "endpoint": "/videos/generate",
        "capabilities": {"input": ["text"], "output": ["video"]},
        "pricing": {"method": "per_video_output_second", "cost_per_second": 0.07},
        "fine_tuning": None,
        "deployments": [],
        "developer": {"name": "Kling", "logo": None},
        "source_model": None,
        "image_url": None,
        "released_at": None,
    }
    assert schema["properties"]["duration"]["enum"] == [5, 10]


def test_the_current_list_leaves_out_what_was_removed(offline: Offline) -> None:
    """178 models; a removed one can be looked up and used."""
    listed = ids(offline, "/ai/models")
    assert (len(listed), REMOVED in listed) == (178, False)
    assert offline.api.get(f"/ai/models/{REMOVED}", params={"deployment_status": "live"}).json()["id"] == REMOVED
    assert offline.post("/ai/queue", model=REMOVED, multi_prompt=[{"prompt": "x"}]).status_code == 200


def test_the_current_endpoint_has_no_value_for_edits(offline: Offline) -> None:
    """The enumeration of the current API does not have it."""
    assert offline.api.get(f"/ai/models/{EDIT}").json()["endpoint"] is None


def test_the_current_list_filters(offline: Offline) -> None:
    """By maker, owner and what can be done."""
    assert len(ids(offline, "/ai/models", developer_name="topaz LABS")) == 13
    assert len(ids(offline, "/ai/models", provider_name="OXEN")) == 178
    assert ids(offline, "/ai/models", provider_name="acme") == []
    assert ids(offline, "/ai/models", action="fine_tune") == ["gpt-4o-mini"]


def test_an_id_may_hold_capitals_and_is_looked_up_exactly(offline: Offline) -> None:
    """In any other case of letters it is unknown."""
    assert offline.api.get(f"/ai/models/{CAPITALS}").status_code == 200
    answer = offline.api.get(f"/ai/models/{CAPITALS.lower()}")
    assert (answer.status_code, answer.json()["error"]["detail"]) == (404, f"Model not found: {CAPITALS.lower()}")


def test_search(offline: Offline) -> None:
    """Every word must occur, in any case of letters; in both generations."""
    assert ids(offline, "/ai/models/search", search="Qwen Edit PLUS") == ["qwen-image-edit-plus"]
    assert ids(offline, "/ai/models/search", search="zzz") == []
    older = offline.api.get("/evaluations/models/search", params={"search": "qwen edit plus"}).json()
    assert [model["name"] for model in older] == ["qwen-image-edit-plus"]


def test_the_older_list(offline: Offline) -> None:
    """All 195 below ``models``, by what they make, with ``name`` and ``json_request_schema``."""
    answer = offline.api.get("/evaluations/models").json()
    assert (list(answer), len(answer["models"])) == (["models"], 195)
    films = offline.api.get("/evaluations/models", params={"output_capability": "video"}).json()["models"]
    assert {tuple(model["capabilities"]["output"]) for model in films} == {("video",)}
    model = offline.api.get(f"/evaluations/models/{VIDEO}").json()
    schema = model.pop("json_request_schema")
    assert model == {
        "name": VIDEO,
        "display_name": "Kling 2.6 Pro - Text to Video",
        "summary": "Kling 2.6 Pro - Text to Video by Kling makes films from text.",
        "endpoint": "/videos/generate",
        "capabilities": {"input": ["text"], "output": ["video"]},
        "pricing": {"method": "per_video_output_second", "video_cost_per_second": 0.07},
        "developer": "Kling",
    }
    assert schema["type"] == "object"
    assert offline.api.get("/evaluations/models/nobody").json() == {"error": {"message": "Model not found: nobody"}}


def test_favourites_and_featured(offline: Offline) -> None:
    """Kept until taken off; twice is once; a removed model may be one."""
    assert ids(offline, "/ai/models/favorites") == []
    for name in (IMAGE, REMOVED, IMAGE):
        assert offline.api.post(f"/ai/models/{name}/favorite").json()["id"] == name
    assert ids(offline, "/ai/models/favorites") == [IMAGE, REMOVED]
    offline.api.delete(f"/ai/models/{IMAGE}/favorite")
    assert ids(offline, "/ai/models/favorites") == [REMOVED]
    assert offline.api.post("/ai/models/nobody/favorite").status_code == 404
    assert IMAGE in ids(offline, "/ai/models/featured")


def test_deployments(offline: Offline) -> None:
    """Each takes its time, in which asking again changes nothing; one that is there already takes none."""

    def after(verb: str) -> Any:
        return offline.api.post(f"/ai/models/{IMAGE}/{verb}").json()["deployments"]

    def later(seconds: float) -> Any:
        offline.time.now += seconds
        return offline.api.get(f"/ai/models/{IMAGE}", params={"deployment_status": "live"}).json()["deployments"]

    assert (after("activate"), later(19)) == ([{"status": "deploying"}], [{"status": "deploying"}])
    assert (after("activate"), later(1)) == ([{"status": "deploying"}], [{"status": "active"}])
    assert (after("activate"), later(0)) == ([{"status": "active"}], [{"status": "active"}])
    assert (after("deactivate"), later(3.5)) == ([{"status": "deactivating"}], [{"status": "deactivating"}])
    assert later(0.5) == [{"status": "inactive"}]
    assert offline.api.post("/ai/models/nobody/activate").status_code == 404


def test_a_faster_sandbox_deploys_faster(open_sandbox: Open) -> None:
    """As it does everything else."""
    offline = open_sandbox(speed=10)
    offline.api.post(f"/ai/models/{IMAGE}/activate")
    offline.time.now += 2
    assert offline.api.get(f"/ai/models/{IMAGE}").json()["deployments"] == [{"status": "active"}]


@pytest.mark.parametrize(
    "path", ["/ai/models", f"/ai/models/{VIDEO}", "/evaluations/models", f"/evaluations/models/{VIDEO}"]
)
def test_what_has_not_changed_is_not_sent_again(offline: Offline, path: str) -> None:
    """By the tag of the first answer, among others and as a weak one too; a change is sent."""
    first = offline.api.get(path)
    tag = first.headers["etag"]
    same = [offline.api.get(path, headers={"If-None-Match": named}) for named in (tag, f'"x", W/{tag}', "*")]
    other = offline.api.get(path, headers={"If-None-Match": '"x"'})

    assert [(one.status_code, one.content, one.headers["etag"]) for one in same] == [(304, b"", tag)] * 3
    assert (other.status_code, other.json(), other.headers["etag"]) == (200, first.json(), tag)


def test_a_change_changes_the_tag(offline: Offline) -> None:
    """Such as a deployment that began."""
    tag = offline.api.get("/ai/models").headers["etag"]
    offline.api.post(f"/ai/models/{IMAGE}/activate")
    assert offline.api.get("/ai/models", headers={"If-None-Match": tag}).status_code == 200


def test_a_model_of_ones_own(offline: Offline) -> None:
    """Made with a source, changed, listed, used like its source, deleted; its id may hold slashes."""
    path = "/ai/models/acme%2Ffoxes"
    made = offline.api.put(path, json={"source_model": IMAGE, "display_name": "Foxes"}).json()
    assert (made["id"], made["display_name"], made["model_type"]) == ("acme/foxes", "Foxes", "custom")
    assert (made["source_model"], made["owned_by"]) == (IMAGE, "sandbox")
    assert offline.api.put(path, json={"display_name": "Red foxes"}).json()["display_name"] == "Red foxes"
    assert "acme/foxes" in ids(offline, "/ai/models")
    assert "acme/foxes" in ids(offline, "/ai/models/search", search="foxes")
    (identity,) = offline.enqueue("acme/foxes")
    assert (offline.ended(identity)["model_name"], offline.row(identity)["status"]) == ("acme/foxes", "succeeded")
    assert offline.api.delete(path).json()["id"] == "acme/foxes"
    assert offline.api.delete(path).status_code == 404
    assert offline.api.get(path).status_code == 404


def test_a_generation_outlives_its_model(offline: Offline) -> None:
    """It fails when its model was deleted meanwhile."""
    offline.api.put("/ai/models/mine", json={"source_model": IMAGE})
    (identity,) = offline.enqueue("mine")
    offline.api.delete("/ai/models/mine")
    row = offline.ended(identity)
    assert (row["status"], row["error_message"]) == ("failed", "Model not found")


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        (IMAGE, {"display_name": "x"}, 400),
        ("mine", {}, 404),
        ("mine", {"source_model": "x"}, 404),
        ("mine", {"source_model": 1}, 404),
    ],
)
def test_what_cannot_be_put(offline: Offline, name: str, body: dict[str, Any], status: int) -> None:
    """A base model is nobody's to change; a model of one's own needs a source."""
    assert offline.api.put(f"/ai/models/{name}", json=body).status_code == status
