"""The tool ``http_get``: a text from the web."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inference_cli.conversation.tools.readable import readable
from inference_cli.conversation.tools.tool import parameters

if TYPE_CHECKING:
    from inference_cli.api.web import Web

_URL = {"type": "string", "description": "begins with https://"}
_RAW = {"type": "boolean", "description": "the HTML of a page itself; without it, its text and links"}


@dataclass(frozen=True, slots=True)
class HttpGet:
    """Fetches a text, and a page as what one reads of it."""

    web: "Web"
    name: str = "http_get"
    description: str = "Fetch a text from the web: a page, JSON, a file."
    acts: bool = True

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Where it is."""
        return parameters({"url": _URL, "raw": _RAW}, "url")

    def call(self, arguments: Mapping[str, Any]) -> str:
        """The text at a URL."""
        page = self.web.get(arguments["url"])
        is_page = "html" in page.content_type.lower() and not arguments.get("raw", False)
        text = readable(page.text) if is_page else page.text
        return f"{text}\n[cut here: there is more at this URL]" if page.cut else text or "There is nothing at this URL."
