"""The document that the sandbox serves about itself."""

import subprocess
import sys

import jsonschema_rs
import pytest
from starlette.routing import Route

from inference_cli.sandbox import app, results
from inference_cli.sandbox.app import API_URL, MEDIA_URL
from inference_cli.sandbox.openapi.document import document
from tests.support.offline import Open

METHODS = {"get", "put", "post", "delete", "head"}


def described(api: str) -> set[tuple[str, str]]:
    """Method and path of every operation in the document."""
    paths = document(api, MEDIA_URL)["paths"]
    return {(method, path) for path, item in paths.items() for method in METHODS & item.keys()}


def served(api: str) -> set[tuple[str, str]]:
    """Method and path of every route of the application; a GET answers HEAD by itself, which nobody describes."""
    found = set()
    for route in [*app._routes(api), *results.routes()]:
        assert isinstance(route, Route)
        explicit = {"GET", "HEAD"} if route in results.routes() else set(route.methods or ()) - {"HEAD"}
        found |= {(method.lower(), route.path.replace(":path}", "}")) for method in explicit}
    return found


@pytest.mark.parametrize("api", ["both", "current", "2026-04"])
def test_every_route_is_described_and_the_reverse(api: str) -> None:
    """In either generation of the API and in both."""
    assert described(api) == served(api)


@pytest.mark.parametrize("api", ["both", "current", "2026-04"])
def test_the_schemas_are_schemas(api: str) -> None:
    """Each is one by itself, and every reference leads somewhere."""
    whole = document(api, MEDIA_URL)
    for name in whole["components"]["schemas"]:
        rooted = {"$ref": f"#/components/schemas/{name}", "components": whole["components"]}
        jsonschema_rs.validator_for(rooted)


def test_operations_have_names_of_their_own() -> None:
    """Whoever generates a client gets one function for each."""
    paths = document("both", MEDIA_URL)["paths"]
    names = [item[method]["operationId"] for item in paths.values() for method in METHODS & item.keys()]
    assert len(names) == len(set(names))


def test_it_is_served_without_a_token(open_sandbox: Open) -> None:
    """And tells of the generation that answers; nothing else comes without one."""
    here = open_sandbox(api="2026-04")
    answer = here.media.get(f"{API_URL}/api/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == document("2026-04", MEDIA_URL)
    assert here.media.get(f"{API_URL}/api/openapi.json/").status_code == 401


def test_it_is_loaded_only_when_it_is_asked_for() -> None:
    """A start of the sandbox reads nothing of it."""
    code = "import sys, inference_cli.sandbox.app; print([name for name in sys.modules if 'sandbox.openapi' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
