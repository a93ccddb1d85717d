import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from inference_cli.sandbox.app import Sandbox
from inference_cli.sandbox.holdings import Status
from inference_cli.sandbox.transport import SandboxTransport
from tests.support.offline import IMAGE, SMALL, Offline, Open


@pytest.mark.parametrize("value", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
def test_without_a_bearer_token_nothing_is_answered(offline: Offline, value: str | None) -> None:
    """401 of the contract's shape; any token that is not empty will do in process."""
    headers = {} if value is None else {"Authorization": value}
    with httpx.Client(transport=offline.transport, base_url="https://api.sandbox.invalid/api") as client:
        answer = client.get("/ai/models", headers=headers)
        older = client.get("/evaluations/models", headers=headers)
    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "unauthenticated")
    assert (older.status_code, older.json()) == (401, {"error": {"message": "The API key is missing or not valid"}})


def test_only_the_right_token_where_one_is_set(open_sandbox: Open) -> None:
    """Another is refused like none."""
    offline = open_sandbox(token="right")
    assert offline.api.get("/ai/models").status_code == 401
    assert offline.api.get("/ai/models", headers={"Authorization": "bearer right"}).status_code == 200


def test_an_unknown_path_or_method_has_the_contracts_shape(offline: Offline) -> None:
    """404 and 405 like every other error."""
    answer = offline.api.get("/ai/nothing")
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "resource_not_found")
    answer = offline.api.delete("/ai/queue")
    assert (answer.status_code, answer.json()["error"]["type"]) == (405, "invalid_params")


def test_the_status_counts_what_there_is(offline: Offline) -> None:
    """Generations, those still active, credits, and the bytes of the folder."""
    empty = offline.sandbox.status()
    assert empty == Status(empty.folder, Decimal("100.000000"), 0, 0, empty.bytes)
    answer = offline.post("/ai/images/generate", model=IMAGE, prompt="x", size=SMALL)
    offline.media.get(answer.json()["images"][0]["url"])
    offline.enqueue(num_generations=2)
    full = offline.sandbox.status()
    assert (full.generations, full.active, full.credits) == (3, 2, Decimal("99.97"))
    assert full.bytes > empty.bytes
    offline.sandbox.reset()
    assert not list(full.folder.glob("*/*"))


def test_what_makes_no_sandbox(tmp_path: Path) -> None:
    """A speed that is not above 0, and a script that is none."""
    with pytest.raises(ValueError, match="speed"):
        Sandbox(tmp_path, speed=0)
    with pytest.raises(ValueError, match="cannot be read"):
        Sandbox(tmp_path, faults=tmp_path / "missing.toml")


def test_damage_that_a_request_meets_is_named_with_its_cure(offline: Offline) -> None:
    """500 of the contract's shape; what is a fault of the sandbox itself is not dressed up as that."""
    database = offline.sandbox.status().folder / "sandbox.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TABLE generations")
        connection.commit()
    answer = offline.api.get("/ai/generations")
    assert (answer.status_code, answer.json()["error"]) == (
        500,
        {
            "type": "unknown_error",
            "title": "Unknown error",
            "detail": f"the sandbox's database {database} cannot be used: no such table: generations;"
            " begin anew: inference sandbox reset",
        },
    )
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(
            "DROP TABLE deployments; CREATE TABLE deployments (model PRIMARY KEY CHECK (model IS NULL), status, ends);"
        )
    answer = offline.api.post(f"/ai/models/{IMAGE}/activate")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


def test_two_transports_over_one_sandbox(offline: Offline) -> None:
    """A client may use a fresh one for each paid request; each has a loop of its own."""
    other = SandboxTransport(offline.sandbox.application)
    with httpx.Client(transport=other) as media:
        answer = offline.post("/ai/images/generate", model=IMAGE, prompt="x", size=SMALL)
        assert media.get(answer.json()["images"][0]["url"]).status_code == 200
