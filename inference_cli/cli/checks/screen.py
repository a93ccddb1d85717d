"""The terminal: what is attached, its size, colours and characters, and the pictures that it says it can draw."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from inference_cli.terminal.checklist import Finding

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Streams

_NARROW = 60  # columns below which tables lose their shape
_UTF8 = {"utf-8", "utf8"}


def screen(streams: "Streams", *, color: bool) -> Iterator[Finding]:
    """What the standard streams and the environment say of the terminal.

    Args:
        streams: the standard streams.
        color: whether results get colour.
    """
    yield _attached(streams, color=color)
    encoding = streams.stdout.encoding.lower()
    if encoding in _UTF8:
        yield Finding("ok", "encoding", "UTF-8")
    else:
        message = f"standard output takes {encoding} only, so many characters are written as \\u2026"
        yield Finding("warning", "encoding", message, "Let it be UTF-8:  export LANG=C.UTF-8")
    if streams.stdout_is_terminal:
        yield Finding("ok", "pictures", f"drawn by {pictures(streams.env)}, as the terminal says of itself")


def _attached(streams: "Streams", *, color: bool) -> Finding:
    if not streams.stdout_is_terminal:
        return Finding("ok", "terminal", "standard output is no terminal: plain text, no questions")
    name = streams.env.get("TERM") or "unnamed"
    facts = f"{streams.width} columns, TERM is {name}, {'colour' if color else 'no colour'}"
    if streams.dumb:
        fix = "Name what it is:  export TERM=xterm-256color"
        return Finding("warning", "terminal", f"{facts}: nothing can be redrawn", fix)
    if streams.width < _NARROW:
        return Finding("warning", "terminal", f"{facts}: tables need more", "Make the window wider, or unset COLUMNS")
    return Finding("ok", "terminal", facts)


def pictures(env: Mapping[str, str]) -> str:
    """The way in which a terminal draws pictures, by what it says of itself; it is not asked."""
    term, program = env.get("TERM", "").lower(), env.get("TERM_PROGRAM", "").lower()
    if env.get("KITTY_WINDOW_ID") or "kitty" in term or program in {"ghostty", "wezterm"}:
        return "the protocol of kitty"
    if program == "iterm.app" or env.get("LC_TERMINAL", "").lower() == "iterm2":
        return "the protocol of iTerm2"
    if "sixel" in term or term.startswith(("foot", "mlterm", "yaft")):
        return "sixel"
    return "blocks of characters"
