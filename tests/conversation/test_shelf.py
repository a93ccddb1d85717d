"""Conversations in a list, and one whole."""

from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from inference_cli.conversation.log_records import Attached, Conversation, Exchange, Logged
from inference_cli.conversation.shelf import Chosen, listed, whole
from inference_cli.errors import NotFoundError
from tests.support.talks import MODEL, attachment, log_in, outcome, record, talk, usage, user


def test_a_list_has_the_newest_talk_first(tmp_path: Path) -> None:
    """An old conversation that goes on is the newest; one in which nothing was asked is not listed."""
    clock = ManualClock(1000.0)
    with log_in(tmp_path, clock=clock) as log:
        old = talk(log, ("first", "1"), template="haiku")
        clock.sleep(10)
        new = talk(log, ("second", "2"), ("lost", ""), model="other", cost=None, group="g1")
        log.begin(model=MODEL)
        clock.sleep(10)
        turn = log.asked(old, model="third", messages=[user("again")], parameters={})
        log.answered(turn, outcome("3"), cost=Decimal("0.1"))
        rows = listed(log, Chosen())
        assert rows == (
            Logged(old, 1000.0, 1020.0, (MODEL, "third"), 2, Decimal("0.1125"), "first", True, "haiku"),
            Logged(new, 1010.0, 1010.0, ("other",), 2, None, "second", False, None, "g1"),
        )
        assert listed(log, Chosen(), 1) == rows[:1]
        assert listed(log, Chosen(model=MODEL)) == rows[:1]
        assert listed(log, Chosen(since=1015.0)) == rows[:1]
        assert listed(log, Chosen(until=1005.0)) == rows[:1]
        assert listed(log, Chosen(until=1000.0)) == ()
        assert listed(log, Chosen(idle_since=1020.0)) == rows[1:]


def test_many_conversations(tmp_path: Path) -> None:
    """More than one query takes."""
    with log_in(tmp_path) as log:
        first = talk(log, ("number 0", "yes"))

        def more(connection: object) -> None:
            for n in range(1200):
                connection.execute(  # type: ignore[attr-defined]
                    "INSERT INTO conversations (id, origin, created, model) VALUES (?, ?, 0, 'm')",
                    (f"x{n}", log.origin),
                )
                connection.execute(  # type: ignore[attr-defined]
                    "INSERT INTO turns (conversation, asked, model, parameters) VALUES (?, ?, 'm', '{}')", (f"x{n}", n)
                )

        log.store.write(more)
        rows = listed(log, Chosen())
    assert [row.id for row in rows] == [*(f"x{n}" for n in reversed(range(1200))), first]


def test_one_whole(tmp_path: Path) -> None:
    """Everything that was kept, with the hash where bytes were."""
    digest = attachment().sha256
    with log_in(tmp_path, clock=ManualClock(1000.0)) as log:
        identity = log.begin(model=MODEL, system="Be brief.", template="haiku", group="g")
        turn = log.asked(
            identity,
            model=MODEL,
            messages=[user("what?", attachment())],
            parameters={"max_tokens": 5},
            attachments=[attachment()],
        )
        answer = outcome(
            "a fox",
            usage=usage(),
            model="m1",
            finish_reason="stop",
            calls=(record(),),
            responses=({"id": "c1"},),
            reasoning="hm",
        )
        log.answered(turn, answer, cost=Decimal("0.5"))
        assert whole(log, identity) == Conversation(
            id=identity,
            origin="https://hub.example",
            created=1000.0,
            model=MODEL,
            system="Be brief.",
            template="haiku",
            group="g",
            turns=(
                Exchange(
                    number=turn,
                    asked=1000.0,
                    model=MODEL,
                    parameters={"max_tokens": 5},
                    messages=(
                        {
                            "role": "user",
                            "content": [
                                {"type": "image_url", "image_url": {"url": f"attachment:{digest}"}},
                                {"type": "text", "text": "what?"},
                            ],
                        },
                        {"role": "assistant", "content": "a fox"},
                    ),
                    attachments=(Attached(digest, "image", "image/png", "fox.png", 72, "~/fox.png"),),
                    complete=True,
                    answered=1000.0,
                    finish_reason="stop",
                    answered_model="m1",
                    reasoning="hm",
                    seconds=1.5,
                    prompt_tokens=12,
                    completion_tokens=34,
                    usage={"prompt_tokens": 12, "completion_tokens": 34},
                    cost=Decimal("0.5"),
                    responses=({"id": "c1"},),
                    calls=(
                        {
                            "id": "call_1",
                            "name": "time",
                            "arguments": "{}",
                            "result": "noon",
                            "failed": False,
                            "approved": True,
                            "seconds": 0.5,
                        },
                    ),
                ),
            ),
        )
        assert whole(log, identity).turns[0].response == "a fox"
        assert whole(log, identity).cost == Decimal("0.5")
        with pytest.raises(NotFoundError):
            whole(log, "none")
