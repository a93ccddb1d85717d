"""The program before a made-up service that knows every published model, and counts what it is asked."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx

import inference_cli
from tests.support.program import Finished, Program, program_in


@functools.cache
def rows() -> dict[str, dict[str, Any]]:
    """The published catalogue as it ships with the package, by id."""
    path = Path(inference_cli.__file__).with_name("sandbox") / "catalogue.json"
    return {row["id"]: row for row in json.loads(path.read_bytes())}


def _answer(row: Mapping[str, Any]) -> dict[str, Any]:
    """A model as the API shows it."""
    return {
        "id": row["id"],
        "object": "model",
        "display_name": row["display_name"],
        "capabilities": row["modalities"],
        "endpoint": row["endpoint"],
        "pricing": row["pricing"],
        "request_schema": row["request_schema"],
    }


class Wire:
    """Answers questions about models and nothing else; ``costly`` holds every other request.

    A request is free when it is a GET: no other method is answered, and each of them is kept.
    """

    def __init__(self, more: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._more = dict(more or {})
        self.free = 0
        self.costly: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        if request.method != "GET":
            self.costly.append(f"{request.method} {request.url.path}")
            return httpx.Response(500, json={"error": {"message": "nothing is made here"}})
        self.free += 1
        asked = unquote(request.url.path).rpartition("/models")[2].removeprefix("/")
        if not asked:
            return httpx.Response(200, json={"object": "list", "data": [_answer(row) for row in rows().values()]})
        if asked in self._more:
            return httpx.Response(200, json={"id": asked, **self._more[asked]})
        if asked in rows():
            return httpx.Response(200, json=_answer(rows()[asked]))
        return httpx.Response(404, json={"error": {"type": "resource_not_found", "title": "Model not found"}})


class Wired:
    """A program whose every request goes to a wire that counts.

    Args:
        folder: where its home and working folder are made.
        more: models beside the published ones.
    """

    def __init__(self, folder: Path, more: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.wire = Wire(more)
        self.program: Program = program_in(folder, transport=lambda: httpx.MockTransport(self.wire))
        self.program.env = {**self.program.env, "INFERENCE_API_KEY": "canary-token-0123456789"}

    def __call__(self, *arguments: str) -> Finished:
        """Run one command line."""
        return self.program(*arguments)
