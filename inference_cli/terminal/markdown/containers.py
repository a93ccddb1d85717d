"""Lists and quotes: what stands to the left of a block, and which lines of source belong inside."""

from collections.abc import Sequence

from inference_cli.frozen import dataclass
from inference_cli.late import pattern

_QUOTE = pattern(r" {0,3}> ?")
_ITEM = pattern(r"( {0,3})([-+*]|\d{1,9}[.)])(?: +|$)")
_TASK = pattern(r"\[([ xX])\] +(?=\S)")
_INDENT_IS_CODE = 5  # spaces after a marker


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters that are drawn around text."""

    bullets: str = "•\N{EN DASH}"
    bar: str = "│"
    rule: str = "─"
    boxes: str = "☐☑"

    @property
    def all(self) -> str:
        """Every one of them."""
        return self.bullets + self.bar + self.rule + self.boxes


ASCII = Marks(bullets="*-", bar="|", rule="-", boxes="")


@dataclass(slots=True)
class Container:
    """A quote, or an item of a list.

    Attributes:
        marker: what stands before the item's first line; empty for a quote.
        kind: ``>``, the bullet, or the sign after the number: items of one list have the same.
        number: of the item.
        offset: columns of source by which the item's further lines are indented.
        indent: columns of source before its marker.
        started: its first line was written.
        sibling: it follows another item of the same list.
    """

    kind: str
    marker: str = ""
    number: int = 0
    offset: int = 0
    indent: int = 0
    started: bool = False
    sibling: bool = False

    def inside(self, line: str) -> str | None:
        """What a line is inside of it, or None: it ends before this line."""
        if self.kind == ">":
            found = _QUOTE.match(line)
            return line[found.end() :] if found else None
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if not text:
            return ""
        if indent >= self.offset:
            return line[self.offset :]
        # A list that is indented by two inside an item whose text is indented by three or more.
        return text if indent >= self.indent + 2 and _ITEM.match(text) else None


def opened(line: str, before: Container | None, depth: int, marks: Marks) -> tuple[Container, str] | None:
    """The quote or item that a line begins, and the rest of the line.

    Args:
        line: what the line is inside of everything that is open.
        before: the item that ended before this line, where one did.
        depth: how many lists it stands in.
        marks: characters to draw.
    """
    if found := _QUOTE.match(line):
        return Container(">"), line[found.end() :]
    found = _ITEM.match(line)
    if found is None:
        return None
    sign = found[2]
    kind, spaces = sign[-1], found.end() - found.end(2)
    rest = line[found.end() :]
    if not rest or spaces >= _INDENT_IS_CODE:
        rest, spaces = line[found.end(2) + 1 :], 1
    sibling = before is not None and before.kind == kind
    number = 0
    marker = marks.bullets[depth % 2] + " "
    if sign[:-1]:
        number = before.number + 1 if before and sibling else int(sign[:-1])
        marker = f"{number}{kind} "
    elif marks.boxes and (task := _TASK.match(rest)):
        marker, rest = marks.boxes[task[1] != " "] + " ", rest[task.end() :]
    offset = found.end(2) + spaces
    return Container(kind, marker, number, offset, len(found[1]), sibling=sibling), rest


def may_interrupt(line: str) -> bool:
    """Whether a list may begin with this line in the middle of a paragraph."""
    found = _ITEM.match(line)
    if found is None:
        return True
    return bool(line[found.end() :].strip()) and (len(found[2]) == 1 or found[2][:-1] == "1")


def prefix(containers: Sequence[Container], marks: Marks) -> str:
    """What stands before the next line, which thereby is written."""
    parts = []
    for one in containers:
        if one.kind == ">":
            parts.append(f"\x1b[2m{marks.bar}\x1b[0m ")
        else:
            parts.append(" " * len(one.marker) if one.started else one.marker)
        one.started = True
    return "".join(parts)


def gap(containers: Sequence[Container], marks: Marks) -> str:
    """An empty line between two blocks: the bars of the quotes that both are in."""
    started = []
    for one in containers:
        if not one.started:
            break
        started.append(one)
    return prefix(started, marks).rstrip()


def columns(containers: Sequence[Container]) -> int:
    """Columns that stand before the text."""
    return sum(2 if one.kind == ">" else len(one.marker) for one in containers)
