"""Conversations as Markdown."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from inference_cli.conversation.export import iso, markdown
from inference_cli.conversation.shelf import whole
from tests.support.talks import MODEL, attachment, log_in, outcome, talk, user


def test_a_document(tmp_path: Path) -> None:
    """Front matter, then who said what; attachments by their names and hashes."""
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL, system="Be brief.", template="a: b")
        first = [user("what is this?", attachment())]
        turn = log.asked(identity, model=MODEL, messages=first, parameters={}, attachments=[attachment()])
        log.answered(turn, outcome("A *fox*.\n\n- red"), cost=Decimal("0.0125"))
        turn = log.asked(identity, model="other 1", messages=[user("code?")], parameters={})
        log.answered(turn, outcome("```python\nprint(1", complete=False), cost=None, error="the connection\nbroke")
        text = markdown(whole(log, identity))
    assert (
        text
        == f"""---
conversation: "{identity}"
model: claude-sonnet-4-6
date: 2026-09-21T14:13:20Z
template: "a: b"
cost: 0.0125
---

## System

Be brief.

## User

- attached: fox.png (image/png, sha256 {attachment().sha256})

what is this?

## claude-sonnet-4-6

A *fox*.

- red

## User

code?

## other 1

```python
print(1
```

*Incomplete: the connection broke*
"""
    )


def test_calls_and_their_results(tmp_path: Path) -> None:
    """As code, in fences that nothing inside can close."""
    call = {"id": "c", "type": "function", "function": {"name": "read", "arguments": '{"name": "a.md"}'}}
    messages: list[dict[str, Any]] = [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": "````\nfour"},
        {"role": "assistant", "content": "Done."},
    ]
    with log_in(tmp_path) as log:
        identity = log.begin(model=MODEL)
        turn = log.asked(identity, model=MODEL, messages=[user("read it")], parameters={})
        log.answered(turn, outcome("Done.", messages=messages), cost=None)
        text = markdown(whole(log, identity)).partition("## claude-sonnet-4-6\n")[2]
    assert (
        text
        == """
- called read, which answered:

```json
{"name": "a.md"}
```

`````
````
four
`````

## claude-sonnet-4-6

Done.
"""
    )


def test_a_question_without_an_answer(tmp_path: Path) -> None:
    """Is told as that."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("hello?", ""))
        assert markdown(whole(log, identity)).endswith("## User\n\nhello?\n\n*Incomplete: no answer was kept*\n")


def test_a_moment_that_no_calendar_has() -> None:
    """Is a number (fault E13)."""
    assert iso(1e15) == "1000000000000000"
    assert iso(0.0) == "1970-01-01T00:00:00Z"
