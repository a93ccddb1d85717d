"""The pieces of tool calls put together, by their index, by their id, or by what was asked for last."""

import json
from collections.abc import Mapping
from typing import Any

from inference_cli.api.completion import ToolCall


class _Slot:
    """One call as far as it came."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.id, self.name = "", ""
        self.arguments: list[str] = []
        self.rest: dict[str, Any] = {}
        self.of_function: dict[str, Any] = {}

    @property
    def identity(self) -> str:
        """The server's id, else one of ours: the result has to name the call that it belongs to."""
        return self.id or f"call_{self.number}"

    def document(self) -> dict[str, Any]:
        """The call as it stands in a message."""
        function = {"name": self.name, "arguments": "".join(self.arguments), **self.of_function}
        return {"id": self.identity, "type": "function", "function": function, **self.rest}


class Calls:
    """The tool calls of one choice."""

    def __init__(self) -> None:
        self._slots: list[_Slot] = []
        self._at: dict[int, _Slot] = {}

    def __bool__(self) -> bool:
        return bool(self._slots)

    def take(self, piece: object) -> None:
        """Add one element of ``tool_calls``; what is no call at all is left out."""
        if not isinstance(piece, Mapping):
            return
        function = piece.get("function")
        function = function if isinstance(function, Mapping) else {}
        identity, name = _text(piece.get("id")), _text(function.get("name"))
        arguments = _arguments(function.get("arguments"))
        slot = self._slot(piece.get("index"), identity, name, arguments)
        slot.id = slot.id or identity
        slot.name = _named(slot, name)
        if arguments:
            slot.arguments.append(arguments)
        _keep(slot.rest, piece, {"index", "id", "function"})
        _keep(slot.of_function, function, {"name", "arguments"})

    def documents(self) -> list[dict[str, Any]]:
        """The calls as they stand in a message."""
        return [slot.document() for slot in self._slots]

    def _slot(self, index: object, identity: str, name: str, arguments: str) -> _Slot:
        if isinstance(index, int) and not isinstance(index, bool):
            slot = self._at.get(index)
            if slot is None or (identity and slot.id and identity != slot.id and name):  # every call says index 0
                slot = self._at[index] = self._new()
            return slot
        last = self._slots[-1] if self._slots else None
        if identity:
            return next((slot for slot in reversed(self._slots) if slot.id == identity), None) or self._new()
        if last is None or (name and last.name and (name != last.name or _another(last, arguments))):
            return self._new()
        return last

    def _new(self) -> _Slot:
        slot = _Slot(len(self._slots) + 1)
        self._slots.append(slot)
        return slot


def call_documents(documents: object) -> list[dict[str, Any]]:
    """A message's ``tool_calls``, each with an id, a name and its arguments as text; unknown fields are kept."""
    calls = Calls()
    for number, document in enumerate(documents if isinstance(documents, list) else []):
        calls.take({**document, "index": number} if isinstance(document, Mapping) else document)
    return calls.documents()


def calls_in(documents: object) -> tuple[ToolCall, ...]:
    """The calls of a message's ``tool_calls``."""
    found = [(call["id"], call["function"]) for call in call_documents(documents)]
    return tuple(ToolCall(identity, function["name"], function["arguments"]) for identity, function in found)


def _another(last: _Slot, arguments: str) -> bool:
    """Whether a piece without id and index begins another call: the last one's arguments are whole."""
    if not arguments.startswith("{"):
        return False
    try:
        return isinstance(json.loads("".join(last.arguments)), dict)
    except (ValueError, RecursionError):
        return False


def _named(slot: _Slot, name: str) -> str:
    """The name so far: repeated in every piece, cut into pieces, or given once."""
    if not name or name == slot.name or slot.arguments:
        return slot.name or name
    return name if name.startswith(slot.name) else slot.name + name


def _arguments(value: object) -> str:
    if isinstance(value, Mapping | list):  # some servers send the object itself
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, str) else ""


def _keep(target: dict[str, Any], source: Mapping[str, Any], known: set[str]) -> None:
    target.update({key: value for key, value in source.items() if key not in known and value is not None})


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
