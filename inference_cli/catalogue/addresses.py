"""What stands where a picture, film or sound is to stand: a URL, or a data URL of that kind."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.sentences import fault_at
from inference_cli.catalogue.tree import Path, spelled
from inference_cli.late import pattern

if TYPE_CHECKING:
    from inference_cli.catalogue.request import Request

_URL = pattern(r"(?!file:)[a-z][a-z0-9+.-]*://.+", re.IGNORECASE | re.DOTALL)
"""Of any scheme but that of files: the service knows which ones it takes. ``C:/fox.png`` is none."""
_ARTICLES = {"image": "an image", "video": "a video", "audio": "a sound"}


def found(schema: Schema, request: "Request") -> Iterator[Fault]:
    """A name alone would be taken for a URL, and fail after it was paid for; nothing is fetched to find out more."""
    for name, part in schemas.properties(schema).items():
        if name in request.body:
            yield from _inside(schema, request, part, (name,), request.body[name], None)


def _inside(
    schema: Schema, request: "Request", part: Schema, path: Path, value: Any, around: str | None
) -> Iterator[Fault]:
    """What is wrong at a place and below it; ``around`` is the media that the list around it takes."""
    media = schemas.media(part, schema) or around
    if isinstance(value, list):
        inner = schemas.items(part, schema)
        for index, one in enumerate(value):
            yield from _inside(schema, request, inner, (*path, index), one, media)
    elif isinstance(value, Mapping):
        parts = schemas.properties(part, schema)
        for name, one in value.items():
            yield from _inside(schema, request, parts.get(name, {}), (*path, name), one, None)
    elif isinstance(value, str) and (media or schemas.is_url(part, schema)):
        sentence = _wrong(value, media, path)
        if sentence:
            yield fault_at(request, path, sentence, value if not value.startswith("data:") else None)


def _wrong(text: str, media: str | None, path: Path) -> str | None:
    scheme, colon, rest = text.partition(":")
    if scheme.lower() == "data" and colon:
        head, comma, content = rest.partition(",")
        kind = head.partition("/")[0].lower()
        if not comma or not content:
            return "is a data URL with nothing in it"
        if media in _ARTICLES and kind in _ARTICLES and kind != media:
            return f"is {_ARTICLES[kind]}, not {_ARTICLES[media]}"
        return None
    if _URL.fullmatch(text):
        return None
    name = spelled(path[:-1] if isinstance(path[-1], int) else path)
    return f"is no URL; a file is sent with -p {name}=@FILE"
