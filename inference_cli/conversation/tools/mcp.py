"""Servers of the Model Context Protocol over stdio, as sources of tools (specification: modelcontextprotocol.io).

A server is a program of the user's: it gets no token, its tools always need to be allowed, and whatever it says of them
is data. The names that a model sees begin with the command's own, so that no server takes the name of another's tool.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import inference_cli
from inference_cli.conversation.tools import blocks, names
from inference_cli.conversation.tools.given import is_schema
from inference_cli.conversation.tools.rpc import Peer, RpcError
from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.conversation.tools.beside import Halt
    from inference_cli.conversation.tools.child import Spec

VERSION = "2025-06-18"
_VERSIONS = frozenset({VERSION, "2025-11-25", "2025-03-26", "2024-11-05"})
_STARTS = 60.0  # seconds; the first start may download the server
_LISTS = 30.0  # seconds
CALLS = 60.0  # seconds
_MOST_PAGES = 64
_MOST_TOOLS = 128  # that a request may offer (OpenAI, "Function calling")
_LONGEST = 8000  # characters of a description
_RUNNERS = re.compile(r"(python|pypy)[\d.]*|node|npx|npm|exec|uvx?|pipx|run|tool|deno|bunx?|docker|podman|env|sh|bash")
_AFFIXES = re.compile(r"^(mcp[-_])?(server[-_])?|([-_]mcp)?([-_]server)?$")


@dataclass(frozen=True, slots=True)
class McpTool:
    """A tool of a server; ``theirs`` is its name there."""

    name: str
    theirs: str
    description: str
    parameters: Mapping[str, Any]
    server: "Server"
    acts: bool = True  # a server may say that a tool only reads; the specification says not to trust that

    def call(self, arguments: Mapping[str, Any]) -> str:
        """Ask the server to call it."""
        return self.server.call(self.theirs, arguments)


class Server:
    """A server, from its start to its end.

    Args:
        typed: as it was named after ``-T``.
        label: what the names of its tools begin with.
        spec: what is run.
        clock: waits.
        halt: ends calls.
        seconds: that a call may take.
        say: gets what the user should know.
        chatter: gets the lines of its standard error.
    """

    def __init__(
        self,
        typed: str,
        label: str,
        spec: "Spec",
        *,
        clock: "Clock",
        halt: "Halt",
        seconds: float = CALLS,
        say: Callable[[str], None] = lambda _: None,
        chatter: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.typed, self._label, self._halt, self._seconds, self._say = typed, label, halt, seconds, say
        self.peer = Peer(spec, clock=clock, notice=self._noticed, chatter=lambda line: chatter(f"{label}: {line}"))
        self._tools: tuple[McpTool, ...] = ()
        self._changes = threading.Semaphore(0)

    def open(self) -> None:
        """Start it, shake hands, and ask for its tools.

        Raises:
            UsageError: it does not start, or is no such server; nothing was sent to the model.
        """
        try:
            self.peer.start()
            self._shake()
            self._tools = self._listed()
        except RpcError as error:
            raise UsageError(
                f"the server {self.typed} {error}",
                details=list(self.peer.errors),
                hint="Nothing was sent.  Try the command by itself",
            ) from None
        threading.Thread(target=self._follow, name="mcp", daemon=True).start()

    def close(self) -> None:
        """End it."""
        self.peer.close()
        self._changes.release()

    def tools(self) -> Sequence[McpTool]:
        """Its tools, as it last said."""
        return self._tools

    def call(self, name: str, arguments: Mapping[str, Any]) -> str:
        """Call a tool.

        Raises:
            ToolFailedError: the tool failed, or the server did.
        """
        asked = self.peer.ask("tools/call", {"name": name, "arguments": dict(arguments)})
        try:
            with self._halt.doing(lambda: self.peer.abandon(asked, "was not waited for: the user stopped it")):
                result = self.peer.answer(asked, self._seconds)
        except RpcError as error:
            raise ToolFailedError(f"The tool's server {error}.") from None
        text = blocks.as_text(result)
        if isinstance(result, Mapping) and result.get("isError") is True:
            raise ToolFailedError(text or "The tool failed.")
        return text or "It answered nothing."

    def _shake(self) -> None:
        about = {"name": "inference", "version": inference_cli.__version__}
        offer = {"protocolVersion": VERSION, "capabilities": {}, "clientInfo": about}
        found = self.peer.answer(self.peer.ask("initialize", offer), _STARTS, cancel=False)
        version = found.get("protocolVersion") if isinstance(found, Mapping) else None
        if version not in _VERSIONS:
            raise RpcError(f"speaks version {str(version)[:40]} of the protocol, and this program {VERSION}")
        if "tools" not in (found.get("capabilities") or {}):
            raise RpcError("has no tools")
        self.peer.tell("notifications/initialized")

    def _listed(self) -> tuple[McpTool, ...]:
        """Its tools, page by page; those that no model could call are left out, and said."""
        taken: set[str] = set()
        found: list[McpTool] = []
        for row in self._rows():
            tool = self._tool(row, taken)
            if tool is None:
                self._say(f"{self._label}: a tool is left out, its schema cannot be used: {str(row.get('name'))[:100]}")
            elif len(found) == _MOST_TOOLS:
                self._say(f"{self._label}: only the first {_MOST_TOOLS} tools are offered")
                break
            else:
                taken.add(tool.name)
                found.append(tool)
        return tuple(found)

    def _rows(self) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            asked = self.peer.ask("tools/list", {} if cursor is None else {"cursor": cursor})
            page = self.peer.answer(asked, _LISTS)
            rows = page.get("tools") if isinstance(page, Mapping) else None
            if not isinstance(rows, list):
                raise RpcError("does not say which tools it has")
            yield from (row for row in rows if isinstance(row, Mapping))
            following = page.get("nextCursor")
            if not isinstance(following, str) or following == cursor:
                return
            cursor = following

    def _tool(self, row: Mapping[str, Any], taken: set[str]) -> McpTool | None:
        name, schema, text = row.get("name"), row.get("inputSchema"), row.get("description")
        if not isinstance(name, str) or not isinstance(schema, Mapping) or schema.get("type") != "object":
            return None
        if not is_schema(schema):
            return None
        description = text if isinstance(text, str) and text else str(row.get("title") or name)
        own = names.named(f"{self._label}_{name}", taken)
        return McpTool(own, name, description[:_LONGEST], {"properties": {}, **schema}, self)

    def _noticed(self, name: str, _parameters: Any) -> None:
        if name == "notifications/tools/list_changed":
            self._changes.release()

    def _follow(self) -> None:
        """Ask for the tools again whenever they have changed, until the server is gone."""
        while True:
            self._changes.acquire()
            while self._changes.acquire(blocking=False):  # several changes, one question
                pass
            if self.peer.is_gone:
                return
            with suppress(RpcError):  # it does not say: what is known stays
                self._tools = self._listed()
                self._say(f"{self._label}: its tools have changed; it has {len(self._tools)} now")


def label_of(words: Sequence[str]) -> str:
    """What tools are called after, from the words that start their server.

    The first that is no option and no mere runner of others: ``files`` for ``npx -y @scope/server-files /tmp``.
    """
    telling = [word for word in words if not word.startswith("-") and not _RUNNERS.fullmatch(PurePath(word).name)]
    word = (telling or list(words))[0]
    stem = PurePath(word.rstrip("/")).name.partition("@")[0]
    return names.named(_AFFIXES.sub("", re.sub(r"\.(py|js|mjs|ts|sh|exe)$", "", stem)) or stem)[:32]
