"""The messages of a chat request, read and checked: who said what, and what was attached."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inference_cli.sandbox.chat import parts as content_parts
from inference_cli.sandbox.chat.parts import Part, wrong

ROLES = ("system", "developer", "user", "assistant", "tool")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message; ``calls`` are the names of the tools that it called by the ids of the calls."""

    role: str
    text: str
    parts: tuple[Part, ...] = ()
    calls: Mapping[str, str] | None = None
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """All messages of a request. The sandbox knows nothing that is not in them."""

    turns: tuple[Turn, ...]

    @property
    def _last(self) -> int:
        return max((place for place, turn in enumerate(self.turns) if turn.role == "user"), default=-1)

    @property
    def asked(self) -> Turn:
        """The last message of the user; an empty one where there is none."""
        return self.turns[self._last] if self._last >= 0 else Turn("user", "")

    @property
    def before(self) -> tuple[Turn, ...]:
        """The messages before the last of the user."""
        return self.turns[: max(0, self._last)]

    @property
    def system(self) -> str:
        """The instructions, joined."""
        return "\n".join(turn.text for turn in self.turns if turn.role in {"system", "developer"})

    @property
    def rounds(self) -> int:
        """How often tools were called since the user last spoke."""
        return sum(1 for turn in self.turns[self._last + 1 :] if turn.calls)

    @property
    def results(self) -> tuple[tuple[str, str], ...]:
        """What the tools answered since the user last spoke: name and content."""
        names: dict[str, str] = {}
        found = []
        for turn in self.turns[self._last + 1 :]:
            names.update(turn.calls or {})
            if turn.role == "tool":
                found.append((names.get(turn.call_id or "", "tool"), turn.text))
        return tuple(found)


def read(body: Mapping[str, Any]) -> Talk:
    """The messages of a request.

    Raises:
        Refusal: there are none, one is not as it should be, or a call of a tool has no result.
    """
    rows = body.get("messages")
    if rows is None or rows == []:
        raise wrong("Messages array cannot be empty")
    if not isinstance(rows, list):
        raise wrong("messages: must be an array")
    talk = Talk(tuple(_turn(f"messages[{place}]", row) for place, row in enumerate(rows)))
    _check_calls(talk)
    if not talk.asked.text.strip() and not talk.asked.parts:
        raise wrong("Prompt cannot be empty")
    return talk


def _turn(where: str, row: Any) -> Turn:
    if not isinstance(row, dict):
        raise wrong(f"{where}: must be an object")
    role = row.get("role")
    if role not in ROLES:
        raise wrong(f"{where}.role: must be one of {', '.join(ROLES)}")
    calls = _calls(f"{where}.tool_calls", row.get("tool_calls")) if role == "assistant" else None
    text, parts = _content(f"{where}.content", row.get("content"), role, optional=bool(calls))
    call_id = row.get("tool_call_id")
    if role == "tool" and not isinstance(call_id, str):
        raise wrong(f"{where}.tool_call_id: is required in a message of a tool")
    return Turn(role, text, parts, calls, call_id if role == "tool" else None)


def _calls(where: str, rows: Any) -> Mapping[str, str] | None:
    if rows is None:
        return None
    if not isinstance(rows, list) or not rows:
        raise wrong(f"{where}: must be an array with at least one call")
    found: dict[str, str] = {}
    for place, row in enumerate(rows):
        function = row.get("function") if isinstance(row, dict) else None
        if not isinstance(function, dict) or not all(
            isinstance(function.get(key), str) for key in ("name", "arguments")
        ):
            raise wrong(f"{where}[{place}].function: must have a name and arguments, both strings")
        if not isinstance(row.get("id"), str):
            raise wrong(f"{where}[{place}].id: must be a string")
        found[row["id"]] = function["name"]
    return found


def _check_calls(talk: Talk) -> None:
    """Each call has its result before anything else is said, and each result its call."""
    open_calls: set[str] = set()
    for place, turn in enumerate(talk.turns):
        if turn.role == "tool":
            if turn.call_id not in open_calls:
                raise wrong(f"messages[{place}].tool_call_id: answers no call of the message before: {turn.call_id}")
            open_calls.remove(turn.call_id)
            continue
        if open_calls:
            break
        open_calls = set(turn.calls or ())
    if open_calls:
        raise wrong(f"messages: these tool calls have no result: {', '.join(sorted(open_calls))}")


def _content(where: str, content: Any, role: str, *, optional: bool) -> tuple[str, tuple[Part, ...]]:
    if isinstance(content, str):
        return content, ()
    if content is None:
        if not optional:
            raise wrong(f"{where}: is required")
        return "", ()
    if not isinstance(content, list):
        raise wrong(f"{where}: must be a string or an array of parts")
    texts: list[str] = []
    parts: list[Part] = []
    for place, row in enumerate(content):
        found = content_parts.read(f"{where}[{place}]", row, role)
        if isinstance(found, str):
            texts.append(found)
        else:
            parts.append(found)
    return "\n".join(texts), tuple(parts)
