"""A server of the Model Context Protocol, as small as it can be, and as badly behaved as its first argument says.

It is started as a program of its own and knows nothing of this project.
"""

import json
import os
import signal
import sys
import time
from typing import Any

KIND = sys.argv[1] if len(sys.argv) > 1 else "good"
TEXT = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
NONE = {"type": "object"}
TOOLS = [
    {"name": "echo", "description": "Says it again.", "inputSchema": TEXT},
    {"name": "fails", "inputSchema": NONE, "title": "It fails"},
    {"name": "refuses", "inputSchema": NONE},
    {"name": "hangs", "inputSchema": NONE},
    {"name": "dies", "inputSchema": NONE},
    {"name": "environment", "inputSchema": NONE},
    {"name": "grow", "inputSchema": NONE},
    {"name": "picture/of it", "inputSchema": NONE},
    {"name": "broken", "inputSchema": {"type": "thing"}},
    {"name": "pings", "inputSchema": NONE},
]
LATER: list[dict[str, Any]] = []


def send(message: Any) -> None:
    """A message, in a line."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for people."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def listed(params: dict[str, Any]) -> dict[str, Any]:
    """A page of tools: three at a time."""
    start = int(params.get("cursor", "0"))
    every = [*TOOLS, *LATER]
    more = {"nextCursor": str(start + 3)} if start + 3 < len(every) else {}
    if KIND == "endless":
        more = {"nextCursor": "0"}
    return {"tools": every[start : start + 3], **more}


def called(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """A result; what is in ``content`` is what the specification knows."""
    if name == "echo":
        return {"content": [{"type": "text", "text": arguments["text"]}]}
    if name == "fails":
        return {"content": [{"type": "text", "text": "It rains."}], "isError": True}
    if name == "environment":
        return {"content": [], "structuredContent": dict(os.environ)}
    if name == "grow":
        LATER.append({"name": "grown", "inputSchema": NONE})
        send({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"})
        return {"content": [{"type": "text", "text": "grown"}]}
    if name == "dies":
        say("out of memory")
        os._exit(7)
    return {"content": [{"type": "image", "data": "QUJD", "mimeType": "image/png"}]}


def answer(message: dict[str, Any]) -> None:
    """What becomes of a message."""
    method, params, number = message.get("method"), message.get("params", {}), message.get("id")
    if method == "notifications/cancelled":
        say(f"cancelled: {params['reason']}")
    if number is None or (method == "tools/call" and params["name"] == "hangs"):
        return
    if method == "initialize":
        asked = {"good": params["protocolVersion"]}.get(KIND, params["protocolVersion"])
        version = "1999-01-01" if KIND == "ancient" else asked
        capabilities = {} if KIND == "toolless" else {"tools": {"listChanged": True}}
        info = {"name": "time", "version": "1"}
        send_result(number, {"protocolVersion": version, "capabilities": capabilities, "serverInfo": info})
    elif method == "tools/list":
        send_result(number, {} if KIND == "listless" else listed(params))
    elif method == "tools/call" and params["name"] == "refuses":
        send({"jsonrpc": "2.0", "id": number, "error": {"code": -32602, "message": "not today"}})
    elif method == "tools/call" and params["name"] == "pings":
        send({"jsonrpc": "2.0", "id": "p", "method": "ping"})
        send({"jsonrpc": "2.0", "id": "r", "method": "roots/list"})
        heard = [json.loads(sys.stdin.readline()) for _ in range(2)]
        send_result(number, {"content": [{"type": "text", "text": json.dumps(heard)}]})
    elif method == "tools/call":
        send_result(number, called(params["name"], params["arguments"]))


def send_result(number: Any, result: Any) -> None:
    """An answer; in a batch, between noise and answers that nobody asked for, where the kind is noisy."""
    message = {"jsonrpc": "2.0", "id": number, "result": result}
    if KIND == "noisy":
        sys.stdout.write("starting up...\n\n[1, 2]\n\x1b[31m{broken\n")
        send({"jsonrpc": "2.0", "id": 9999, "result": {}})
        send({"jsonrpc": "2.0", "id": [], "result": {}})
        send({"jsonrpc": "2.0", "method": "notifications/message", "params": {"data": "hello"}})
        send([message])
    else:
        send(message)


def main() -> None:
    """Behave."""
    if KIND == "dying":
        say("no configuration")
        sys.exit(3)
    while KIND == "flood":
        sys.stdout.write("x" * 65536)
    while KIND == "chatty":
        sys.stdout.write("working\n")
    if KIND == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while KIND in {"silent", "deaf"}:
        if KIND == "deaf":
            time.sleep(1000)
        elif not sys.stdin.readline():
            return
    for line in sys.stdin:
        answer(json.loads(line))
    while KIND == "stubborn":
        time.sleep(1000)
    say("goodbye")


main()
