"""Requests equal to one of unknown outcome."""

from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from inference_cli.errors import UnknownOutcomeError
from inference_cli.jobs.order import Body
from inference_cli.jobs.twins import refuse_twins
from inference_cli.origin import Origin
from tests.support.jobs import journal_in, order_for


def test_C15_an_equal_request_of_unknown_outcome_stops_the_next(tmp_path: Path) -> None:
    """For ten minutes; another prompt, another route or another origin is not equal."""
    clock = ManualClock()
    with journal_in(tmp_path, clock=clock) as journal:
        refuse_twins(journal, order_for())
        (intent,) = journal.plan(order_for(), cwd=tmp_path)
        journal.sending(intent)
        journal.unknown(intent, "it broke")
        clock.sleep(90)
        with pytest.raises(UnknownOutcomeError) as caught:
            refuse_twins(journal, order_for())
        assert caught.value.message == "the same request was sent 90 s ago, and may have been accepted (and billed)"
        assert "--anyway" in (caught.value.hint or "")
        refuse_twins(journal, order_for(Body({"prompt": "another"}, 1, 1)))
        refuse_twins(journal, order_for(route="generate"))
        with journal_in(tmp_path, clock=clock, origin=Origin("https", "sandbox.invalid", 443)) as other:
            refuse_twins(other, order_for())
            assert other.unsettled() == ()
        clock.sleep(600)
        refuse_twins(journal, order_for())
