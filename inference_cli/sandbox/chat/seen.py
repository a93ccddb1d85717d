"""What was seen of something attached."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """``kind`` is that of the part, ``facts`` what can be said of it, ``tokens`` what it counts for."""

    kind: str
    facts: str
    tokens: int
