"""`inference doctor`: what is wrong with this installation, line by line."""

from typing import TYPE_CHECKING, Annotated

import typer

from inference_cli.cli import options
from inference_cli.cli.lazy import verb
from inference_cli.errors import Exit

if TYPE_CHECKING:
    from inference_cli.cli.session import Session

app = verb("Check this installation, line by line, each with its fix.")


@app.command()
def doctor(
    ctx: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody: leave the API out.")] = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Check this installation, line by line, each with its fix.

    inference doctor        inference doctor --offline --json

    Files, rights, token, proxy, certificates, clock, disk, terminal and optional packages. It changes nothing, and
    never shows a token. The API is asked once, by a request that is free. Exit 13 when a check failed.
    """
    from inference_cli.cli.checks.rounds import Rounds

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    findings = Rounds(session, offline=offline).findings()
    session.output.checklist(findings)
    if any(finding.state == "failure" for finding in findings):
        raise typer.Exit(Exit.CHECK)
