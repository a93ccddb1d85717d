"""An honest little service on loopback whose every answer a case may break: what the fault catalogue is run against."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.faultd import Seen, http
from tests.support.host import Asked, Host, document
from tests.support.samples import mp4, png
from tests.support.storage import Storage
from tests.support.talker import said

FOX, WAVES, CLAUDE = "fox-1", "waves-1", "claude-sonnet-4-6"
"""A model for images, one for videos, one for chats."""

_ENDED = {"succeeded", "failed", "cancelled"}
_SEED = {"type": "integer", "minimum": 0}
_FOX_SCHEMA = {
    "type": "object",
    "properties": {
        "prompt": {"type": "string"},
        "seed": _SEED,
        "aspect_ratio": {"type": "string", "enum": ["1:1", "16:9"]},
        "input_image": {"type": "string", "x-media": "image"},
    },
    "required": ["prompt"],
}
_WAVES_SCHEMA = {
    "type": "object",
    "properties": {
        "prompt": {"type": "string"},
        "seed": _SEED,
        "duration": {"type": "integer", "minimum": 1, "maximum": 10},
    },
    "required": ["prompt"],
}


def model(name: str, output: str, **fields: Any) -> dict[str, Any]:
    """A row of the model list (contract, "Models")."""
    capabilities = {"input": ["text"], "output": [output]}
    return {"id": name, "object": "model", "display_name": name, "capabilities": capabilities, **fields}


MODELS = (
    model(FOX, "image", endpoint="/images/generate", pricing={"method": "per_image", "cost_per_image": 0.03},
          request_schema=_FOX_SCHEMA),
    model(WAVES, "video", endpoint="/videos/generate",
          pricing={"method": "per_video_output_second", "cost_per_second": 0.01}, request_schema=_WAVES_SCHEMA),
    model(CLAUDE, "text", endpoint="/chat/completions", request_schema=None,
          pricing={"method": "token", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05}),
)  # fmt: skip


@dataclass(slots=True)
class Made:
    """A generation in the account."""

    row: dict[str, Any]
    looks: int = 0  # so many looks at it before it has ended
    listed: bool = True


class Account(Host):
    """The API of one account.

    Args:
        storage: where results lie; it is told what they are.
        older: whether this is the 2026-04 generation of the API.
    """

    def __init__(self, storage: Storage, *, older: bool = False, tls: Any = None) -> None:
        super().__init__(self._answer, tls=tls)
        self.storage, self.older = storage, older
        self.models: list[dict[str, Any]] = [dict(one) for one in MODELS]
        self.made: dict[str, Made] = {}
        self.looks = 0  # how often a new generation is seen unfinished
        self.chat = said("Hello", " there.")
        self.base_url = f"{self.url}/api"
        self._number = 0

    @property
    def paid(self) -> list[Asked]:
        """Every request that costs something."""
        return [one for one in self.asked if one.paid]

    def make(self, body: Mapping[str, Any], *, video: bool | None = None) -> str:
        """Take a generation; its id."""
        self._number += 1
        identity = f"gen-{self._number:04d}-canary"
        is_video = body.get("model") == WAVES if video is None else video
        url = self.storage.put(identity, mp4() if is_video else png(3, self._number % 100 + 2))
        row = {
            "generation_id": identity,
            "model_name": body.get("model"),
            "media_type": "video" if is_video else "image",
            "status": "succeeded",
            "result_url": url,
            "error_message": None,
            "enqueued_at": 1_790_000_000 + self._number,
            **{name: value for name, value in body.items() if name not in {"model", "num_generations"}},
        }
        self.made[identity] = Made(row, self.looks)
        return identity

    def _look(self, identity: str) -> dict[str, Any]:
        made = self.made[identity]
        if made.looks > 0 and made.row["status"] not in {"failed", "cancelled"}:
            made.looks -= 1
            return {**made.row, "status": "processing", "result_url": None}
        return dict(made.row)

    def _answer(self, seen: Seen) -> bytes:
        method, target, _ = seen.line.split(" ", 2)
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        path = unquote(parts.path.removeprefix("/api"))
        if not (seen.header("authorization") or "").startswith("Bearer "):
            return document({"error": {"type": "unauthenticated", "title": "Unauthenticated"}}, "401 Unauthorized")
        if method == "GET":
            return self._get(path, query)
        if method == "DELETE":
            return self._cancel(path.rpartition("/")[2])
        return self._post(path, json.loads(seen.body))

    def _get(self, path: str, query: Mapping[str, str]) -> bytes:
        models = "/evaluations/models" if self.older else "/ai/models"
        if path == models:
            rows = [
                one for one in self.models if query.get("output_capability") in {None, *one["capabilities"]["output"]}
            ]
            return document({"models": rows} if self.older else {"object": "list", "data": rows})
        if path.startswith(f"{models}/"):
            named = [one for one in self.models if one["id"] == path.removeprefix(f"{models}/")]
            return document(named[0]) if named else _missing("Model not found")
        if self.older:
            prefix = "/media/generations/status/"
            rows = [self._look(one) for one in self.made if self.made[one].looks > 0]
            return document({"status": "success", "count": len(rows), "generations": rows}) if path.startswith(prefix) else _missing("Not found")  # fmt: skip
        if path == "/ai/queue":
            looked = [self._look(one) for one in self.made]
            wanted = query.get("status")
            rows = [row for row in looked if (row["status"] == wanted if wanted else row["status"] not in _ENDED)]
            return document({"generations": rows})
        if path == "/ai/generations":
            page, size = int(query.get("page", 1)), int(query.get("page_size", 50))
            ids = [one for one in reversed(self.made) if self.made[one].listed]
            rows = [self._look(one) for one in ids[(page - 1) * size : page * size]]
            return document({"generations": rows, "page": page, "page_size": size, "total": len(ids)})
        identity = path.rpartition("/")[2]
        known = path.startswith(("/ai/queue/", "/ai/generations/")) and identity in self.made
        return document(self._look(identity)) if known else _missing("Generation not found")

    def _cancel(self, identity: str) -> bytes:
        if identity not in self.made:
            return _missing("Generation not found")
        made = self.made[identity]
        if made.looks > 0:
            made.row |= {"status": "cancelled", "result_url": None}
        return document(made.row)

    def _post(self, path: str, body: Mapping[str, Any]) -> bytes:
        if path == "/ai/queue":
            ids = [self.make(body) for _ in range(int(body.get("num_generations", 1)))]
            return document({"generations": [{"generation_id": one, "status": "queued"} for one in ids]})
        if path.endswith("/chat/completions"):
            return http(body=self.chat, headers=[("Content-Type", "text/event-stream")], length=None)
        if path.endswith(("/images/generate", "/images/edit", "/videos/generate")):
            video = path.endswith("/videos/generate")
            url = self.made[self.make(body, video=video)].row["result_url"]
            kind = "videos" if video else "images"
            return document({"model": body.get("model"), "created": 1_790_000_000, kind: [{"url": url}]})
        return _missing("Not found")


def _missing(title: str) -> bytes:
    return document({"error": {"type": "resource_not_found", "title": title}}, "404 Not Found")
