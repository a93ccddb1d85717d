"""A made-up server of models, as a transport: it lists rows, goes down, refuses tokens, and keeps what it was asked."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from tests.support.program import Program, program_in

FOX: dict[str, Any] = {
    "id": "acme/Fox.1",
    "display_name": "Foxes",
    "model_type": "custom",
    "source_model": "flux",
    "developer": {"name": "Acme"},
    "capabilities": {"input": ["text"], "output": ["image"]},
    "pricing": {"method": "per_image", "cost_per_image": 0.02},
    "deployments": [],
    "request_schema": {"type": "object", "properties": {"prompt": {"type": "string", "description": "What\nto draw."}}},
}
OWL: dict[str, Any] = {"id": "owl", "model_type": "base", "capabilities": {"output": ["video"]}, "pricing": {}}


@dataclass(slots=True)
class Library:
    """What it has, and how it is; ``asked`` are method and path of every request."""

    rows: list[dict[str, Any]] = field(default_factory=lambda: [FOX, OWL])
    down: bool = False
    token: str | None = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        path = request.url.raw_path.decode().removeprefix("/api/ai/models").removeprefix("/api/evaluations/models")
        self.asked.append(f"{request.method} {path}")
        if self.down:
            raise httpx.ConnectError("no network", request=request)
        if self.token is not None and request.headers["authorization"] != f"Bearer {self.token}":
            return httpx.Response(401, json={"error": {"type": "unauthenticated", "detail": "no"}})
        if request.method == "DELETE":
            return self._deleted(path[1:].replace("%2F", "/"))
        if not path or path.startswith(("?", "/search")):
            return httpx.Response(200, json={"object": "list", "data": self.rows})
        name = path[1:].partition("?")[0].partition("/")[0].replace("%2F", "/")
        found = next((row for row in self.rows if row["id"] == name), None)
        if found is None:
            return httpx.Response(404, json={"error": {"detail": f"Model not found: {name}"}})
        return httpx.Response(200, json=found)

    def _deleted(self, name: str) -> httpx.Response:
        there = any(row["id"] == name for row in self.rows)
        self.rows = [row for row in self.rows if row["id"] != name]
        return httpx.Response(200 if there else 404, json={})


def reader_of(library: Library, folder: Path, clock: ManualClock) -> Program:
    """A program whose network is that server, signed in by the environment."""
    program = program_in(folder, clock=clock, transport=lambda: httpx.MockTransport(library))
    program.env = {**program.env, "INFERENCE_API_KEY": "canary-token-4711"}
    return program
