"""Code in colour, a line at a time: what has been shown is never coloured again.

The lexers are pygments's; the state between two lines is kept here, so that the work grows with the code and not with
its square. A construct that a lexer only recognises as a whole over several lines, a block comment, is completed for
it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from inference_cli.terminal.markdown.wrapping import Piece

_LONGEST = 1_000  # characters of a line that is coloured; a lexer may take long over what is not code
_DEEPEST = 100  # states in each other; deeper than that it is not code
_IDLE = 50  # changes of the state without reading on
_COMMENTS = (("/*", "*/"), ("<!--", "-->"))
_COLORS = {
    "Comment": "2",
    "Keyword": "35",
    "Keyword.Constant": "36",
    "Keyword.Type": "36",
    "Name.Function": "34",
    "Name.Class": "34",
    "Name.Decorator": "35",
    "Name.Tag": "34",
    "Name.Builtin": "36",
    "Name.Attribute": "36",
    "Operator.Word": "35",
    "Literal.String": "32",
    "Literal.Number": "36",
    "Generic.Heading": "1",
    "Generic.Subheading": "36",
    "Generic.Inserted": "32",
    "Generic.Deleted": "31",
    "Generic.Prompt": "2",
}
_Token = tuple[Any, str]


class Highlighter:
    """Colours one block of code.

    Args:
        language: the first word after the fence; one that is not known leaves the code as it is.
    """

    def __init__(self, language: str) -> None:
        self._lexer = _lexer(language.lower()) if language else None
        self._stack: tuple[str, ...] = ("root",)
        self._comment: tuple[str, str] | None = None  # the block comment that is open

    def line(self, text: str) -> list[Piece]:
        """The next line of the code, without its line end."""
        if self._lexer is None or len(text) > _LONGEST:
            return [(text, "")]
        try:
            tokens = self._tokens(text)
        except Exception:  # noqa: BLE001 - a lexer that fails costs the colours, never the code
            self._lexer = None
            return [(text, "")]
        return [(part, _color(kind)) for kind, part in tokens if part]

    def _tokens(self, text: str) -> list[_Token]:
        from pygments.token import Comment

        done: list[_Token] = []
        if self._comment is not None:
            end = text.find(self._comment[1])
            if end < 0:
                return [(Comment, text)]
            end += len(self._comment[1])
            done, text, self._comment = [(Comment, text[:end])], text[end:], None
        for pair in _COMMENTS:
            start = text.rfind(pair[0])
            if start >= 0 and pair[1] not in text[start:] and pair in _pairs(self._lexer):
                completed, _ = _lexed(self._lexer, text + pair[1] + "\n", self._stack)
                cut = _without(completed, len(text), start)
                if cut is not None:
                    self._comment = pair
                    return done + cut
        tokens, self._stack = _lexed(self._lexer, text + "\n", self._stack)
        if len(self._stack) > _DEEPEST:
            self._lexer = None
        return done + _cut(tokens, len(text))


def prepare() -> None:
    """Load what every language needs: half of the time that the first block of code takes until it is seen."""
    import pygments.lexer
    import pygments.lexers  # noqa: F401 - loading them is the point


def _lexed(lexer: Any, text: str, stack: tuple[str, ...]) -> tuple[list[_Token], tuple[str, ...]]:
    """The tokens of a line and the state after it; a lexer without states reads each line by itself."""
    table = _states(lexer)
    if table is None:
        return [(kind, part) for _, kind, part in lexer.get_tokens_unprocessed(text)], stack
    states = list(stack)
    return [(kind, part) for kind, part in _walk(lexer, table, text, states)], tuple(states)


def _walk(lexer: Any, table: Any, text: str, states: list[str]) -> Iterator[_Token]:
    """The tokens of a text by the table of a lexer's states, which are changed on the way."""
    from pygments.token import Error, Whitespace, _TokenType

    pos = idle = 0
    while pos < len(text):
        for match, action, following in table[states[-1]] if idle < _IDLE else ():
            found = match(text, pos)
            if not found:
                continue
            if isinstance(action, _TokenType):
                yield action, found.group()
            elif action is not None:
                yield from ((kind, part) for _, kind, part in action(lexer, found))
            if following is not None:
                _follow(states, following)
            idle = idle + 1 if found.end() == pos else 0
            pos = found.end()
            break
        else:
            if text[pos] == "\n":
                states[:] = ["root"]
            yield (Whitespace if text[pos] == "\n" else Error), text[pos]
            pos, idle = pos + 1, 0


def _follow(states: list[str], following: Any) -> None:
    """Enter and leave states as a rule says."""
    if isinstance(following, int):
        del states[max(1, len(states) + following) if following < 0 else max(1, following) :]
        return
    for state in (following,) if isinstance(following, str) else following:
        if state == "#pop":
            del states[max(1, len(states) - 1) :]
        else:
            states.append(states[-1] if state == "#push" else state)


def _states(lexer: Any) -> Any:
    """The table of a lexer that works by regular expressions and states alone, or None."""
    from pygments.lexer import RegexLexer

    own = isinstance(lexer, RegexLexer)
    return lexer._tokens if own and type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed else None  # noqa: SLF001 - there is no other way to the state


def _without(tokens: Sequence[_Token], size: int, start: int) -> list[_Token] | None:
    """The tokens up to a size, if the last of them is a comment that began at a place."""
    from pygments.token import Comment

    pos = 0
    for kind, part in tokens:
        if pos <= start < pos + len(part) and kind in Comment:
            return _cut(tokens, size)
        pos += len(part)
    return None


def _cut(tokens: Sequence[_Token], size: int) -> list[_Token]:
    cut: list[_Token] = []
    for kind, part in tokens:
        cut.append((kind, part[:size]))
        size -= len(part)
        if size <= 0:
            break
    return cut


@cache
def _lexer(language: str) -> Any:
    """The lexer of a language by any of its names, or None; plugins are not looked for."""
    from pygments.lexers import get_all_lexers, get_lexer_by_name

    known = any(language in aliases for _, aliases, _, _ in get_all_lexers(plugins=False))
    return get_lexer_by_name(language) if known else None


@cache
def _pairs(lexer: Any) -> frozenset[tuple[str, str]]:
    """The block comments that a lexer knows and reads as a whole only."""
    from pygments.token import Comment

    def comment(*lines: str) -> bool:
        stack: tuple[str, ...] = ("root",)
        tokens: list[_Token] = []
        for text in lines:
            more, stack = _lexed(lexer, text + "\n", stack)
            tokens += more
        return all(kind in Comment or not part.strip() for kind, part in tokens)

    return frozenset(
        (start, end) for start, end in _COMMENTS if comment(f"{start} a{end}") and not comment(f"{start} a", f"b{end}")
    )


@cache
def _color(kind: Any) -> str:
    """The SGR parameters for a kind of token, by its nearest parent that has some."""
    while kind:
        if (name := ".".join(kind)) in _COLORS:
            return _COLORS[name]
        kind = kind.parent
    return ""
