"""A command line that is being typed: its words, the command it names, and the values of its flags.

Nothing is imported here, since this runs on TAB.
"""

_ROOT_VALUES = ("--profile", "--base-url", "--color")  # root options with a value; they may stand before the command
_GROUPS = ("queue", "models", "history", "auth", "config", "sandbox", "logs")


def split(text: str) -> list[str]:
    """The words of a line as a shell takes them; the last is the one at the cursor, empty after a space."""
    words: list[str] = []
    word: str | None = None  # a word begins with its first character or quote
    quote, escaped = "", False
    for char in text:
        if escaped:
            word, escaped = (word or "") + char, False
        elif char == "\\" and quote != "'":
            word, escaped = word or "", True
        elif char == quote:
            quote = ""
        elif quote:
            word = (word or "") + char
        elif char in "\"'":
            word, quote = word or "", char
        elif char not in " \t\n":
            word = (word or "") + char
        elif word is not None:
            words, word = [*words, word], None
    return [*words, word or ""]


class Line:
    """The words that were typed after the program's name; the last is the one at the cursor.

    Args:
        words: at least one.
    """

    def __init__(self, words: list[str]) -> None:
        self.current = words[-1]
        given = words[:-1]
        self._given = given[: given.index("--")] if "--" in given else given
        self.command = self._command()

    def _command(self) -> tuple[str, ...]:
        """The words that name the command, such as ``("queue", "wait")``; root options may stand between them."""
        names: list[str] = []
        rest = iter(self._given)
        for word in rest:
            if word in _ROOT_VALUES:
                next(rest, "")
            elif not word.startswith("-"):
                names.append(word)
                if names[0] not in _GROUPS or len(names) > 1:
                    break
        return tuple(names)

    def has(self, *names: str) -> bool:
        """Whether one of these flags was given."""
        return any(word in names or _attached(word, names) is not None for word in self._given)

    def values(self, *names: str) -> list[str]:
        """The values that one of these flags was given, in order: ``-m x``, ``-mx``, ``--model x``, ``--model=x``."""
        found: list[str] = []
        rest = iter(self._given)
        for word in rest:
            if word in names:
                found += [value for value in [next(rest, "")] if value]
            else:
                attached = _attached(word, names)
                found += [] if attached is None else [attached]
        return found

    def value(self, *names: str) -> str:
        """The last of them; empty where there is none."""
        return (self.values(*names) or [""])[-1]

    def typed(self, *names: str) -> str:
        """The value at the cursor, without a flag that it is attached to."""
        attached = _attached(self.current, names)
        return self.current if attached is None else attached


def _attached(word: str, names: tuple[str, ...]) -> str | None:
    for name in names:
        start = name + "=" if name.startswith("--") else name
        if word.startswith(start) and word != name:
            return word[len(start) :]
    return None
