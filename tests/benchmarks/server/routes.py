"""What is answered to whom: both generations of the API, the one that OpenAI's clients know, files, and ``hf``'s."""

import re
import socket
import threading
from typing import Any
from urllib.parse import unquote

from tests.benchmarks.server import chat, films, models
from tests.benchmarks.server.client import SEEN
from tests.benchmarks.server.generations import Queue, size_of
from tests.benchmarks.server.http import Request, document, head

OLDER = "/older"
"""Below it lies the older generation of the API, which tells of nothing that has ended."""
_HASH = "a" * 40


class Account:
    """Everything that the server knows, and what it has seen."""

    def __init__(self) -> None:
        self.queue = Queue()
        self._requests: list[tuple[float, str, str]] = []
        self._sent: dict[int, float] = {}
        self._lock = threading.Lock()

    def answer(self, connection: socket.socket, request: Request) -> None:
        """Answer a request on its connection."""
        if request.target == SEEN:
            connection.sendall(document(self._report()))
            return
        with self._lock:
            self._requests.append((request.moment, request.method, request.target))
        path = unquote(request.path)
        if request.method == "POST":
            self._post(connection, path, request)
        elif path.startswith("/files/"):
            films.send(connection, int(path.split("/")[2]), request.headers)
        elif "/resolve/" in path:
            _hugging(connection, path, request)
        else:
            found = self._get(path, request)
            missing = {"error": {"type": "resource_not_found", "title": "Not found"}}
            connection.sendall(document(missing, "404 Not Found") if found is None else document(found))

    def _report(self) -> dict[str, Any]:
        with self._lock:
            report = {"requests": self._requests, "sent": self._sent}
            self._requests, self._sent = [], {}
        return report

    def _post(self, connection: socket.socket, path: str, request: Request) -> None:
        body = request.json
        model = str(body.get("model"))
        if path.endswith("/chat/completions"):
            chat.answer(connection, model, self._sent)
        elif path.endswith("/ai/queue"):
            connection.sendall(document(self.queue.enqueue(body)))
        elif body.get("response_format") == "b64_json":
            films.send_encoded(connection, model, size_of(model))
        else:
            connection.sendall(films.linked(model, f"{request.url}/files/{size_of(model)}/{model}.mp4"))

    def _get(self, path: str, request: Request) -> Any:
        if found := re.search(r"^/(?:api/ai|v1|older/api/evaluations)/models(?:/(.+))?$", path):
            if found[1]:
                return models.one(found[1])
            rows = models.published()
            return {"models": rows} if path.startswith(OLDER) else {"object": "list", "data": rows}
        if path.startswith(f"{OLDER}/api/media/generations/status/"):
            return self.queue.older(path)
        if path == "/api/ai/queue":
            return self.queue.listed(request.target, request.url)
        if path == "/api/ai/generations":
            return self.queue.past(request.target, request.url)
        if found := re.search(r"^/api/ai/(?:queue|generations)/([^/]+)$", path):
            return self.queue.one(found[1], request.url)
        return None


def _hugging(connection: socket.socket, path: str, request: Request) -> None:
    """A file of a repository as the Hugging Face hub has it; its size is its name."""
    named = re.search(r"(\d+)\.bin$", path)
    size = int(named[1]) if named else films.KILO
    facts = (f"X-Repo-Commit: {_HASH}", f"X-Linked-Size: {size}", f'X-Linked-Etag: "{_HASH}"', f'ETag: "{_HASH}"')
    if request.method == "HEAD":
        connection.sendall(head(size, "video/mp4", *facts))
    else:
        films.send(connection, size, request.headers)
