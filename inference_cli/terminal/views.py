"""An answer as it arrives, as its user wants it: Markdown on a terminal, bytes in a pipe, events, or nothing yet."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from inference_cli.terminal.safe import line

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.conversation.turn import Returned, Update
    from inference_cli.terminal.output import Output
    from inference_cli.terminal.piped import Piped
    from inference_cli.terminal.thoughts import Thoughts
    from inference_cli.terminal.transcript import Transcript

_LONGEST = 60  # columns of the arguments and of the result of a call, in the line about it


class View:
    """Shows an answer while it arrives, as a context; leaving it finishes the answer, or keeps what came of it.

    Args:
        output: where to.
        clock: for the pace of redraws.
        text: whether the text is shown as it comes; a document, a file or an extract wait for the end.
        reasoning: whether the model's reasoning is shown.
    """

    def __init__(self, output: "Output", clock: "Clock", *, text: bool, reasoning: bool) -> None:
        self._output, self._clock, self._text = output, clock, text
        self._reasons = reasoning and not output.quiet and not output.wants_events
        self._stack = ExitStack()
        self._answer: Transcript | Piped | None = None
        self._thoughts: Thoughts | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def show(self, update: "Update") -> None:
        """The next thing that happens.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: standard output cannot be written.
        """
        from inference_cli.conversation.turn import Calling, Piece

        if isinstance(update, Piece):
            self.piece(update.text, reasoning=update.reasoning)
        elif isinstance(update, Calling):
            self.calling(update.call.name, update.call.arguments if update.arguments is None else update.arguments)
        else:
            self.returned(update)

    def piece(self, text: str, *, reasoning: bool) -> None:
        """The next piece.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: standard output cannot be written.
        """
        if self._output.wants_events:
            from inference_cli.terminal.answers import text_event

            self._event(text_event(text, reasoning=reasoning))
        elif reasoning:
            self._think(text)
        elif self._text:
            self._say(text)

    def calling(self, name: str, arguments: Mapping[str, Any] | str) -> None:
        """A tool is about to be called: what was said before it is finished."""
        self._finish()
        self._output.note(f"  {line(name)}({_shortened(_inside(arguments))})")

    def returned(self, update: "Returned") -> None:
        """It has been, or was not allowed to be."""
        if self._output.wants_events:
            from inference_cli.terminal.answers import call_event

            self._event(call_event(update))
        word = "failed: " if update.failed else ""
        self._output.note(f"    {word}{_shortened(update.result)}")

    def _event(self, document: Mapping[str, Any]) -> None:
        from inference_cli.terminal.documents import dumped

        self._output.result(dumped(document))

    def _think(self, text: str) -> None:
        if not self._reasons:
            return
        if self._thoughts is None:
            from inference_cli.terminal.thoughts import Thoughts

            self._finish()
            self._thoughts = self._stack.enter_context(Thoughts(self._output))
        self._thoughts.feed(text)

    def _say(self, text: str) -> None:
        if self._answer is None:
            self._finish()
            self._answer = self._opened()
        self._answer.feed(text)

    def _opened(self) -> "Transcript | Piped":
        if self._output.streams.stdout_is_terminal:
            from inference_cli.terminal.transcript import Transcript

            return self._stack.enter_context(Transcript(self._output, self._clock))
        from inference_cli.terminal.piped import Piped

        return self._stack.enter_context(Piped(self._output.streams, self._clock))

    def _finish(self) -> None:
        """End what is being shown: something else follows."""
        self._answer = self._thoughts = None
        self._stack.close()


def _inside(arguments: Mapping[str, Any] | str) -> str:
    if isinstance(arguments, str):
        return arguments
    return ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in arguments.items())


def _shortened(text: str) -> str:
    from inference_cli.terminal.widths import beginning

    return beginning(line(" ".join(text.split())), _LONGEST)
