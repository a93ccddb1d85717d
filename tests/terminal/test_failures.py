"""Errors as people and programs read them."""

import json

from inference_cli.errors import GenerationError, InferenceError, Interrupted, ParameterError, TokenError
from inference_cli.terminal.documents import error_document, media_document
from inference_cli.terminal.failures import show_error
from inference_cli.terminal.output import Output
from tests.support.screens import Recorded

PARAMETERS = ParameterError(
    "2 parameters do not fit kling",
    details=[
        "--duration 7        must be 5 or 10",
        "-p aspect=16:9      no such parameter; did you mean aspect_ratio?",
    ],
    hint="Nothing was sent.  See:  inference models params kling",
)


def told(error: InferenceError, **flags: bool) -> Recorded:
    """The streams after an error was shown in a pipe."""
    recorded = Recorded()
    show_error(Output(recorded, **flags), error)  # type: ignore[arg-type] # all of these flags are bools
    return recorded


def test_an_error_has_details_and_a_next_command() -> None:
    """The sentence first, everything else indented by two."""
    assert told(PARAMETERS).err == (
        "error: 2 parameters do not fit kling\n"
        "  --duration 7        must be 5 or 10\n"
        "  -p aspect=16:9      no such parameter; did you mean aspect_ratio?\n"
        "  Nothing was sent.  See:  inference models params kling\n"
    )


def test_only_the_word_is_red() -> None:
    """Colour for the state, plain text for the rest."""
    recorded = Recorded(terminals=("stderr",))
    show_error(
        Output(recorded), TokenError("no token for https://hub.oxen.ai", hint="Sign in:\n  inference auth login")
    )
    assert recorded.err == (
        "\x1b[31merror:\x1b[0m no token for https://hub.oxen.ai\n  Sign in:\n    inference auth login\n"
    )


def test_an_interruption_is_no_error() -> None:
    """The user's own wish has no red word: what goes on, and how to collect it; a closed pipe is silent (fault G13)."""
    stopped = Interrupted("One generation goes on without you", hint="Collect it:  inference queue wait 7cf9")
    assert told(stopped).err == "  One generation goes on without you\n  Collect it:  inference queue wait 7cf9\n"
    assert told(Interrupted("closed pipe", signum=13)).err == ""


def test_hostile_text_is_shown_not_obeyed() -> None:
    """A server's sentence, details and all, is one safe line each (fault G5)."""
    error = GenerationError("a\x1b]0;x\x07\nb", details=["\u202ec\r\nd"], hint="e\x9b\nf")
    assert told(error).err == "error: a␛]0;x␇ b\n  \u2039U+202E\u203ac d\n  e\\x9b\n  f\n"


def test_a_flood_is_cut() -> None:
    """An error never takes more than a screen (invariant I4)."""
    error = GenerationError(
        "m" * 1000, details=[f"line {n}" for n in range(100)], hint="\n".join(f"hint {n}" for n in range(30))
    )
    lines = told(error).err.splitlines()
    assert lines[0] == "error: " + "m" * 499 + "…"
    assert lines[10:12] == ["  line 9", "  … and 90 more"]
    assert lines[12:] == ["  hint 0", "  hint 1", "  hint 2", "  hint 3", "  … and 24 more", "  hint 28", "  hint 29"]
    assert len(lines) < 20


def test_every_parameter_that_does_not_fit_is_shown() -> None:
    """All at once, so that all can be mended at once; only what is more than a screen is cut (invariant I4)."""
    few = ParameterError("x", details=[f"line {n}" for n in range(17)], hint="a\nb")
    assert told(few).err.splitlines()[1:] == [*(f"  line {n}" for n in range(17)), "  a", "  b"]
    many = told(ParameterError("x", details=[f"line {n}" for n in range(18)], hint="a\nb")).err.splitlines()
    assert (len(many), many[-3]) == (20, "  … and 2 more")


def test_a_command_with_many_ids_is_whole() -> None:
    """A hint that was cut could not be typed."""
    command = "inference queue wait " + " ".join(f"{n:08x}" for n in range(200))
    assert told(Interrupted("200 generations go on without you", hint=command)).err.endswith(f"\n  {command}\n")


def test_with_json_the_error_is_a_document_too() -> None:
    """On stdout, once: the command may have written it with its results already."""
    recorded = told(PARAMETERS, json=True)
    assert recorded.err.startswith("error: 2 parameters")
    assert json.loads(recorded.out) == error_document(PARAMETERS)

    recorded = Recorded()
    output = Output(recorded, json=True)
    output.document(media_document(model="m", cost=None, estimated_cost=None, results=[], error=PARAMETERS))
    before = recorded.out
    show_error(output, PARAMETERS)
    assert recorded.out == before


def test_with_events_the_error_is_the_last_event() -> None:
    """A line of NDJSON."""
    recorded = told(PARAMETERS, events=True)
    assert json.loads(recorded.out) == {"event": "error"} | error_document(PARAMETERS)


def test_a_filter_sees_the_error_if_it_wants_to() -> None:
    """One that was meant for results prints nothing instead of a second error."""
    recorded = Recorded()
    show_error(Output(recorded, jq=".error.code"), PARAMETERS)
    assert recorded.out == "parameters\n"
    recorded = Recorded()
    show_error(Output(recorded, jq=".generations[].path"), PARAMETERS)
    assert recorded.out == ""
    assert recorded.err.startswith("error: 2 parameters")
