"""The retry policy: what may be sent again, how often, and after how long."""

import enum
import math
import random
import re
import threading
from collections.abc import Callable, Mapping
from types import MappingProxyType

from inference_cli.api.spacing import Spacing
from inference_cli.clock import Clock

LONGEST_WAIT = 120.0  # seconds; a longer Retry-After is an answer, not a wait (policy table)
_BASE, _CEILING = 0.5, 20.0  # seconds: full jitter between nothing and min(_CEILING, _BASE * 2**n)
_PRICE, _PRICE_OF_TIMEOUT = 5, 10  # what one retry takes from the quota


class Kind(enum.Enum):
    """What a request is, as far as sending it again goes."""

    READ = "read"  # GET
    GLANCE = "glance"  # a GET whose asker has an older answer at hand, and need not wait for this one
    CANCEL = "cancel"  # DELETE: idempotent
    CHANGE = "change"  # a free PUT, POST or DELETE that does the same when it is sent twice
    PAID = "paid"  # POST that costs money
    EVENTS = "events"  # the event stream; whoever follows it reconnects
    CHAT = "chat"  # POST that is billed by tokens, and of which nothing can be recovered

    @property
    def costs(self) -> bool:
        """Whether it is paid for, and therefore sent on a connection of its own (fault A8)."""
        return self in {Kind.PAID, Kind.CHAT}


class Cause(enum.Enum):
    """Why a request did not succeed."""

    NOT_SENT = "not sent"  # resolving, connecting, TLS, the proxy: the server saw no request
    BROKEN = "broken"  # sent, and no complete answer was read
    STALE = "stale"  # sent over a kept connection on which no answer began: the server may have been closing it
    THROTTLED = "throttled"  # 429
    SERVER = "server"  # 408, 425, 5xx
    BUSY = "busy"  # the server says in so many words that it did not take a chat
    FINAL = "final"  # an answer that sending again would not change


_PATIENTLY = {Cause.NOT_SENT: 4, Cause.BROKEN: 4, Cause.STALE: 4, Cause.THROTTLED: 4, Cause.SERVER: 4}
# How many more times a request is sent, by what it is and why it failed (faults document, "Retry policy").
POLICY: Mapping[Kind, Mapping[Cause, int]] = MappingProxyType(
    {
        Kind.READ: _PATIENTLY,
        Kind.GLANCE: {Cause.STALE: 1},
        Kind.CANCEL: _PATIENTLY,
        Kind.CHANGE: _PATIENTLY,
        Kind.PAID: {Cause.NOT_SENT: 2, Cause.THROTTLED: 2},
        Kind.EVENTS: {},
        Kind.CHAT: {Cause.NOT_SENT: 2, Cause.THROTTLED: 2, Cause.BUSY: 1},
    }
)
_LOST_CHAT = 2  # times that a chat is sent again although it may have been billed, where the user allows it (fault B12)


class Retry:
    """What one command may still spend on sending again; shared by its threads.

    Args:
        clock: what the waiting is done with.
        notice: gets a sentence per retry (``-v``).
        enabled: ``False`` for ``--no-retry``: nothing is ever sent again.
        chat: ``True`` for ``--retry-chat``: a chat that was lost before its answer began is sent again.
        budget: seconds of waiting for all retries together.
        quota: a retry takes 5 of it (10 after a timeout), a success gives 1 back, never above the start.
        jitter: random numbers from 0 to 1.
        stop: set when the user wishes to stop.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        notice: Callable[[str], None] | None = None,
        enabled: bool = True,
        chat: bool = False,
        budget: float = 60.0,
        quota: int = 500,
        jitter: Callable[[], float] = random.random,
        stop: threading.Event | None = None,
    ) -> None:
        self._clock, self._notice = clock, notice
        self._stop = stop or threading.Event()
        self._enabled = enabled
        self._chat = chat
        self._budget = budget
        self._quota = self._full = quota
        self._jitter = jitter
        self._lock = threading.Lock()
        self.count = 0  # retries made so far, for the JSON document
        self.spacing = Spacing(clock)  # of paid requests, by what a 429 asked for

    def delay(
        self,
        kind: Kind,
        cause: Cause,
        attempt: int,
        *,
        after: float | None = None,
        timed_out: bool = False,
        advised: bool | None = None,
    ) -> float | None:
        """How long to wait before the next attempt, paid for at once; ``None``: do not send again.

        Args:
            kind: what the request is.
            cause: why it failed.
            attempt: retries made for this request already, from 0.
            after: what the server asked for, in seconds.
            timed_out: whether it failed by waiting.
            advised: the server's ``x-should-retry``; it can stop a retry, never allow one.
        """
        allowed = POLICY[kind].get(cause, 0)
        if self._chat and kind is Kind.CHAT and cause is Cause.BROKEN:
            allowed = _LOST_CHAT
        if not self._enabled or advised is False or attempt >= allowed or (after or 0.0) > LONGEST_WAIT:
            return None
        if cause is Cause.STALE and attempt == 0:
            pause = 0.0  # a new connection is all that it needs
        elif after is None:
            pause = self._jitter() * min(_CEILING, math.ldexp(_BASE, attempt))
        else:
            pause = max(after, _BASE) + _BASE * self._jitter()
        price = _PRICE_OF_TIMEOUT if timed_out else _PRICE
        with self._lock:
            if pause > self._budget or price > self._quota:
                return None
            self._budget -= pause
            self._quota -= price
            self.count += 1
        if kind is Kind.PAID and cause is Cause.THROTTLED:
            self.spacing.throttled(pause)
        return pause

    def pause(self, seconds: float, why: str, *, tell: Callable[[str], None] | None = None) -> bool:
        """Say that it is tried again, and wait.

        Args:
            seconds: as ``delay`` gave them.
            why: what went wrong.
            tell: who is told instead of the one who wants to know about every retry.

        Returns:
            False when the user wished to stop meanwhile: then nothing may be sent any more.
        """
        listener = tell or self._notice
        if listener is not None:
            listener(f"{why}; trying again in {seconds:.1f} s")
        return not self._clock.wait(self._stop, seconds)

    def succeeded(self) -> None:
        """A request went well: the quota recovers by one."""
        with self._lock:
            self._quota = min(self._full, self._quota + 1)


def wait_asked_for(headers: Mapping[str, str]) -> float | None:
    """Seconds that ``Retry-After`` asks for; a date is compared with the server's own ``Date`` (faults A28-A30).

    Returns:
        At least 0, infinity for an absurdly large number, ``None`` when there is no header or it makes no sense.
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,400}(\.[0-9]{1,20})?", text):
        return float(text) if len(text) < 10 else math.inf  # noqa: PLR2004 - 30 years are long enough
    if re.fullmatch(r"[0-9.]+", text):
        return math.inf if "." not in text else None
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def advice(headers: Mapping[str, str]) -> bool | None:
    """What ``x-should-retry`` says, where it is there."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", "").strip().lower())
