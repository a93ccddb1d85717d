"""How a conversation begins: what it may spend is said once, for all of its turns."""

from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.api.completion import Completion, Usage
from inference_cli.api.records import Model
from inference_cli.cli.chat_flags import ChatFlags
from inference_cli.cli.talk.opening import purses
from inference_cli.errors import SpendingError
from tests.support.talker import MODEL
from tests.support.talking import session_of

BODY = {"model": MODEL["id"], "messages": [{"role": "user", "content": "hi"}], "max_tokens": 100}  # $0.0017 at most
USED = Usage.from_json({"prompt_tokens": 10, "completion_tokens": 100})  # $0.00153


@pytest.mark.parametrize("usage", [USED, None])
def test_the_limit_holds_for_the_whole_conversation(tmp_path: Path, usage: Usage | None) -> None:
    """A turn that no longer fits beside those before it is not sent, even where nobody knows what those cost."""
    known = Model.from_json(MODEL)
    purse = purses(session_of(tmp_path), ChatFlags(max_cost="0.004"))
    costs = []
    for _ in range(2):
        turn = purse(known.id, known)
        turn.check(BODY)
        turn.before(BODY)
        turn.after(Completion(usage=usage))
        costs.append(turn.answer_cost)
    assert costs == [None if usage is None else Decimal("0.00153")] * 2
    with pytest.raises(SpendingError, match="the limit of the conversation"):
        purse(known.id, known).check(BODY)
