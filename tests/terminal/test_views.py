"""An answer as it arrives, in each of the ways in which it can be wanted."""

import io
import json

import jsonschema_rs

from inference_cli.api.completion import ToolCall
from inference_cli.clock import ManualClock
from inference_cli.conversation.turn import Calling, Piece, Returned, Update
from inference_cli.terminal.documents import schema
from inference_cli.terminal.output import Output
from inference_cli.terminal.streams import Stream, Streams
from inference_cli.terminal.views import View

CALL = ToolCall("c1", "weather", '{"city": "Paris"}')
STORY: tuple[Update, ...] = (
    Piece("hm", reasoning=True),
    Piece("Let me look."),
    Calling(CALL, {"city": "Paris"}),
    Returned(CALL, "sunny\nand \x1b[31mwarm", failed=False),
    Piece("It is *sunny*."),
)


def seen(
    *, terminal: bool = False, text: bool = True, reasoning: bool = True, quiet: bool = False, events: bool = False
) -> tuple[str, str]:
    """What is written to stdout and stderr."""
    out, err = io.BytesIO(), io.BytesIO()
    env = {"TERM": "xterm", "COLUMNS": "60", "NO_COLOR": "1"}
    streams = Streams(Stream(None), Stream(out, terminal=terminal), Stream(err, terminal=terminal), env)
    with View(Output(streams, quiet=quiet, events=events), ManualClock(), text=text, reasoning=reasoning) as view:
        for update in STORY:
            view.show(update)
    return out.getvalue().decode(), err.getvalue().decode()


NOTES = '  weather(city="Paris")\n    sunny and ␛[31mwarm\n'


def test_in_a_pipe() -> None:
    """Stdout has the words of the model only; the rest is on stderr, made safe."""
    assert seen() == ("Let me look.It is *sunny*.", f"hm\n{NOTES}")


def test_on_a_terminal_without_colour() -> None:
    """Each part begins on a line of its own."""
    out, err = seen(terminal=True)
    assert out == "Let me look.\nIt is *sunny*.\n"
    assert "hm" in err
    assert err.endswith(NOTES)


def test_when_the_answer_waits_for_its_end() -> None:
    """Notes and thoughts are shown all the same."""
    assert seen(text=False) == ("", f"hm\n{NOTES}")


def test_quiet_and_without_thoughts() -> None:
    """-q shows the answer alone, -R leaves the thoughts out."""
    assert seen(quiet=True) == ("Let me look.It is *sunny*.", "")
    assert seen(reasoning=False)[1] == NOTES


def test_as_events() -> None:
    """A line each, thoughts too."""
    out, _ = seen(events=True)
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        jsonschema_rs.validate(schema("chat_event"), line)
    assert [(line["event"], line.get("text", line.get("result"))) for line in lines] == [
        ("reasoning", "hm"),
        ("text", "Let me look."),
        ("call", "sunny\nand \x1b[31mwarm"),
        ("text", "It is *sunny*."),
    ]
