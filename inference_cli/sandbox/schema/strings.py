"""A text that a JSON Schema describes: by format, pattern and length."""

import random
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from inference_cli.sandbox.schema import patterns
from inference_cli.sandbox.schema.hints import Hints

_PADDING = " sandbox"
_LONGEST = 1_000_000


def text(schema: Mapping[str, Any], name: str, hints: Hints, rng: random.Random) -> str:
    """A text for a property of that name.

    Raises:
        ValueError: a pattern is beyond this, or contradicts the length.
    """
    least, most = int(schema.get("minLength", 0)), schema.get("maxLength")
    if "pattern" in schema:
        return _by_pattern(schema["pattern"], hints.given(name) if name else None, rng, least, most)
    form = str(schema.get("format"))
    if form in _FORMATS:
        given = hints.given(name) if name else None
        return given if given and _fits_form(form, given) else _FORMATS[form](rng)
    if least > _LONGEST:
        raise ValueError(f"no text is longer than {_LONGEST} characters here")
    found = hints.text(name)
    if len(found) < least:
        found = (found + _PADDING * least)[:least]
    return found if most is None else found[: int(most)]


def matches(pattern: str, name: str) -> bool:
    """Whether a pattern occurs in a name; one that Python can't read does not."""
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False


def _by_pattern(pattern: str, given: str | None, rng: random.Random, least: int, most: int | None) -> str:
    def right(candidate: str) -> bool:
        return len(candidate) >= least and (most is None or len(candidate) <= most) and matches(pattern, candidate)

    if given is not None and right(given):
        return given
    for more in range(max(3, least + 1)):
        candidate = patterns.sample(pattern, rng, more)
        if right(candidate):
            return candidate
        if not pattern.endswith("$"):
            candidate = candidate.ljust(least, "x")
            if right(candidate):
                return candidate
    raise ValueError(f"no text fits {pattern}")


def _date(rng: random.Random) -> str:
    return f"20{rng.randint(20, 29)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _time(rng: random.Random) -> str:
    return f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:00Z"


def _host(rng: random.Random) -> str:
    return f"{rng.choice(('north', 'south', 'east', 'west'))}.example.com"


def _ipv4(rng: random.Random) -> str:
    return f"192.0.2.{rng.randint(1, 254)}"  # RFC 5737: for documentation


def _ipv6(rng: random.Random) -> str:
    return f"2001:db8::{rng.randint(1, 0xFFFF):x}"  # RFC 3849: the same


_FORMATS: Mapping[str, Callable[[random.Random], str]] = {
    "date": _date,
    "time": _time,
    "date-time": lambda rng: f"{_date(rng)}T{_time(rng)}",
    "duration": lambda rng: f"PT{rng.randint(1, 59)}M",
    "email": lambda rng: f"fox{rng.randint(1, 99)}@example.com",
    "idn-email": lambda rng: f"fox{rng.randint(1, 99)}@example.com",
    "hostname": _host,
    "idn-hostname": _host,
    "ipv4": _ipv4,
    "ipv6": _ipv6,
    "uri": lambda rng: f"https://example.com/{rng.randint(1, 999)}",
    "iri": lambda rng: f"https://example.com/{rng.randint(1, 999)}",
    "uri-reference": lambda rng: f"/{rng.randint(1, 999)}",
    "iri-reference": lambda rng: f"/{rng.randint(1, 999)}",
    "uri-template": lambda rng: f"https://example.com/{rng.randint(1, 999)}/{{id}}",
    "json-pointer": lambda rng: f"/{rng.randint(1, 999)}",
    "relative-json-pointer": lambda rng: f"{rng.randint(0, 9)}/sandbox",
    "regex": lambda rng: f"^[a-z]{{{rng.randint(1, 9)}}}$",
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
}


def _fits_form(form: str, given: str) -> bool:
    """Whether what a prompt gives is of the format; asked of the validator itself."""
    from inference_cli.sandbox.schema import instances

    return instances.fits({"type": "string", "format": form}, given)
