"""Did you mean: the known words that are closest to a mistyped one."""

from collections.abc import Iterable

_CLOSE = 0.55
_SHORTEST = 3  # letters that a part of a word must have to count as one


def nearest(word: str, words: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """The closest of some words, best first.

    Args:
        word: what was typed.
        words: what is known.
        n: how many at most.

    Returns:
        Empty when nothing is close.
    """
    folded = word.casefold()
    scored = sorted(
        ((_score(folded, known.casefold()), known) for known in words), key=lambda pair: (-pair[0], pair[1])
    )
    return tuple(known for score, known in scored[:n] if score >= _CLOSE)


def _score(word: str, known: str) -> float:
    """1 for the same word, 0 for strangers; a word inside the other is close however long that is."""
    import difflib

    matcher = difflib.SequenceMatcher(None, word, known, autojunk=False)
    if matcher.real_quick_ratio() < _CLOSE / 2:
        return 0.0
    ratio = matcher.ratio()
    inside = (len(word) >= _SHORTEST and word in known) or (len(known) >= _SHORTEST and known in word)
    return max(ratio, 0.7 + 0.2 * ratio) if inside else ratio
