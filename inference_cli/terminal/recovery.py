"""What `recover` found and fetched, as a document of the JSON contract."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.terminal.documents import SCHEMA, error_object, generation, history_document

if TYPE_CHECKING:
    from inference_cli.errors import InferenceError
    from inference_cli.jobs.doubts import Doubt
    from inference_cli.jobs.past import Past
    from inference_cli.jobs.reconcile import Finding
    from inference_cli.jobs.updates import Result


def recover_document(
    *,
    findings: "Sequence[Finding]" = (),
    doubts: "Sequence[Doubt]" = (),
    results: "Sequence[Result]" = (),
    missing: "Sequence[Past]" = (),
    error: "InferenceError | None" = None,
) -> dict[str, Any]:
    """What became of lost requests, what was fetched, and what is in the account and was not.

    Args:
        findings: what was found out of each request.
        doubts: requests that nothing was found out of yet, for a dry run.
        results: a row for each generation that was followed.
        missing: generations that are left where they are.
        error: why the command fails.
    """
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "requests": [*map(_found, findings), *(_request(doubt, "unknown") for doubt in doubts)],
        "generations": [generation(result) for result in results],
        "missing": history_document(missing, complete=True)["data"],
    }
    return document if error is None else {**document, "error": error_object(error)}


def _found(finding: "Finding") -> dict[str, Any]:
    found = _request(finding.doubt, finding.verdict.value)
    found["generation_ids"] = [row.generation_id for row in finding.rows]
    found["candidates"] = [row.generation_id for row in finding.doubtful]
    found["trouble"] = finding.trouble
    return found


def _request(doubt: "Doubt", outcome: str) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "model": doubt.model,
        "prompt": doubt.prompt,
        "sent_at": doubt.created,
        "count": doubt.count,
        "route": doubt.route,
        "command": list(doubt.command),
        "generation_ids": [],
        "candidates": [],
        "trouble": None,
    }
