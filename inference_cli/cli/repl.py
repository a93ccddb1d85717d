"""The conversation on a terminal: how it begins. Light: what it needs is imported once it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.paying import Purse
    from inference_cli.cli.session import Session
    from inference_cli.cli.talk.recording import Log
    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.parties import Approve, Toolbox
    from inference_cli.conversation.template import Filled, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a conversation begins.

    Attributes:
        model: the id of the model that answers.
        system: the system prompt.
        parameters: of every request, typed and checked.
        attachments: for the first message.
        fill: puts the first message into a template.
        past: the messages of a conversation that goes on.
        conversation_id: its id, whole.
        log: where it is kept; None keeps nothing.
        template: the name of the template that it began with, for the log.
        toolbox: what the model may call.
        approve: whether a call may be made.
        rounds: requests at most in a turn with tools.
        stream: whether answers are shown while they come.
        hide_reasoning: whether what a model thinks is left out.
        validate: whether attachments and parameters are checked.
        purse: pays for one turn with a model of that id; None leaves costs to the server's own word.
    """

    model: str
    system: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    attachments: "Sequence[Attachment]" = ()
    fill: "Callable[[str], Filled] | None" = None
    past: Sequence[Mapping[str, Any]] = ()
    conversation_id: str | None = None
    log: "Log | None" = None
    template: str | None = None
    toolbox: "Toolbox | None" = None
    approve: "Approve | None" = None
    rounds: int = 10
    stream: bool = True
    hide_reasoning: bool = False
    validate: bool = True
    purse: "Callable[[str, Model | None], Purse] | None" = None


def converse(session: "Session", flags: "ChatFlags", template: "Template | None" = None) -> None:
    """Hold a conversation until the user leaves; stdin and stdout are a terminal.

    Errors of a turn or a command in it are shown and do not end it.

    Args:
        session: the run.
        flags: of `chat`, over what the template says.
        template: the one that it begins with.

    Raises:
        InferenceError: it cannot begin.
        Interrupted: SIGTERM or SIGHUP ended it; everything is in the log.
    """
    from contextlib import ExitStack

    from inference_cli.cli.talk.conversation import hold
    from inference_cli.cli.talk.opening import opened

    with ExitStack() as stack:
        hold(session, opened(session, flags, template, stack))
