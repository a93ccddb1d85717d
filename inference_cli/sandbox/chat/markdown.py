"""A tour of Markdown, for whoever draws it: everything that a model may write (``tour.md``), in any length."""

import functools
from collections.abc import Iterator
from pathlib import Path


@functools.cache
def _sections() -> tuple[str, ...]:
    """The parts of the tour; each but the first begins with a heading."""
    text = Path(__file__).with_name("tour.md").read_text("utf-8")
    first, *others = text.split("\n### ")
    return (first, *(f"\n### {other}" for other in others))


def pages() -> Iterator[str]:
    """The tour, again and again; each round has its number in its heading."""
    number = 0
    while True:
        number += 1
        yield "# Markdown from the sandbox\n\n" if number == 1 else f"\n## Round {number}\n\n"
        yield from _sections()


def tour() -> str:
    """One round of it."""
    pieces = pages()
    return "".join(next(pieces) for _ in range(1 + len(_sections())))
