"""The tools of a conversation: what the model is told of them, and its calls made."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation.tools import given
from inference_cli.conversation.tools.beside import Halt, gather
from inference_cli.conversation.tools.result import told
from inference_cli.conversation.tools.tool import Result, Source, Tool, ToolFailedError, definition
from inference_cli.errors import InferenceError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from inference_cli.api.completion import ToolCall
    from inference_cli.clock import Clock

__all__ = ["Approve", "Result", "Tool", "ToolFailedError", "Toolbox"]

Approve = Callable[[Tool, Mapping[str, Any]], bool]
"""Whether a call may be made; asked for every tool, those that only look too."""

REFUSED = "The user did not allow this call. Nothing was called."


class Toolbox:
    """Tools by name.

    Args:
        sources: where they come from.
        clock: measures how long calls take.
        halt: ends the calls that run.
        stop: set when the user wants to stop.
        aside: what is printed in the meantime goes elsewhere than to standard output.
        closing: what has to be closed with the toolbox.

    Raises:
        UsageError: two tools have the same name.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        clock: "Clock",
        halt: Halt | None = None,
        stop: threading.Event | None = None,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
        closing: ExitStack | None = None,
    ) -> None:
        self._sources, self._clock = tuple(sources), clock
        self._halt, self._stop, self._aside = halt or Halt(), stop, aside
        self._closing = closing or ExitStack()
        self._refuse_twins()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the servers."""
        self._closing.close()

    @classmethod
    def open(
        cls,
        names: Sequence[str],
        *,
        cwd: "Path",
        environ: Mapping[str, str],
        clock: "Clock",
        **more: Any,
    ) -> Self:
        """The tools named after ``-T``; close it in the end. See ``opening.opened`` for all that may be given.

        Raises:
            NotFoundError: nothing is called that; it says what there is.
            UsageError: a file, a command or a server is not usable, or something is named twice; nothing was sent.
            Interrupted: the user stopped while servers were starting.
        """
        from inference_cli.conversation.tools.opening import Setting, opened

        setting = Setting(cwd=cwd, environ=environ, clock=clock, **more)
        with ExitStack() as closing:
            sources = opened(names, setting, closing)
            return cls(
                sources,
                clock=clock,
                halt=setting.halt,
                stop=setting.stop,
                aside=partial(setting.aside, names),
                closing=closing.pop_all(),
            )

    @property
    def definitions(self) -> tuple[dict[str, Any], ...]:
        """What a request says of the tools."""
        return tuple(definition(tool) for tool, _ in self._by_name().values())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tools, in the order of ``-T``."""
        return tuple(self._by_name())

    def tool(self, name: str, /) -> Tool | None:
        """The tool of that name, or None."""
        found = self._by_name().get(name)
        return None if found is None else found[0]

    def source(self, name: str, /) -> str | None:
        """What was typed after ``-T`` to get the tool of that name, or None."""
        found = self._by_name().get(name)
        return None if found is None else found[1]

    def call_all(self, calls: "Sequence[ToolCall]", approve: Approve, /) -> tuple[Result, ...]:
        """Make the calls, side by side; the results in the order of the calls.

        What cannot be called, or is not allowed, or fails, has a result too: the model is told why. Whether calls are
        allowed is asked before the first of them is made, in their order and in the caller's thread.

        Raises:
            Interrupted: the user stopped; everything that ran was ended.
        """
        prepared = [self._prepared(call, approve) for call in calls]
        with self._aside():
            return tuple(gather(prepared, halt=self._halt, stop=self._stop))

    def _prepared(self, call: "ToolCall", approve: Approve) -> Callable[[], Result]:
        """The call, ready to be made; or what becomes of it instead."""
        tool = self.tool(call.name)
        if tool is None:
            return _failed(call, self._unknown(call.name))
        try:
            arguments = given.read(call.arguments, tool.parameters)
        except ToolFailedError as error:
            return _failed(call, str(error))
        if not approve(tool, arguments):
            return _failed(call, REFUSED)
        return lambda: self._called(call, tool, arguments)

    def _called(self, call: "ToolCall", tool: Tool, arguments: Mapping[str, Any]) -> Result:
        began = self._clock.monotonic()
        try:
            content, failed = tool.call(arguments), False
        except ToolFailedError as error:
            content, failed = str(error) or "The call failed.", True
        except InferenceError as error:
            content, failed = f"The call failed: {error.message}.", True
        return Result(call, told(content), failed, approved=True, seconds=self._clock.monotonic() - began)

    def _unknown(self, name: str) -> str:
        names = self.names
        close = nearest(name, names, 1)
        meant = f" Did you mean {close[0]}?" if close else ""
        return f"There is no tool named {name[:100]!r}.{meant} There are: {', '.join(names)}"

    def _by_name(self) -> dict[str, tuple[Tool, str]]:
        """Each tool under its name; where a server has changed its own to a name that is taken, the first keeps it."""
        found: dict[str, tuple[Tool, str]] = {}
        for source in self._sources:
            for tool in source.tools():
                found.setdefault(tool.name, (tool, source.typed))
        return found

    def _refuse_twins(self) -> None:
        seen: dict[str, str] = {}
        for source in self._sources:
            for tool in source.tools():
                if tool.name in seen:
                    raise UsageError(
                        f"two tools are named {tool.name}: {seen[tool.name]} and {source.typed}",
                        hint="Nothing was sent.  Name only one of them after -T",
                    )
                seen[tool.name] = source.typed


def _failed(call: "ToolCall", why: str) -> Callable[[], Result]:
    result = Result(call, told(why), failed=True, approved=False, seconds=0.0)
    return lambda: result
