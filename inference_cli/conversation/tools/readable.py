"""A web page as the text that a person would read, links included: a tenth of its bytes, and of what they cost."""

import re
from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "ul", "ol", "table", "form"}
    | {"blockquote", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "dl"}
)
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "option"})
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_SPACES = re.compile(r"[ \t\r\n\f]+")


def readable(html: str) -> str:
    """The text of a page: its title, headings after ``#``, list items after ``-``, links with their address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    title = _SPACES.sub(" ", reader.title).strip()
    return f"{title}\n\n{text}" if title and not text.startswith((title, f"# {title}")) else text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self._unseen: list[str] = []
        self._in_title = False
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title" and not self.title
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n\n" + _HEADINGS.get(tag, ""))
        elif tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in {"td", "th"}:
            self.parts.append(" | ")
        elif tag == "a":
            target = dict(attrs).get("href") or ""
            self._links.append(target if target.startswith(("https://", "http://", "/")) else "")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self._links and (target := self._links.pop()) and not self._unseen:
            self.parts.append(f" <{target}>")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._unseen:
            self.parts.append(_SPACES.sub(" ", data))
