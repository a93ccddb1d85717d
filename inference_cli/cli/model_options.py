"""Flags and arguments of the ``models`` commands alone."""

import enum
from typing import Annotated

import typer


class Makes(enum.StrEnum):
    """What models make."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


class Takes(enum.StrEnum):
    """What models take."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"


class Type(enum.StrEnum):
    """Whose models."""

    BASE = "base"
    CUSTOM = "custom"


class Sort(enum.StrEnum):
    """What a list is ordered by."""

    NAME = "name"
    PRICE = "price"
    DEVELOPER = "developer"
    NEWEST = "newest"


Id = Annotated[
    str, typer.Argument(metavar="ID", help="The model's id, or an alias of the profile.", show_default=False)
]
Words = Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words to look for.", show_default=False)]
Input = Annotated[Takes | None, typer.Option("--input", help="Only models that take that.", show_default=False)]
Output = Annotated[Makes | None, typer.Option("--output", help="Only models that make that.", show_default=False)]
Developer = Annotated[
    str | None,
    typer.Option("--developer", metavar="NAME", help="Only models whose maker's name has that.", show_default=False),
]
OfType = Annotated[Type | None, typer.Option("--type", help="Only base models, or only your own.", show_default=False)]
Favorites = Annotated[bool, typer.Option("--favorites", help="Only your favorites.")]
Featured = Annotated[bool, typer.Option("--featured", help="Only those that the service recommends.")]
PriceBelow = Annotated[
    str | None,
    typer.Option(
        "--price-below",
        metavar="DOLLARS",
        help="Only models whose least price is at most that: of an image, of a second, of a million output tokens.",
        show_default=False,
    ),
]
SortBy = Annotated[Sort | None, typer.Option("--sort", help="Order; the server's own without it.", show_default=False)]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask the server, whatever is known from the last hour.")]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many rows.", show_default=False)
]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Ask for it and return.")]
Timeout = Annotated[
    str | None, typer.Option("--timeout", metavar="10m", help="Give up waiting; it goes on.", show_default=False)
]
DisplayName = Annotated[
    str | None, typer.Option("--display-name", metavar="TEXT", help="Its name for people.", show_default=False)
]
Description = Annotated[
    str | None, typer.Option("--description", metavar="TEXT", help="What it is about.", show_default=False)
]
Summary = Annotated[
    str | None, typer.Option("--summary", metavar="TEXT", help="The same in a sentence.", show_default=False)
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--param", "-p", metavar="KEY=VALUE", help="Any other field: key=text or key:=JSON.", show_default=False
    ),
]
FieldsFile = Annotated[
    str | None,
    typer.Option("--input", metavar="FILE|-", help="JSON or TOML object of fields; flags win.", show_default=False),
]
Agree = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
