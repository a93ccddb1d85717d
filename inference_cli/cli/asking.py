"""From the flags of `chat` to a question: text, attachments, history and parameters, checked; nothing is sent here."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import defaults
from inference_cli.conversation.turn import Request
from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from inference_cli.api.records import Model
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.session import Session
    from inference_cli.conversation.attachments import Attachment
    from inference_cli.conversation.log import Log
    from inference_cli.conversation.template import Template


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one model.

    Attributes:
        model: its id.
        known: what is known of it; None where nothing that depends on it was asked for.
        new: the messages of this turn: what the model is told first, in a new conversation, and the question.
        history: what was said before.
        parameters: everything else in the request.
        stream: whether the answer comes in pieces.
        attachments: what goes with it.
        system: what the model is told first.
        schema: the form of the answer.
        conversation: the one that is gone on with.
        template: the name of the template that it was made with.
        group: shared by the questions of a comparison.
    """

    model: str
    known: "Model | None"
    new: tuple[dict[str, Any], ...]
    history: tuple[Mapping[str, Any], ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    stream: bool = True
    attachments: "tuple[Attachment, ...]" = ()
    system: str | None = None
    schema: Mapping[str, Any] | None = None
    conversation: str | None = None
    template: str | None = None
    group: str | None = None

    @property
    def request(self) -> Request:
        """What is sent."""
        first = self.new[:1] if self.new[0]["role"] == "system" else ()
        history = [said for said in self.history if not first or said.get("role") != "system"]
        return Request(self.model, (*first, *history, *self.new[len(first) :]), self.parameters, self.stream)

    def going_on(self, more: Sequence[Mapping[str, Any]], conversation: str | None) -> "Question":
        """The next question of the same conversation: what was said by now, and a message at its end."""
        *said, last = more
        history = (*self.history, *self.new, *said)
        return replace(self, history=history, new=(dict(last),), attachments=(), conversation=conversation)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the flags ask for, read and parsed, before it is known of whom."""

    text: str
    attachments: "tuple[Attachment, ...]"
    system: str | None
    schema: Mapping[str, Any] | None
    given: Mapping[str, Any]


def read(session: "Session", flags: "ChatFlags", template: "Template | None" = None) -> Wanted:
    """Read everything that the flags name, each file once.

    Args:
        session: the run.
        flags: what was typed, over what the template says.
        template: whose texts are filled with what was typed.

    Raises:
        UsageError: something cannot be read or parsed; nothing was sent.
    """
    from inference_cli.conversation.prompt import gather, spelled_or_file

    stdin = _stdin(session, flags)
    given = _given(session, flags)
    attachments = _attached(session, flags)
    needed = not attachments and template is None
    text = gather(flags.prompt, flags.file or (), stdin=stdin, required=needed)
    system = None if flags.system is None else spelled_or_file(flags.system, "the system prompt")
    schema = schema_of(flags)
    if template is None:
        return Wanted(text, attachments, system, schema, given)
    from inference_cli.conversation.variables import assignments

    filled = template.fill(text, assignments(flags.set or ()))
    if not filled.prompt.strip() and not attachments:
        raise UsageError(
            "the prompt is empty", hint=f'Nothing was sent.  Give one:  inference chat -t {template.name} "…"'
        )
    return Wanted(
        filled.prompt,
        attachments,
        filled.system if system is None else system,
        template.schema if schema is None else schema,
        {**template.params, **given},
    )


def _given(session: "Session", flags: "ChatFlags") -> Mapping[str, Any]:
    if flags.input is None:
        return {}
    from inference_cli.cli.objects import read_object

    return read_object(session.world.streams, flags.input)


def _attached(session: "Session", flags: "ChatFlags") -> "tuple[Attachment, ...]":
    if not flags.attach:
        return ()  # and nothing is loaded that knows of media: a question without them is quicker
    from inference_cli.conversation.attachments import attach

    return attach(flags.attach, read=lambda: session.world.streams.claim_stdin("-a"))


def _stdin(session: "Session", flags: "ChatFlags") -> "Callable[[], BinaryIO] | None":
    """How the prompt reads standard input; None where a person types there, or somebody else reads it."""
    streams = session.world.streams
    others = [*(flags.attach or ()), flags.input, "-" if flags.system == "@-" else None]
    if "-" in others or streams.stdin_is_terminal or streams.stdin.buffer is None:
        return None
    return lambda: streams.claim_stdin("the prompt")


def schema_of(flags: "ChatFlags") -> Mapping[str, Any] | None:
    """The JSON Schema that the answer has to fit, where one is asked for.

    Raises:
        UsageError: it does not parse.
    """
    text = flags.schema if flags.schema is not None else flags.schema_multi
    if text is None:
        return None
    from inference_cli.conversation.schemas import many, parse
    from inference_cli.conversation.texts import read_file

    schema = parse(text, read_file=lambda name: read_file(name).text)
    return many(schema) if flags.schema_multi is not None else schema


def model_of(session: "Session", named: str | None, wanted: Wanted | None = None) -> tuple[str, bool]:
    """The model: of the flag, of ``--input``, of the profile, or the service's own default.

    Returns:
        Its id, and whether nobody named it.

    Raises:
        UsageError: a server that speaks OpenAI's API has no default.
    """
    settings = session.settings
    typed = named or (wanted.given.get("model") if wanted else None)
    if isinstance(typed, str) and typed.strip():
        return settings.alias(typed), False
    setting = settings.model("chat")
    if setting is not None:
        return settings.alias(str(setting.value)), True
    if settings.api == "openai":
        raise UsageError(
            "which model?", hint="Nothing was sent.  Name one with -m, or for good:  inference config set model_chat ID"
        )
    return defaults.MODELS["chat"], True


def gone_on_with(log: "Log | None", flags: "ChatFlags") -> tuple[str | None, str | None]:
    """The conversation that ``-c`` or ``--cid`` goes on with, and the model: that of the flag, else the one there.

    Raises:
        NotFoundError: there is no such conversation.
        UsageError: there are several.
    """
    named = flags.model[0] if flags.model else None
    if log is None or not flags.goes_on:
        return None, named
    conversation = log.find(flags.cid or "last")
    return conversation, named or log.model_of(conversation)


def question_of(
    session: "Session",
    flags: "ChatFlags",
    wanted: Wanted,
    model: str,
    *,
    log: "Log | None" = None,
    conversation: str | None = None,
    priced: bool = False,
) -> Question:
    """The question to one model, checked against what is known of it.

    Args:
        session: the run.
        flags: what was typed.
        wanted: what they name.
        model: the id.
        log: where the conversation that is gone on with stands.
        conversation: its id.
        priced: whether the price has to be known.

    Raises:
        UsageError: the model does not take it, or a parameter does not fit; nothing was sent.
        NotFoundError: there is no such model.
    """
    from inference_cli.conversation.messages import system_message, user_message

    known = _known(session, model) if wanted.attachments or priced else None
    if wanted.attachments and not flags.no_validate:
        from inference_cli.conversation.accepts import check

        check(wanted.attachments, known)
    parameters = _parameters(flags, wanted, model, known)
    if wanted.schema is not None:
        if "response_format" in parameters:
            raise UsageError("--schema and the parameter response_format say the same", hint="Nothing was sent.")
        from inference_cli.conversation.schemas import response_format

        parameters["response_format"] = response_format(wanted.schema)
    history = () if log is None or conversation is None else log.history(conversation)
    before = [] if wanted.system is None else [system_message(wanted.system)]
    return Question(
        model=model,
        known=known,
        new=(*before, user_message(wanted.text, wanted.attachments)),
        history=history,
        parameters=parameters,
        stream=not flags.no_stream,
        attachments=wanted.attachments,
        system=wanted.system,
        schema=wanted.schema,
        conversation=conversation,
        template=flags.template,
    )


def _parameters(flags: "ChatFlags", wanted: Wanted, model: str, known: "Model | None") -> dict[str, Any]:
    given = {name: value for name, value in wanted.given.items() if name != "model"}
    if not given and not flags.param:
        return {}  # the schema of a chat, and what checks by it, are not loaded
    from inference_cli.catalogue.chat import parameters_of

    return parameters_of(known, name=model, params=flags.param or (), given=given, validate=not flags.no_validate)


def _known(session: "Session", model: str) -> "Model | None":
    from inference_cli.catalogue.lookup import find

    return None if session.settings.api == "openai" else find(session.models, model)
