"""The chunks of a streamed answer put together into one chat.completion document, in linear time."""

from collections.abc import Mapping
from typing import Any

from inference_cli.api.bodies import whole
from inference_cli.api.calls import calls_in
from inference_cli.api.choice import Choice
from inference_cli.api.completion import Completion, Delta, Usage
from inference_cli.api.masking import StreamMask
from inference_cli.api.redaction import Redactor


class Assembly:
    """One answer, as far as it came.

    Args:
        redactor: knows the secrets that a server must not bring onto the screen.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._head: dict[str, Any] = {}
        self._choices: dict[int, Choice] = {}
        self._first: Choice | None = None
        self._halves = False
        self._document: dict[str, Any] | None = None
        self.ended = False  # the server said that nothing follows

    @property
    def begun(self) -> bool:
        """Whether anything of the answer came."""
        return bool(self._head or self._choices)

    @property
    def finished(self) -> bool:
        """Whether every choice has said why it ended."""
        return bool(self._choices) and all(choice.finish is not None for choice in self._choices.values())

    def take(self, chunk: Mapping[str, Any], *, halves: bool = False) -> None:
        """Add a chunk of the stream.

        Args:
            chunk: as it came; whatever it lacks is lacking, whatever is unknown is kept.
            halves: whether half a surrogate pair may be in one of its texts.
        """
        self._halves = self._halves or halves
        choices: object = None
        for name, value in chunk.items():
            if name == "choices":
                choices = value
            elif value is not None:
                self._head[name] = value
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, dict):
                self._take_choice(choice, halves=halves)

    def take_whole(self, document: dict[str, Any]) -> None:
        """Take an answer that came in one piece, the token already taken out of it."""
        self.take(document)
        self._document, self.ended = document, True

    def _take_choice(self, piece: dict[str, Any], *, halves: bool) -> None:
        index = piece.get("index")
        index = index if isinstance(index, int) else 0
        choice = self._choices.get(index)
        if choice is None:
            choice = self._choices[index] = Choice()
            if self._first is None:
                choice.mask = StreamMask(self._redactor.secrets)
                choice.reasoning_mask = StreamMask(self._redactor.secrets)
                self._first = choice
        choice.take(piece, halves=halves)

    def drain(self, *, last: bool = False) -> Delta | None:
        """What may be shown of the first choice and was not yet.

        Args:
            last: nothing follows, so that nothing has to be held back.
        """
        first = self._first
        if first is None:
            return None
        if last:
            first.flush()
        if not first.fresh and not first.fresh_reasoning:
            return None
        delta = Delta("".join(first.fresh), "".join(first.fresh_reasoning))
        first.fresh, first.fresh_reasoning = [], []
        return delta

    def completion(self, *, complete: bool) -> Completion:
        """All of it so far; it costs as much as the answer is long.

        Args:
            complete: whether the answer came to its end.
        """
        raw = self._raw()
        first = self._first or Choice()
        message = first.message()
        usage = self._usage()
        model = self._head.get("model")
        return Completion(
            text=first.text(),
            reasoning=first.reasoning(),
            tool_calls=calls_in(self._clean(message.get("tool_calls"))),
            finish_reason=first.finish,
            usage=None if usage is None else Usage.from_json(usage),
            model=self._clean(model) if isinstance(model, str) else None,
            complete=complete,
            raw=raw,
        )

    def _raw(self) -> dict[str, Any]:
        if self._document is not None:
            return self._document
        head = {name: value for name, value in self._head.items() if name != "usage"}
        numbered = sorted(self._choices.items())
        document = {**head, "object": "chat.completion"}
        document["choices"] = [{"index": index, **choice.document()} for index, choice in numbered]
        if "usage" in self._head:
            document["usage"] = self._head["usage"]
        cleaned: dict[str, Any] = self._clean(document)
        return cleaned

    def _usage(self) -> Mapping[str, Any] | None:
        found = self._head.get("usage")
        if not isinstance(found, Mapping) and self._first is not None:
            found = self._first.rest.get("usage")  # where it came with the last piece of the choice
        if not isinstance(found, Mapping):
            return None
        cost = self._head.get("cost")
        return found if cost is None or found.get("cost") is not None else {**found, "cost": cost}

    def _clean(self, value: Any) -> Any:
        return self._redactor.document(whole(value) if self._halves else value)
