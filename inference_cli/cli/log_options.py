"""The flags of `logs` that no other command has."""

import enum
from typing import Annotated

import typer


class Format(enum.StrEnum):
    """What a conversation is exported as."""

    MARKDOWN = "markdown"
    JSON = "json"


Cids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="Conversation ids: whole, a unique prefix, or last.", show_default=False),
]
Words = Annotated[
    list[str],
    typer.Argument(
        metavar="WORDS...",
        help='All of them in one message; "two words" together, begin* as a beginning.',
        show_default=False,
    ),
]
Shown = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many rows; 50 if not said.", show_default=False),
]
Response = Annotated[bool, typer.Option("--response", "-r", help="Only the text of the last answer.")]
As = Annotated[Format, typer.Option("--format", "-f", help="What it becomes.")]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|DIR/|-",
        help="Write it there; a folder, or {id} in the name: a file each.",
        show_default=False,
    ),
]
OlderThan = Annotated[
    str | None,
    typer.Option(
        "--older-than", metavar="30d|DATE", help="Those in which nothing was asked since.", show_default=False
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="Every conversation.")]
