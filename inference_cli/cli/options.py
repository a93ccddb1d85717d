"""Flags, each with one spelling and one meaning in every command."""

import enum
from typing import Annotated

import typer

_STDOUT = frozenset({"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})


def _stdout_once(target: str | None) -> str | None:
    """Standard output by another name is ``-``: the path of a result may not be printed behind its bytes (D16)."""
    return "-" if target in _STDOUT else target


class Code(enum.StrEnum):
    """What a request can be printed as."""

    CURL = "curl"
    PYTHON = "python"


Prompt = Annotated[
    str | None, typer.Argument(metavar="[PROMPT]", help="What to make; - reads it from stdin.", show_default=False)
]
Model = Annotated[
    str | None,
    typer.Option("--model", "-m", metavar="ID", help="Model, or an alias of the profile.", show_default=False),
]
Param = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        "-p",
        metavar="KEY=VALUE",
        help="A parameter of the model: key=value, key:=JSON, key=@file.",
        show_default=False,
    ),
]
Input = Annotated[
    str | None,
    typer.Option("--input", metavar="FILE|-", help="JSON or TOML object of parameters; flags win.", show_default=False),
]
Image = Annotated[
    list[str] | None,
    typer.Option("--image", "-i", metavar="PATH|URL|-", help="An input image; repeat for several.", show_default=False),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH|DIR/|TEMPLATE|-",
        help="Where the result goes; {n} {id} {model} {seed} {slug} {ext}.",
        show_default=False,
        callback=_stdout_once,
    ),
]
Count = Annotated[int, typer.Option("--count", "-n", min=1, max=1000, metavar="N", help="How many.")]
AspectRatio = Annotated[
    str | None, typer.Option("--aspect-ratio", metavar="W:H", help="Such as 16:9.", show_default=False)
]
Size = Annotated[
    str | None,
    typer.Option("--size", metavar="SIZE", help="Such as 1024x1024 or 2K, as the model has it.", show_default=False),
]
Seed = Annotated[
    int | None, typer.Option("--seed", metavar="N", help="The same seed makes the same result.", show_default=False)
]
Duration = Annotated[
    str | None, typer.Option("--duration", metavar="SECONDS", help="Length of the film.", show_default=False)
]
Shot = Annotated[
    list[str] | None,
    typer.Option(
        "--shot",
        metavar="'5s: TEXT'",
        help="One shot of a film of several, instead of a prompt; repeat.",
        show_default=False,
    ),
]
FirstFrame = Annotated[
    str | None,
    typer.Option("--first-frame", metavar="PATH|URL|-", help="The picture that it starts with.", show_default=False),
]
LastFrame = Annotated[
    str | None,
    typer.Option("--last-frame", metavar="PATH|URL|-", help="The picture that it ends with.", show_default=False),
]
Video = Annotated[str | None, typer.Option("--video", metavar="PATH|URL|-", help="An input film.", show_default=False)]
WithAudio = Annotated[bool, typer.Option("--with-audio", help="With a sound track.")]
Queue = Annotated[bool, typer.Option("--queue", help="Through the queue (films: the default).")]
Sync = Annotated[bool, typer.Option("--sync", help="Direct, in one request (pictures: the default).")]
Namespace = Annotated[
    str | None,
    typer.Option("--namespace", metavar="ORG", help="Where results are saved and who pays.", show_default=False),
]
Repo = Annotated[
    str | None,
    typer.Option("--repo", metavar="NAME", help="Repository that the results are saved in.", show_default=False),
]
Folder = Annotated[
    str | None, typer.Option("--folder", metavar="PATH", help="Folder in that repository.", show_default=False)
]
Tag = Annotated[
    str | None,
    typer.Option(
        "--tag",
        metavar="NAME",
        help="Your own label; the API has none, so it stays in this machine's history [INFERENCE_TAG].",
        show_default=False,
    ),
]
ResponseFormat = Annotated[
    str | None,
    typer.Option("--response-format", metavar="url|b64_json", help="How a direct result arrives.", show_default=False),
]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Submit through the queue, print the ids, return.")]
Timeout = Annotated[
    str | None,
    typer.Option("--timeout", metavar="10m", help="Give up waiting; the generation runs on.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the request and the price, send nothing.")]
As = Annotated[
    Code | None,
    typer.Option(
        "--as",
        metavar="curl|python",
        help="Print the request as code that runs as it stands; send nothing.",
        show_default=False,
    ),
]
MaxCost = Annotated[
    str | None,
    typer.Option(
        "--max-cost",
        metavar="0.50",
        help="Refuse above this estimate, in dollars [INFERENCE_MAX_COST].",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Consent in advance.")]
NoValidate = Annotated[bool, typer.Option("--no-validate", help="Send parameters unchecked.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file of that name.")]
NoClobber = Annotated[bool, typer.Option("--no-clobber", help="Skip a file that is there.")]
NoRetry = Annotated[bool, typer.Option("--no-retry", help="Try each request once.")]
Anyway = Annotated[bool, typer.Option("--anyway", help="Ask again although the same request's outcome is unknown.")]
MaxSize = Annotated[str, typer.Option("--max-size", metavar="20GB", help="Largest file to download.")]
AllowPrivateHosts = Annotated[
    bool, typer.Option("--allow-private-hosts", help="Fetch results from private addresses too.")
]
Json = Annotated[bool, typer.Option("--json", help="The result as one JSON document on stdout.")]
Jq = Annotated[
    str | None, typer.Option("--jq", metavar="EXPR", help="Filter that JSON with jq's language.", show_default=False)
]
Events = Annotated[bool, typer.Option("--events", help="A JSON line on stdout per update.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes.")]
