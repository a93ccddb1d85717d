"""The queue of an account: ``film-KB-SECONDS`` is a film of that size which takes that long."""

import re
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.benchmarks.server.films import KILO

_NAMED = re.compile(r"film-(\d+)-([\d.]+)")
_LONGEST_PAGE = 1000


def size_of(model: str) -> int:
    """The bytes of the films that a model makes."""
    named = _NAMED.fullmatch(model)
    return int(named[1]) * KILO if named else KILO


@dataclass(frozen=True, slots=True)
class _Made:
    identity: str
    body: Mapping[str, Any]
    begun: float
    ends: float


class Queue:
    """What was enqueued, and how far it is."""

    def __init__(self) -> None:
        self._made: dict[str, _Made] = {}
        self._lock = threading.Lock()

    def enqueue(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Take a request; the answer."""
        named = _NAMED.fullmatch(str(body.get("model")))
        now = time.time()
        ends = now + (float(named[2]) if named else 0.0)
        made = [_Made(str(uuid.uuid4()), body, now, ends) for _ in range(int(body.get("num_generations", 1)))]
        with self._lock:
            self._made |= {one.identity: one for one in made}
        return {"generations": [{"generation_id": one.identity, "status": "queued"} for one in made]}

    def listed(self, target: str, url: str) -> dict[str, Any]:
        """``GET /ai/queue``: what is active, or what has the status that is asked for."""
        query = parse_qs(urlsplit(target).query)
        wanted = query.get("status", [None])[0]
        rows = [row for row in self._rows(url) if (row["status"] == wanted if wanted else row["status"] != "succeeded")]
        return {"generations": rows}

    def past(self, target: str, url: str) -> dict[str, Any]:
        """``GET /ai/generations``: everything, the newest first, by pages."""
        query = parse_qs(urlsplit(target).query)
        page, size = int(query.get("page", ["1"])[0]), min(_LONGEST_PAGE, int(query.get("page_size", ["50"])[0]))
        rows = self._rows(url)[::-1]
        part = [{**row, "total_cost": "0.0001"} for row in rows[(page - 1) * size : page * size]]
        return {"generations": part, "page": page, "page_size": size, "total": len(rows)}

    def older(self, path: str) -> dict[str, Any]:
        """The list of ``2026-04``: of one namespace and model, and only what has not ended."""
        model = path.rpartition("/")[2]
        rows = [row for row in self._rows("") if row["status"] != "succeeded" and row["model_name"] == model]
        rows = [{**row, "status": "processing", "model": model, "result_url": None} for row in rows]
        return {"status": "success", "count": len(rows), "generations": rows}

    def one(self, identity: str, url: str) -> dict[str, Any] | None:
        """A generation by its id."""
        made = self._made.get(identity)
        return None if made is None else _row(made, url, time.time())

    def _rows(self, url: str) -> list[dict[str, Any]]:
        with self._lock:
            made = list(self._made.values())
        now = time.time()
        return [_row(one, url, now) for one in made]


def _row(made: _Made, url: str, now: float) -> dict[str, Any]:
    ended = now >= made.ends
    model = str(made.body.get("model"))
    link = f"{url}/files/{size_of(model)}/{made.identity}.mp4?X-Amz-Expires=86400&X-Amz-Signature=abc"
    return {
        **{name: value for name, value in made.body.items() if name not in {"model", "num_generations"}},
        "generation_id": made.identity,
        "model_name": model,
        "media_type": "video",
        "status": "succeeded" if ended else "processing",
        "result_url": link if ended else None,
        "error_message": None,
        "enqueued_at": int(made.begun),
        "started_at": int(made.begun),
        "completed_at": int(made.ends) if ended else None,
    }
