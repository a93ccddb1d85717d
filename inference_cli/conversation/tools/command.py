"""A command of the user's as a tool; a TOML file describes it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inference_cli.conversation.tools import argv, child
from inference_cli.conversation.tools.argv import Group, Word
from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.child import Ran, Spec
from inference_cli.conversation.tools.result import LIMIT
from inference_cli.conversation.tools.tool import ToolFailedError

if TYPE_CHECKING:
    from inference_cli.clock import Clock

_SHOWN = 4000  # bytes at the end of what a failed command wrote


@dataclass(frozen=True, slots=True)
class CommandTool:
    """A command that a model may call.

    Attributes:
        groups: its words.
        stdin: what it reads; True for the arguments as JSON, None for nothing.
        env: its environment, without tokens.
        seconds: that it may take.
        dashes: whether arguments may become options.
        chatter: gets what it writes to standard error.
    """

    name: str
    description: str
    parameters: Mapping[str, Any]
    groups: tuple[Group, ...]
    cwd: Path
    env: Mapping[str, str]
    clock: "Clock"
    halt: Halt
    stdin: "Word | bool | None" = None
    seconds: float = 60.0
    dashes: bool = False
    acts: bool = True
    chatter: Callable[[str], None] = lambda _: None

    def call(self, arguments: Mapping[str, Any]) -> str:
        """Run it; what it writes to standard output is the result."""
        words = argv.filled(self.groups, arguments, dashes=self.dashes)
        spec = Spec(words, self.cwd, self.env, self._stdin(arguments))
        ran = child.run(spec, seconds=self.seconds, clock=self.clock, halt=self.halt, limit=LIMIT)
        output, errors = ran.output.decode("utf-8", "replace"), ran.errors.decode("utf-8", "replace")
        for line in errors.splitlines():
            self.chatter(f"{self.name}: {line}")
        if ran.cut:
            return f"{output}\n[cut here: it wrote more than {LIMIT} bytes, and was ended]"
        if ran.code:
            raise ToolFailedError("\n".join(filter(None, (_ended(ran), errors[-_SHOWN:], output[-_SHOWN:]))))
        return output or "It wrote nothing."

    def _stdin(self, arguments: Mapping[str, Any]) -> bytes | None:
        if isinstance(self.stdin, bool):
            return json.dumps(dict(arguments)).encode() if self.stdin else None
        if self.stdin is None:
            return None
        given = {**dict.fromkeys(self.stdin.names, ""), **arguments}
        return self.stdin.text(given).encode("utf-8", "replace")


def _ended(ran: Ran) -> str:
    how = f"with exit code {ran.code}" if ran.code > 0 else f"by signal {-ran.code}"
    return f"The command ended {how}."
