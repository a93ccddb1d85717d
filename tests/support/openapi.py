"""schemathesis against the sandbox, with the document that the sandbox serves; ``python -m tests.support.openapi``."""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import httpx
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from schemathesis import APIOperation, Case, GenerationMode, checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from inference_cli.sandbox.app import API_URL, MEDIA_URL, Api
from inference_cli.sandbox.openapi.document import document
from tests.support.offline import EDIT, IMAGE, SHOTS, TEXT, VIDEO, Offline, opening

CHECKS: list[Any] = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_ENDLESS, _ELSEWHERE = "/events", ("/results/", "/inputs/")
_MODELS = (IMAGE, EDIT, VIDEO, SHOTS, TEXT, "ideogram-v4", "elevenlabs-music", "acme/foxes")
"""So that requests get past the first question: which model."""


def operations(api: Api = "both") -> dict[str, APIOperation[Any, Any, Any, Any]]:
    """Every operation of the API by method and path; the event stream, which has no end, is left out."""
    schema = schemathesis.openapi.from_dict(document(api, MEDIA_URL))
    found = (cast("Any", result).ok() for result in schema.get_all_operations())
    return {one.label: one for one in found if one.path != _ENDLESS and not one.path.startswith(_ELSEWHERE)}


def send(here: Offline, case: Case[Any]) -> httpx.Response:
    """What the sandbox answers a case."""
    asked = requests.Request(**_without(case.as_transport_kwargs(base_url=f"{API_URL}/api"), "timeout")).prepare()
    headers = {name: str(value) for name, value in asked.headers.items() if name.lower() != "authorization"}
    request = httpx.Request(
        str(asked.method), str(asked.url), headers=headers, content=cast("bytes", asked.body or b"")
    )
    request.headers["Authorization"] = "Bearer test-token"
    response = here.api.send(request)
    response.read()
    return response


def _without(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


def exercise(
    here: Offline, operation: APIOperation[Any, Any, Any, Any], *, examples: int, deterministic: bool = True
) -> None:
    """Send an operation requests that fit its description, and requests that do not, and check every answer.

    Args:
        here: the sandbox.
        operation: of ``operations``.
        examples: how many requests of each kind.
        deterministic: whether they are the same every time.

    Raises:
        FailureGroup: an answer is not as the document says.
    """
    known = here.enqueue()[0]
    cases = st.one_of(operation.as_strategy(), operation.as_strategy(GenerationMode.NEGATIVE))

    @settings(
        max_examples=examples,
        derandomize=deterministic,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.sampled_from((None, *_MODELS)), st.booleans())
    def check(case: Case[Any], model: str | None, existing: bool) -> None:
        if model is not None and isinstance(case.body, dict) and "model" in case.body:
            case.body["model"] = model
        if existing and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = known if "models" not in operation.path else _MODELS[0]
        case.validate_response(send(here, case), checks=CHECKS)

    check()


def main() -> int:
    """Exercise every operation of both generations at length."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.openapi", description=__doc__)
    parser.add_argument("--examples", type=int, default=300, help="requests for each operation")
    given_ = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder, opening(Path(folder)) as opener:
        here = opener()
        for name, operation in operations().items():
            verdict = "fine"
            try:
                exercise(here, operation, examples=given_.examples, deterministic=False)
            except Exception as error:  # noqa: BLE001 - a failure of any kind is the result
                failed, verdict = failed + 1, f"FAILED {error}"
            sys.stdout.write(f"{name:60}{given_.examples:>6}  {verdict}\n")
            sys.stdout.flush()
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
