"""One choice of a streamed answer put together: texts as lists that are joined once, unknown fields kept."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from inference_cli.api.calls import Calls

if TYPE_CHECKING:
    from inference_cli.api.masking import StreamMask

REASONING = ("reasoning_content", "reasoning")  # two names of one thing; some servers send both
_PIECES = frozenset({"text", "summary", "thinking", "data"})  # texts that come in pieces inside a detail of reasoning


class Choice:
    """One choice, its texts as lists that are joined once."""

    def __init__(self) -> None:
        self.mask: StreamMask | None = None  # of the one that is shown
        self.reasoning_mask: StreamMask | None = None
        self.fresh: list[str] = []
        self.fresh_reasoning: list[str] = []
        self.finish: str | None = None
        self.rest: dict[str, Any] = {}  # of the choice, beside its message
        self._role = "assistant"
        self._texts: dict[str, list[str]] = {"content": []}
        self._thoughts = ""  # the name under which reasoning is read
        self._lists: dict[str, list[Any]] = {}
        self._others: dict[str, Any] = {}
        self._calls = Calls()

    def take(self, piece: dict[str, Any], *, halves: bool) -> None:
        """Add what one chunk says of this choice."""
        for name, value in piece.items():
            if value is None or name == "index":
                continue
            if name in {"delta", "message"}:
                if isinstance(value, dict):
                    self._take_message(value, halves=halves)
            elif name == "finish_reason":
                self.finish = str(value)
            else:
                self._take_rest(name, value)

    def _take_message(self, message: dict[str, Any], *, halves: bool) -> None:
        for name, value in message.items():
            if value is None or value == "":
                continue
            if name == "content" and isinstance(value, str):
                self._say(value, halves=halves)
            elif name == "role":
                self._role = str(value)
            else:
                self._take_field(name, value, halves=halves)

    def _say(self, text: str, *, halves: bool) -> None:
        if self.mask is not None:
            text = self.mask.feed(text, halves=halves)
            if not text:
                return
            self.fresh.append(text)
        self._texts["content"].append(text)

    def _think(self, name: str, text: str, *, halves: bool) -> None:
        self._thoughts = self._thoughts or name
        if name == self._thoughts and self.reasoning_mask is not None:
            text = self.reasoning_mask.feed(text, halves=halves)
            if not text:
                return
            self.fresh_reasoning.append(text)
        self._texts.setdefault(name, []).append(text)

    def _take_field(self, name: str, value: Any, *, halves: bool) -> None:
        if name in REASONING and isinstance(value, str):
            self._think(name, value, halves=halves)
        elif name == "content" and isinstance(value, list):
            self._take_parts(value, halves=halves)
        elif name == "tool_calls" and isinstance(value, list):
            for call in value:
                self._calls.take(call)
        elif isinstance(value, str):
            self._texts.setdefault(name, []).append(value)
        elif isinstance(value, list):
            self._lists.setdefault(name, []).extend(value)
        elif name == "content":  # no text (fault H8): it must not take the place of the text that came
            self._lists.setdefault("content_parts", []).append(value)
        else:
            self._others[name] = value

    def _take_parts(self, parts: list[Any], *, halves: bool) -> None:
        """Content as a list: texts are text, what was thought is reasoning, anything else is kept beside them."""
        for part in parts:
            if isinstance(part, str):
                self._say(part, halves=halves)
                continue
            if not isinstance(part, dict):
                continue
            if isinstance(part.get("text"), str):
                self._say(part["text"], halves=halves)
            elif "thinking" in part:
                self._think(REASONING[0], "".join(_texts_in(part["thinking"])), halves=halves)
            else:
                self._lists.setdefault("content_parts", []).append(part)

    def _take_rest(self, name: str, value: Any) -> None:
        kept = self.rest.get(name)
        if isinstance(value, dict) and isinstance(kept, dict):  # logprobs: lists that go on
            for inner, more in value.items():
                if isinstance(more, list) and isinstance(kept.get(inner), list):
                    kept[inner].extend(more)
                elif more is not None:
                    kept[inner] = more
        else:
            self.rest[name] = value

    def flush(self) -> None:
        """Give out what was held back."""
        if self.mask is not None and (text := self.mask.flush()):
            self.fresh.append(text)
            self._texts["content"].append(text)
        if self.reasoning_mask is not None and (text := self.reasoning_mask.flush()):
            self.fresh_reasoning.append(text)
            self._texts[self._thoughts].append(text)

    def text(self) -> str:
        """Its text."""
        return self._all("content")

    def reasoning(self) -> str:
        """What it thought, as far as the server shows it."""
        return self._all(self._thoughts)

    def _all(self, name: str) -> str:
        """A text so far, with what is held back of it."""
        masks = {"content": self.mask, self._thoughts: self.reasoning_mask}
        mask = masks.get(name)
        return "".join(self._texts.get(name, ())) + (mask.held if mask is not None else "")

    def message(self) -> dict[str, Any]:
        """Its message."""
        texts = {name: self._all(name) for name in self._texts}
        content = texts.pop("content")
        message: dict[str, Any] = {"role": self._role, "content": content or (None if self._calls else ""), **texts}
        message |= {name: _joined(items) for name, items in self._lists.items()} | self._others
        if self._calls:
            message["tool_calls"] = self._calls.documents()
        return message

    def document(self) -> dict[str, Any]:
        """The choice as it stands in a completion."""
        return {"message": self.message(), "finish_reason": self.finish, **self.rest}


def _texts_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    for part in value if isinstance(value, list) else ():
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            yield part["text"]


def _joined(items: list[Any]) -> list[Any]:
    """A list of details whose pieces say with an index where they belong: pieces of one detail become one."""
    found: list[dict[str, Any]] = []
    pieces: list[dict[str, list[str]]] = []
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("index"), int):
            return items
        last = found[-1] if found else None
        if last is None or (last["index"], last.get("type")) != (item["index"], item.get("type")):
            found.append({})
            pieces.append({})
        for name, value in item.items():
            if name in _PIECES and isinstance(value, str):
                pieces[-1].setdefault(name, []).append(value)
            if value is not None or name not in found[-1]:
                found[-1][name] = value
    for detail, texts in zip(found, pieces, strict=True):
        detail.update({name: "".join(parts) for name, parts in texts.items()})
    return found
