"""The flags of `chat` as one value, and which of them exclude each other."""

from typing import TYPE_CHECKING, Literal

from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFlags:
    """What was typed; the names are those of the options, their meanings stand in ``chat_options.py``."""

    prompt: str | None = None
    model: list[str] | None = None
    system: str | None = None
    attach: list[str] | None = None
    file: list[str] | None = None
    template: str | None = None
    set: list[str] | None = None
    save_template: str | None = None
    schema: str | None = None
    schema_multi: str | None = None
    retry_schema: int = 0
    tool: list[str] | None = None
    approve: list[str] | None = None
    tool_rounds: int = 10
    param: list[str] | None = None
    input: str | None = None
    extract: bool = False
    extract_last: bool = False
    output: str | None = None
    continue_: bool = False
    cid: str | None = None
    no_log: bool = False
    no_stream: bool = False
    usage: bool = False
    hide_reasoning: bool = False
    max_cost: str | None = None
    yes: bool = False
    dry_run: bool = False
    as_: Literal["curl", "python"] | None = None
    no_validate: bool = False
    force: bool = False
    no_clobber: bool = False
    no_retry: bool = False
    retry_chat: bool = False
    json: bool = False
    jq: str | None = None
    events: bool = False
    quiet: bool = False

    @property
    def wants_document(self) -> bool:
        """Whether stdout is for JSON."""
        return self.json or self.jq is not None

    @property
    def compares(self) -> bool:
        """Whether several models are asked."""
        return len(self.model or ()) > 1

    @property
    def goes_on(self) -> bool:
        """Whether a conversation that is there is gone on with."""
        return self.continue_ or self.cid is not None


def refuse_contradictions(flags: ChatFlags) -> None:
    """Flags that exclude each other.

    Raises:
        UsageError: before anything was read or sent.
    """
    from inference_cli.terminal.streams import readers_of_stdin

    for wrong, sentence, hint in _contradictions(flags):
        if wrong:
            raise UsageError(sentence, hint=hint)
    readers_of_stdin([*(flags.attach or ()), *(flags.file or ()), flags.input, _stdin_of(flags.system)])


def _contradictions(flags: ChatFlags) -> "Iterator[tuple[bool, str, str | None]]":
    formed = flags.schema is not None or flags.schema_multi is not None
    documents = flags.wants_document or flags.events
    extracts = flags.extract or flags.extract_last
    yield flags.continue_ and flags.cid is not None, "-c and --cid exclude each other", None
    yield flags.schema is not None and flags.schema_multi is not None, "--schema and --schema-multi are one flag", None
    yield flags.retry_schema > 0 and not formed, "--retry-schema needs --schema", None
    yield flags.extract and flags.extract_last, "-x and --xl exclude each other", None
    yield extracts and (flags.events or flags.json), "-x and --json both want stdout", "Use  --jq EXPR  for parts of it"
    yield extracts and formed, "-x looks for a code block, and --schema makes JSON", None
    yield flags.events and flags.wants_document, "--events and --json both want stdout", None
    yield flags.as_ is not None and documents, "--as and --json both want stdout", None
    yield flags.output == "-" and documents, "-o - and --json both want stdout", None
    yield flags.force and flags.no_clobber, "--force and --no-clobber exclude each other", None
    no_template = flags.template is None and flags.save_template is None
    yield bool(flags.set) and no_template, "--set is for the variables of a template: name one with -t", None
    yield flags.no_log and flags.goes_on, "--no-log does not go with a conversation that is in the log", None
    several = flags.compares
    yield several and flags.goes_on, "several models are compared in one question: leave -c and --cid away", None
    yield several and bool(flags.tool), "several models are compared without tools: leave -T away", None
    yield several and flags.output is not None, "-o takes one answer: ask one model", None
    yield several and flags.events, "--events follows one answer: ask one model", None
    yield several and extracts, "-x takes one answer: ask one model", None


def _stdin_of(system: str | None) -> str | None:
    return "-" if system == "@-" else None
