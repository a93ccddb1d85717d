"""The flags of `chat` that no other command has."""

from typing import Annotated

import typer

Question = Annotated[
    str | None,
    typer.Argument(
        metavar="[PROMPT]",
        help="What to ask; a pipe's text goes before it. Without both, on a terminal: a conversation.",
        show_default=False,
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model", "-m", metavar="ID", help="Model or alias; several are compared side by side.", show_default=False
    ),
]
System = Annotated[
    str | None,
    typer.Option("--system", "-s", metavar="TEXT|@FILE", help="What the model is told first.", show_default=False),
]
Attach = Annotated[
    list[str] | None,
    typer.Option(
        "--attach", "-a", metavar="PATH|URL|-", help="An image, PDF, sound or film; repeat.", show_default=False
    ),
]
File = Annotated[
    list[str] | None,
    typer.Option(
        "--file", "-f", metavar="PATH|-", help="A text file put into the prompt, with its name; repeat.",
        show_default=False,
    ),
]  # fmt: skip
Template = Annotated[
    str | None,
    typer.Option("--template", "-t", metavar="NAME", help="Prompt and settings of that name.", show_default=False),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A {variable} of the template; repeat.", show_default=False),
]
SaveTemplate = Annotated[
    str | None,
    typer.Option(
        "--save-template", metavar="NAME", help="Keep these flags as a template; ask nothing.", show_default=False
    ),
]
Schema = Annotated[
    str | None,
    typer.Option(
        "--schema",
        metavar="DSL|JSON|@FILE",
        help="Form of the answer, such as 'name, age int, bio: one line'.",
        show_default=False,
    ),
]
SchemaMulti = Annotated[
    str | None,
    typer.Option("--schema-multi", metavar="DSL|JSON|@FILE", help="The same for a list of them.", show_default=False),
]
RetrySchema = Annotated[
    int,
    typer.Option(
        "--retry-schema", metavar="N", min=0, max=5, help="Ask again when the answer does not fit; it costs again."
    ),
]
Tool = Annotated[
    list[str] | None,
    typer.Option(
        "--tool",
        "-T",
        metavar="NAME",
        help="A tool: time, files, http_get, FILE.py[:FUNCTION], FILE.toml, mcp:COMMAND; repeat.",
        show_default=False,
    ),
]
Approve = Annotated[
    list[str] | None,
    typer.Option(
        "--approve",
        metavar="ask|always|never|NAME",
        help="Which calls may run or write something: asked on a terminal, else only those named.",
        show_default=False,
    ),
]
ToolRounds = Annotated[
    int, typer.Option("--tool-rounds", metavar="N", min=1, max=1000, help="Requests of one answer that calls tools.")
]
Extract = Annotated[bool, typer.Option("--extract", "-x", help="Only the first code block of the answer.")]
ExtractLast = Annotated[bool, typer.Option("--extract-last", "--xl", help="Only the last code block of the answer.")]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH|-", help="Write the answer to that file.", show_default=False),
]
Continue = Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last conversation.")]
Cid = Annotated[
    str | None,
    typer.Option("--cid", metavar="ID", help="Go on with that conversation.", show_default=False),
]
NoLog = Annotated[bool, typer.Option("--no-log", help="Keep nothing of it on this machine.")]
NoStream = Annotated[bool, typer.Option("--no-stream", help="Show the answer when it is complete.")]
Usage = Annotated[bool, typer.Option("--usage", "-u", help="Tokens, time and cost on stderr.")]
HideReasoning = Annotated[bool, typer.Option("--hide-reasoning", "-R", help="Leave the model's reasoning out.")]
RetryChat = Annotated[
    bool,
    typer.Option("--retry-chat", help="Ask again when the connection broke before a word came; it may cost twice."),
]
