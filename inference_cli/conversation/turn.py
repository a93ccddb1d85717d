"""One turn of a conversation: the model answers, tools are called, until it has nothing more to ask for."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.api.completion import ToolCall
from inference_cli.conversation.outcome import CallRecord, Outcome, Round, messages_of, outcome_of, said
from inference_cli.errors import GenerationError, InferenceError, Interrupted
from inference_cli.frozen import dataclass, field

if TYPE_CHECKING:
    import threading

    from inference_cli.api.completion import Completion
    from inference_cli.clock import Clock
    from inference_cli.conversation.parties import Answering, Approve, Chat, Payment, Toolbox

__all__ = ["CallRecord", "Calling", "Outcome", "Piece", "Request", "Returned", "Turn", "Update"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the messages so far, the user's newest included, and the parameters beside them."""

    model: str
    messages: tuple[Mapping[str, Any], ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    stream: bool = True

    def body(self, tools: Sequence[Mapping[str, Any]] = (), more: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
        """The JSON that is sent.

        Args:
            tools: what the model may call.
            more: the messages of earlier rounds.
        """
        offered = {"tools": list(tools)} if tools else {}
        return {"model": self.model, "messages": [*self.messages, *more], **offered, **self.parameters}


@dataclass(frozen=True, slots=True)
class Piece:
    """The next piece of the answer, or of what the model shows of its reasoning."""

    text: str
    reasoning: bool = False


@dataclass(frozen=True, slots=True)
class Calling:
    """The model asks for a tool; ``arguments`` is None where it wrote no JSON object."""

    call: ToolCall
    arguments: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A tool has answered, or could not; the model is told either."""

    call: ToolCall
    result: str
    failed: bool


Update = Piece | Calling | Returned


@dataclass(frozen=True, slots=True)
class _State:
    """How far a turn came; exchanged as one, so that a signal never finds half of a step."""

    rounds: tuple[Round, ...] = ()
    now: "Answering | None" = None
    done: bool = False


class Turn:
    """One question, and everything until the model is done with it.

    Args:
        chat: answers.
        request: what is asked.
        clock: measures how long it takes.
        toolbox: what the model may call; None offers nothing.
        approve: whether a call may be made; None allows the tools that only look.
        rounds: requests that may be sent, at least 1; each has a price.
        stop: ends the turn when it is set, in the middle of an answer too.
        payment: is asked before each request, and told what came of it.
    """

    def __init__(
        self,
        chat: "Chat",
        request: Request,
        *,
        clock: "Clock",
        toolbox: "Toolbox | None" = None,
        approve: "Approve | None" = None,
        rounds: int = 10,
        stop: "threading.Event | None" = None,
        payment: "Payment | None" = None,
    ) -> None:
        self._payment = payment
        self._sent = 0  # requests
        self._chat, self._request, self._clock, self._stop = chat, request, clock, stop
        self._toolbox, self._approve, self._rounds = toolbox, approve or _only_looks, max(1, rounds)
        self._state = _State()
        self._began: float | None = None
        self._ended: float | None = None

    def run(self) -> Iterator[Update]:
        """Ask, call tools, ask again, until the model is done; closing the iterator closes the connection.

        Raises:
            GenerationError: it still asks for tools in the last round; ``outcome`` has what came.
            Interrupted: ``stop`` was set.
            InferenceError: an answer failed, or the toolbox did.
        """
        self._began = self._clock.monotonic()
        try:
            for number in range(1, self._rounds + 1):
                yield from self._ask()
                calls = self._state.rounds[-1].completion.tool_calls
                if not calls or self._toolbox is None:
                    self._state = _State(self._state.rounds, done=True)
                    return
                if number < self._rounds:
                    yield from self._call(self._toolbox, calls)
            raise _exhausted(self._rounds)
        finally:
            self._ended = self._clock.monotonic()

    @property
    def outcome(self) -> Outcome:
        """What came so far; right at any time, after an error and in the middle of the iteration too."""
        state = self._state
        partial = None if state.now is None else state.now.completion
        now = self._clock.monotonic() if self._ended is None else self._ended
        seconds = 0.0 if self._began is None else now - self._began
        return outcome_of(state.rounds, partial, complete=state.done and _whole(state.rounds), seconds=seconds)

    def _ask(self) -> Iterator[Update]:
        if self._stop is not None and self._stop.is_set():
            raise Interrupted("stopped; nothing more was sent")
        body = self._body()
        if self._payment is not None:
            self._payment.before(body)
        error: InferenceError | None = None
        try:
            yield from self._answer(body)
        except InferenceError as failure:
            error = failure
            raise
        finally:
            if self._payment is not None:
                self._payment.after(self._came, error)

    @property
    def _came(self) -> "Completion | None":
        """What came of the request that was sent last; None where nothing did."""
        state = self._state
        if state.now is not None:
            return state.now.completion
        return state.rounds[-1].completion if len(state.rounds) == self._sent else None

    def _answer(self, body: Mapping[str, Any]) -> Iterator[Update]:
        rounds = self._state.rounds
        self._sent = len(rounds) + 1
        if not self._request.stream:
            completion = self._chat.complete(body, stop=self._stop)
            self._state = _State((*rounds, Round(completion)))
            if completion.reasoning:
                yield Piece(completion.reasoning, reasoning=True)
        else:
            with self._chat.stream(body, stop=self._stop) as answering:
                self._state = _State(rounds, answering)
                for text, reasoning in answering:
                    if reasoning:
                        yield Piece(reasoning, reasoning=True)
                    if text:
                        yield Piece(text)
            completion = answering.completion
            self._state = _State((*rounds, Round(completion)))
        words = said(completion)
        if words and (not self._request.stream or not completion.text):  # a refusal is not among the pieces
            yield Piece(words)

    def _body(self) -> dict[str, Any]:
        tools = self._toolbox.definitions if self._toolbox is not None else ()
        return self._request.body(tools, messages_of(self._state.rounds))

    def _call(self, toolbox: "Toolbox", calls: tuple[ToolCall, ...]) -> Iterator[Update]:
        """Make the calls that can be made; what is wrong with the others, the model is told."""
        faults: dict[int, str] = {}  # by place: ids are as the server made them
        for place, call in enumerate(calls):
            arguments = _arguments(call)
            yield Calling(call, arguments)
            if toolbox.tool(call.name) is None:
                names = ", ".join(str(one.get("function", {}).get("name")) for one in toolbox.definitions)
                faults[place] = f"There is no tool named {call.name!r}. There are: {names}"
            elif arguments is None:
                faults[place] = "The arguments are not a JSON object. Nothing was called."
        made = [call for place, call in enumerate(calls) if place not in faults]
        results = iter(toolbox.call_all(made, self._approve))
        records = []
        for place, call in enumerate(calls):
            if place in faults:
                records.append(CallRecord(call, faults[place], failed=True, approved=False, seconds=0.0))
            else:
                one = next(results)
                records.append(CallRecord(call, one.content, one.failed, one.approved, one.seconds))
        *before, last = self._state.rounds
        self._state = _State((*before, Round(last.completion, tuple(records))))
        for record in records:
            yield Returned(record.call, record.result, record.failed)


def _whole(rounds: tuple[Round, ...]) -> bool:
    return bool(rounds) and all(one.completion.complete for one in rounds)


def _only_looks(tool: Any, _arguments: Mapping[str, Any]) -> bool:
    return not tool.acts


def _arguments(call: ToolCall) -> Mapping[str, Any] | None:
    try:
        found = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _exhausted(rounds: int) -> GenerationError:
    return GenerationError(
        f"the model still asks for tools after {rounds} requests, and was stopped",
        hint="What came is kept.  Let it go on:  inference chat -c",
    )
