"""What a function's docstring says of it and of its arguments, in the style of Google's guide."""

import inspect
import re

_SECTION = re.compile(
    r"(Args|Arguments|Parameters|Returns?|Raises|Yields?|Examples?|Notes?|Attributes|Todo|Warnings?|See Also):\s*"
)
_ARGUMENT = re.compile(r"\*{0,2}(\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)")


def read(text: str | None) -> tuple[str, dict[str, str]]:
    """The description, which is everything before the first section, and what ``Args:`` says by name.

    Args:
        text: the docstring, or None.
    """
    lines = inspect.cleandoc(text or "").splitlines()
    sections: dict[str, list[str]] = {"": []}
    current = ""
    for line in lines:
        header = _SECTION.fullmatch(line)
        if header is not None:
            current = header[1]
            sections.setdefault(current, [])
        else:
            sections[current].append(line)
    inside = next((sections[name] for name in ("Args", "Arguments", "Parameters") if name in sections), [])
    return "\n".join(sections[""]).strip(), _arguments(inside)


def _arguments(lines: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    depth, name = None, None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            continue
        depth = indent if depth is None else depth
        head = _ARGUMENT.fullmatch(line.strip()) if indent <= depth else None
        if head is not None:
            name = head[1]
            found[name] = [head[2]]
        elif name is not None:
            found[name].append(line.strip())
    return {name: " ".join(filter(None, parts)) for name, parts in found.items()}
