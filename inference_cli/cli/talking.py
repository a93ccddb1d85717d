"""`inference chat`: which of its three ways is meant, and one question asked once."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

from inference_cli.cli import templating
from inference_cli.cli.asking import Wanted, gone_on_with, model_of, question_of, read
from inference_cli.cli.chat_flags import ChatFlags, refuse_contradictions
from inference_cli.cli.paying import Purse
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.conversation.log import Log
    from inference_cli.conversation.template import Template


def talk(session: "Session", flags: ChatFlags) -> None:
    """Ask once, compare several models, or open a conversation.

    Raises:
        InferenceError: of any kind in ``errors.py``.
    """
    session.show(json=flags.json, jq=flags.jq, events=flags.events, quiet=flags.quiet)
    session.wire(retry=not flags.no_retry, chat=flags.retry_chat)
    refuse_contradictions(flags)
    session.output.needs_stdout()
    if flags.save_template is not None:
        templating.keep(session, flags, flags.save_template)
        return
    template = templating.named(session, flags)
    if template is not None:
        flags = templating.under(flags, template)
    if _converses(session, flags, template):
        from inference_cli.cli.repl import converse

        converse(session, flags, template)
        return
    wanted = read(session, flags, template)
    if flags.compares:
        from inference_cli.cli.comparing import compare

        compare(session, flags, wanted)
        return
    with ExitStack() as stack:
        log = None if flags.no_log else session.log
        _ask_once(session, flags, wanted, log, stack, foreign=template is not None and not template.trusted)


def _converses(session: "Session", flags: ChatFlags, template: "Template | None") -> bool:
    """Whether a person sits there and has asked nothing yet."""
    streams = session.world.streams
    asks_by_itself = template is not None and template.prompt is not None and "input" not in template.variables()
    asked = flags.prompt is not None or flags.file or asks_by_itself
    if asked or not (streams.stdin_is_terminal and streams.stdout_is_terminal):
        return False
    if flags.wants_document or flags.events or flags.output is not None or flags.dry_run or flags.as_ is not None:
        raise UsageError("the prompt is empty", hint='Give one:  inference chat "…"')
    if flags.compares:
        raise UsageError("several models answer one question, not a conversation", hint='Ask it:  inference chat "…"')
    return True


def _ask_once(
    session: "Session", flags: ChatFlags, wanted: Wanted, log: "Log | None", stack: ExitStack, *, foreign: bool
) -> None:
    from inference_cli.cli.delivering import Delivery

    delivery = Delivery(session, flags)
    conversation, named = gone_on_with(log, flags)
    model, by_default = model_of(session, named, wanted)
    purse = Purse(session, model, None, max_cost=flags.max_cost, yes=flags.yes)
    question = question_of(
        session, flags, wanted, model, log=log, conversation=conversation, priced=purse.limited or flags.dry_run
    )
    purse.known = question.known
    if by_default or session.settings.sandbox:
        session.output.head([model], tag="sandbox" if session.settings.sandbox else "")
    tools = None
    if flags.tool:
        from inference_cli.cli.tooling import opened

        tools = stack.enter_context(opened(session, flags, foreign=foreign))
    if flags.dry_run or flags.as_ is not None:
        from inference_cli.cli.trying import show_code, show_request

        body = question.request.body(tools.box.definitions if tools else ())
        if flags.as_ is not None:
            show_code(session, flags.as_, body)
        else:
            show_request(session, body, purse)
        return
    delivery.run(question, purse, log, tools)
