"""What one look at the API shows: whether it answers, takes the token, tells the same time, and stays trusted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from inference_cli.errors import DamagedError, InferenceError, TokenError, UsageError
from inference_cli.origin import Origin
from inference_cli.terminal.checklist import Finding
from inference_cli.terminal.numbers import duration_in_words

if TYPE_CHECKING:
    from inference_cli.api.look import Look

SLOW = 3.0  # seconds
_SKEW, _DRIFT = 300.0, 60.0  # seconds: what signed URLs forgive, and what a clock that is set never shows
_SOON = 14 * 86_400.0  # seconds before the end of a certificate at which it is worth a word
_SIGN_IN = "Sign in:  inference auth login"


def reached(look: "Look", origin: Origin) -> Finding:
    """Whether the API answers, and how fast."""
    error = look.error
    if look.status is None:
        message = error.message if error else f"{origin} did not answer"
        message = f"not asked: {message}" if isinstance(error, UsageError) else message
        hint = (error.hint if error else None) or "Check the way to it:  inference config get base_url"
        return Finding("failure", "api", message, _with_clock(error, hint))
    took = f"{origin} answered in {duration_in_words(look.seconds)}"
    if error is not None and not isinstance(error, TokenError):
        hint = error.hint or "Check where the API is:  inference config get base_url"
        return Finding("failure", "api", f"{error.message} (HTTP {look.status})", hint)
    if look.seconds > SLOW:
        return Finding("warning", "api", f"{took}, which is slow", "Look again:  inference doctor")
    return Finding("ok", "api", f"{took}" + (f", as {look.api}" if error is None and look.api else ""))


def accepted(look: "Look", source: str, shown: str) -> Finding:
    """Whether the API takes the token.

    Args:
        look: what was seen.
        source: where the token came from, in words.
        shown: its last characters.
    """
    token = f"{shown} of {source}"
    if isinstance(look.error, TokenError) and look.status is not None:  # not a proxy's sign-in
        return Finding("failure", "token", f"{token}: {look.error.message}", look.error.hint or _SIGN_IN)
    if look.error is not None:
        return Finding(
            "warning", "token", f"{token}; whether it is valid could not be asked", "Look again:  inference doctor"
        )
    return Finding("ok", "token", f"{token} is valid")


def clock(look: "Look") -> Finding:
    """Whether this machine and the server tell the same time."""
    if look.date is None:
        why = "no answer came to compare it with" if look.status is None else "the answer holds no time"
        return Finding("warning", "clock", f"not compared: {why}", "See what time it is here:  date -u")
    apart = look.heard - look.date
    words = f"{duration_in_words(abs(apart))} {'ahead of' if apart > 0 else 'behind'} the server's"
    fix = "Set the clock:  timedatectl set-ntp true"
    if abs(apart) > _SKEW:
        return Finding("failure", "clock", f"this machine's is {words}", fix)
    if abs(apart) > _DRIFT:
        return Finding("warning", "clock", f"this machine's is {words}", fix)
    return Finding("ok", "clock", "agrees with the server's")


def expiry(look: "Look", origin: Origin) -> Iterator[Finding]:
    """When the server's certificate ends, where it can be known."""
    if look.expires is None:
        return
    days = int((look.expires - look.heard) // 86_400)
    message = f"that of {origin} is valid for {days} more day{'' if days == 1 else 's'}"
    if look.expires - look.heard < _SOON:
        yield Finding("warning", "server certificate", message, "Tell whoever runs it; nothing is wrong here")
    else:
        yield Finding("ok", "server certificate", message)


def _with_clock(error: InferenceError | None, hint: str) -> str:
    """A certificate that is not valid at this time may be a clock that is wrong."""
    timely = isinstance(error, DamagedError) and any(word in error.message for word in ("expired", "not yet valid"))
    return f"Is this machine's clock right?  See:  date -u\n{hint}" if timely else hint
