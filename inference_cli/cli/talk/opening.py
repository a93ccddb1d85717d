"""From the flags of `chat` to how a conversation begins; nothing is sent here."""

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue.chat import parameters_of
from inference_cli.cli.asking import Wanted, gone_on_with, model_of, schema_of
from inference_cli.cli.objects import read_object
from inference_cli.cli.paying import Purse
from inference_cli.cli.repl import Start
from inference_cli.conversation.attachments import attach
from inference_cli.conversation.prompt import spelled_or_file
from inference_cli.conversation.variables import assignments

if TYPE_CHECKING:
    from collections.abc import Callable

    from inference_cli.api.records import Model
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.session import Session
    from inference_cli.conversation.template import Template


def opened(session: "Session", flags: "ChatFlags", template: "Template | None", stack: ExitStack) -> Start:
    """How a conversation begins; what was opened for it is closed with the stack.

    Raises:
        InferenceError: something that the flags name is not there, or cannot be used.
    """
    log = None if flags.no_log else session.log
    conversation, named = gone_on_with(log, flags)
    given = {**(template.params if template else {}), **read_object(session.world.streams, flags.input)}
    wanted = Wanted("", attach(flags.attach or ()), None, None, given)
    model, _ = model_of(session, named, wanted)
    tools = None
    if flags.tool:
        from inference_cli.cli.tooling import opened as opened_tools

        foreign = template is not None and not template.trusted
        tools = stack.enter_context(opened_tools(session, flags, foreign=foreign))
    return Start(
        model=model,
        system=None if flags.system is None else spelled_or_file(flags.system, "the system prompt"),
        parameters=_parameters(flags, model, given, template),
        attachments=wanted.attachments,
        fill=None if template is None else partial(template.fill, given=assignments(flags.set or ())),
        past=() if log is None or conversation is None else log.history(conversation),
        conversation_id=conversation,
        log=log,
        template=flags.template,
        toolbox=tools.box if tools else None,
        approve=tools.approve if tools else None,
        rounds=flags.tool_rounds,
        stream=not flags.no_stream,
        hide_reasoning=flags.hide_reasoning,
        validate=not flags.no_validate,
        purse=purses(session, flags),
    )


def _parameters(flags: "ChatFlags", model: str, given: dict[str, Any], template: "Template | None") -> dict[str, Any]:
    beside = {name: value for name, value in given.items() if name != "model"}
    validate = not flags.no_validate
    found = parameters_of(None, name=model, params=flags.param or (), given=beside, validate=validate)
    schema = schema_of(flags) or (template.schema if template else None)
    if schema is not None and "response_format" not in found:
        from inference_cli.conversation.schemas import response_format

        found["response_format"] = response_format(schema)
    return found


def purses(session: "Session", flags: "ChatFlags") -> "Callable[[str, Model | None], Purse]":
    """A purse for each turn, which knows what those before it spent."""
    last: list[Purse] = []

    def purse(name: str, known: "Model | None") -> Purse:
        made = Purse(session, name, known, max_cost=flags.max_cost, yes=flags.yes)
        if last:
            made.follow(last[-1])
        last[:] = [made]
        return made

    return purse
