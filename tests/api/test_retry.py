import math

import pytest

from inference_cli.api.retry import POLICY, Cause, Kind, Retry, advice, wait_asked_for
from inference_cli.clock import ManualClock


def retry(**settings: object) -> Retry:
    """With jitter at its greatest and a clock that stands still."""
    return Retry(clock=ManualClock(), jitter=lambda: 1.0, **settings)  # type: ignore[arg-type] # passed through


def test_the_policy_table() -> None:
    """A paid request is sent again when it was not sent, or refused with 429; and in no other case."""
    assert POLICY[Kind.PAID] == {Cause.NOT_SENT: 2, Cause.THROTTLED: 2}
    again = {Cause.NOT_SENT: 4, Cause.BROKEN: 4, Cause.STALE: 4, Cause.THROTTLED: 4, Cause.SERVER: 4}
    assert POLICY[Kind.READ] == POLICY[Kind.CANCEL] == POLICY[Kind.CHANGE] == again
    assert POLICY[Kind.GLANCE] == {Cause.STALE: 1}
    assert POLICY[Kind.EVENTS] == {}
    assert POLICY[Kind.CHAT] == {Cause.NOT_SENT: 2, Cause.THROTTLED: 2, Cause.BUSY: 1}
    assert all(Cause.FINAL not in rules for rules in POLICY.values())


def test_A08_a_connection_that_was_being_closed_is_replaced_at_once() -> None:
    """Then as after any other break; --no-retry holds here too, and nothing that costs is sent again."""
    assert [retry().delay(Kind.READ, Cause.STALE, attempt) for attempt in range(5)] == [0.0, 1.0, 2.0, 4.0, None]
    assert [retry().delay(Kind.GLANCE, Cause.STALE, attempt) for attempt in range(2)] == [0.0, None]
    assert retry(enabled=False).delay(Kind.READ, Cause.STALE, 0) is None
    assert [retry(chat=True).delay(kind, Cause.STALE, 0) for kind in (Kind.PAID, Kind.CHAT)] == [None, None]


def test_what_costs_is_sent_on_a_connection_of_its_own() -> None:
    """And nothing else (fault A8)."""
    assert {kind for kind in Kind if kind.costs} == {Kind.PAID, Kind.CHAT}


def test_B12_a_lost_chat_is_sent_again_where_the_user_allows_it() -> None:
    """Twice; a lost generation never is."""
    allowing = retry(chat=True)
    assert [allowing.delay(Kind.CHAT, Cause.BROKEN, attempt) for attempt in range(3)] == [0.5, 1.0, None]
    assert allowing.delay(Kind.PAID, Cause.BROKEN, 0) is None
    assert allowing.delay(Kind.CHAT, Cause.SERVER, 0) is None
    assert retry().delay(Kind.CHAT, Cause.BROKEN, 0) is None


def test_pauses_grow_up_to_a_ceiling() -> None:
    """Full jitter: at most 0.5 s, 1 s, 2 s, 4 s; then it is enough."""
    one = retry()
    assert [one.delay(Kind.READ, Cause.BROKEN, attempt) for attempt in range(5)] == [0.5, 1.0, 2.0, 4.0, None]
    assert one.count == 4


def test_jitter_is_full() -> None:
    """It begins at nothing."""
    assert Retry(clock=ManualClock(), jitter=lambda: 0.0).delay(Kind.READ, Cause.SERVER, 3) == 0.0


def test_A28_the_server_says_when() -> None:
    """Retry-After is kept to, and a little more so that not all come back at once; a past date means a short pause."""
    assert retry().delay(Kind.PAID, Cause.THROTTLED, 0, after=2.0) == 2.5
    assert retry().delay(Kind.READ, Cause.THROTTLED, 0, after=0.0) == 1.0


def test_A30_a_wait_of_more_than_two_minutes_is_no_wait() -> None:
    """It is said instead."""
    assert retry(budget=1e9).delay(Kind.READ, Cause.THROTTLED, 0, after=120.5) is None
    assert retry(budget=1e9).delay(Kind.READ, Cause.THROTTLED, 0, after=math.inf) is None


def test_the_server_may_forbid_but_not_allow() -> None:
    """``x-should-retry: true`` does not make a paid request repeatable."""
    assert retry().delay(Kind.READ, Cause.SERVER, 0, advised=False) is None
    assert retry().delay(Kind.PAID, Cause.SERVER, 0, advised=True) is None


def test_no_retry() -> None:
    """The switch stops all of it."""
    assert retry(enabled=False).delay(Kind.READ, Cause.NOT_SENT, 0) is None


def test_the_budget_is_for_the_whole_command() -> None:
    """Sixty seconds of pauses in all, whichever request they were for."""
    one = retry(budget=5.0)
    assert [one.delay(Kind.READ, Cause.SERVER, 2), one.delay(Kind.READ, Cause.SERVER, 2)] == [2.0, 2.0]
    assert one.delay(Kind.READ, Cause.SERVER, 2) is None
    assert one.delay(Kind.READ, Cause.SERVER, 1) == 1.0


def test_the_quota_is_shared_and_recovers() -> None:
    """Five for a retry, ten after a timeout, one back per success and never more than there was."""
    one = retry(quota=15, budget=1e9)
    assert one.delay(Kind.READ, Cause.BROKEN, 0, timed_out=True) == 0.5
    assert one.delay(Kind.READ, Cause.BROKEN, 0) == 0.5
    assert one.delay(Kind.READ, Cause.BROKEN, 0) is None
    for _ in range(5):
        one.succeeded()
    assert one.delay(Kind.READ, Cause.BROKEN, 0) == 0.5
    for _ in range(100):
        one.succeeded()
    assert [one.delay(Kind.READ, Cause.BROKEN, 0) for _ in range(4)] == [0.5, 0.5, 0.5, None]


def test_a_pause_is_announced_and_taken() -> None:
    """Whoever wants to know of each retry is told, or somebody else for this one."""
    clock, heard, special = ManualClock(), list[str](), list[str]()
    one = Retry(clock=clock, notice=heard.append)
    one.pause(1.25, "HTTP 502 from the gateway")
    one.pause(2.0, "too often", tell=special.append)
    Retry(clock=clock).pause(1.0, "unheard")
    assert heard == ["HTTP 502 from the gateway; trying again in 1.2 s"]
    assert special == ["too often; trying again in 2.0 s"]
    assert clock.slept == [1.25, 2.0, 1.0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "86400"}, 86400.0),
        ({"retry-after": "1" + "0" * 400}, math.inf),
        ({"retry-after": "9" * 50}, math.inf),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "NaN"}, None),
        ({"retry-after": "1.2.3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:29:00 GMT"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT"}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "yesterday"}, None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": "Wed, 21 Oct 2026 07:28:00 -0000"}, None),
    ],
)
def test_A29_A30_how_long_the_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    """Numbers and dates, the latter against the server's own clock; nonsense counts as nothing."""
    assert wait_asked_for(headers) == seconds


def test_advice() -> None:
    """Two words are understood."""
    said = [advice({"x-should-retry": word}) for word in ("true", "False", "perhaps")]
    assert [*said, advice({})] == [True, False, None, None]
