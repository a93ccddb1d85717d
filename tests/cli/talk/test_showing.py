"""Lines of facts."""

from decimal import Decimal

import pytest

from inference_cli.api.completion import ToolCall, Usage
from inference_cli.api.records import Model
from inference_cli.cli.talk.showing import arguments_line, exchange_line, status_line, window
from inference_cli.conversation.outcome import Outcome
from inference_cli.conversation.talk import Settings, Talk
from inference_cli.conversation.turn import Calling


@pytest.mark.parametrize(
    ("raw", "tokens"),
    [
        ({"context_length": 1000}, 1000),
        ({"facts": {"context_length": 2000}}, 2000),
        ({"max_model_len": 32768}, 32768),
        ({"context_length": "many", "facts": 1}, None),
        ({"context_length": True}, None),
        ({"context_length": 0}, None),
    ],
)
def test_window(raw: dict[str, object], tokens: int | None) -> None:
    """Servers have several names for it, or none."""
    assert window(Model("gpt-5", raw=raw)) == tokens


def test_status() -> None:
    """What is known, and nothing that is not."""
    talk = Talk(Settings("gpt-5"))
    model = Model("gpt-5", raw={"context_length": 200_000})
    assert status_line(talk, None, sandbox=True) == "gpt-5 · sandbox"
    talk.context = 1204
    talk.files = ["notes"]
    talk.totals.add(Usage(1000, 204), Decimal("0.0061"))
    assert status_line(talk, model, sandbox=False) == "gpt-5 · $0.0061 · 1,204 of 200,000 tokens · 1 attached"
    talk.totals.made(None, Decimal("0.01"))
    assert status_line(talk, None, sandbox=False) == "gpt-5 · about $0.0161 · 1,204 tokens · 1 attached"
    talk.totals.add(None, None)
    assert status_line(talk, None, sandbox=False).split(" · ")[1] == "more than $0.0161"


def test_a_price_that_nobody_knows() -> None:
    """Is not nothing."""
    talk = Talk(Settings("gpt-5"))
    talk.totals.add(Usage(1, 1), None)
    assert status_line(talk, None, sandbox=False) == "gpt-5 · price not known"


def test_exchange() -> None:
    """On the right, within the terminal."""
    outcome = Outcome(usage=Usage(1000, 204))
    line = exchange_line(outcome, Decimal("0.0061"), width=100)
    assert (line.strip(), len(line)) == ("1,204 tokens · $0.0061", 79)
    assert len(exchange_line(outcome, None, width=40)) == 39
    assert exchange_line(Outcome(), None, width=80) == ""


def test_arguments() -> None:
    """As JSON on one line; where they are none, as the model wrote them; not longer than anybody reads."""
    call = ToolCall("1", "time", '{"zone":\n"UTC"}')
    assert arguments_line(Calling(call, {"zone": "UTC"})) == '{"zone": "UTC"}'
    assert arguments_line(Calling(ToolCall("1", "time", "zone\nUTC"), None)) == "zone UTC"
    assert len(arguments_line(Calling(ToolCall("1", "time", "x" * 1000), None))) == 200
    assert arguments_line(Calling(ToolCall("1", "time", "狐" * 1000), None)) == "狐" * 99 + "…"
