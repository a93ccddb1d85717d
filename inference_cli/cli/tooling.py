"""The tools of a chat: opened for one run, and whoever approves of their calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inference_cli.conversation.tools.approval import Approver, Policy, Question
from inference_cli.conversation.tools.toolbox import Toolbox
from inference_cli.terminal.safe import line

if TYPE_CHECKING:
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.session import Session

_BEGINNING, _END = 2000, 1000  # characters of the arguments in a question, when they are longer than both


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools, and who approves."""

    box: Toolbox
    approve: Approver


@contextmanager
def opened(session: "Session", flags: "ChatFlags", *, foreign: bool = False) -> Iterator[Tools]:
    """Open what ``-T`` names, as long as the context lasts.

    Args:
        session: the run.
        flags: what was typed.
        foreign: whether a project's template named the tools, and not the user.

    Raises:
        NotFoundError: there is no such tool.
        UsageError: one cannot be used; nothing was sent.
    """
    names = flags.tool or ()
    policy = Policy.read(flags.approve or ())
    output = session.output
    paths = session.paths
    with Toolbox.open(
        names,
        cwd=session.world.cwd.absolute(),
        environ=session.world.env,
        clock=session.clock,
        secrets=session.settings.secrets,
        closed=(paths.config, paths.state, paths.data),
        say=output.note,
        chatter=output.note if session.verbose else _silent,
        stop=session.stop.event,
        transport=session.world.transport,
    ) as box:
        policy.check([*box.names, *names])
        if policy.word == "always" and not output.can_ask:  # before the first request, which is paid for
            output.warn("--approve always holds on a terminal only; here name the tools that may run:  --approve NAME")
        approve = Approver(
            policy,
            source=box.source,
            ask=(lambda question: _ask(session, question)) if output.can_ask else None,
            note=output.warn,
            foreign=names if foreign else (),
        )
        yield Tools(box, approve)


def _silent(_: str) -> None:
    """Only -v shows what commands and servers write to standard error."""


def _ask(session: "Session", question: Question) -> bool:
    """Ask about one call; the whole of what it would be called with is shown, as far as it is not endless.

    What does the harm may stand at the end: where something is left out, it is said how much.
    """
    shown = line(", ".join(f"{name}: {value}" for name, value in question.arguments))
    left = len(shown) - _BEGINNING - _END
    cut = shown if left <= 0 else f"{shown[:_BEGINNING]} … {left:,} characters are not shown … {shown[-_END:]}"
    whose = "" if question.own else f", which {line(question.source)} of this project names"
    with session.stop.breakable():
        return session.output.ask(f"  Call {line(question.tool)}({cut}){whose}?")
