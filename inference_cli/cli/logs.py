"""`inference logs`: conversations kept on this machine."""

from typing import TYPE_CHECKING

import typer

from inference_cli.cli import chat_options, log_options, options, past_options as past
from inference_cli.cli.lazy import noun

if TYPE_CHECKING:
    from inference_cli.cli.session import Session

app = noun("Conversations kept on this machine.")


@app.command("list")
def list_conversations(
    ctx: typer.Context,
    since: past.Since = None,
    until: past.Until = None,
    model: options.Model = None,
    limit: log_options.Shown = None,
    all: past.All = False,  # noqa: A002 - the flag's name
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """List conversations, the one that was talked in last first.

    inference logs list --since 7d
    """
    from inference_cli.cli import log_list, recalling

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    rows = recalling.limit_of(limit, everything=all)
    log_list.show(session, log_list.chosen(session, since, until, model), rows)


@app.command()
def show(
    ctx: typer.Context,
    cids: log_options.Cids = None,
    response: log_options.Response = False,
    extract: chat_options.Extract = False,
    extract_last: chat_options.ExtractLast = False,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """Show conversations, the last one where none is named.

    inference logs show last
    """
    from inference_cli.cli import log_page

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    log_page.show(session, cids or ["last"], log_page.wanted(response, extract, extract_last))


@app.command()
def search(
    ctx: typer.Context,
    words: log_options.Words,
    since: past.Since = None,
    limit: log_options.Shown = None,
    all: past.All = False,  # noqa: A002 - the flag's name
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """Find conversations by what was said in them, newest first.

    inference logs search "red fox" snow*
    """
    from inference_cli.cli import log_list, recalling

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    log_list.search(session, words, since, recalling.limit_of(limit, everything=all))


@app.command()
def export(
    ctx: typer.Context,
    cids: log_options.Cids = None,
    format: log_options.As = log_options.Format.MARKDOWN,  # noqa: A002 - the flag's name
    output: log_options.Output = None,
    force: options.Force = False,
    no_clobber: options.NoClobber = False,
) -> None:
    """Write conversations as Markdown, or as JSON with everything that is known; the last one where none is named.

    inference logs export last -o talk.md
    """
    from inference_cli.cli import log_export

    session: Session = ctx.obj
    session.show()
    log_export.export(session, cids or ["last"], format.value, output, force=force, no_clobber=no_clobber)


@app.command()
def delete(
    ctx: typer.Context,
    cids: log_options.Cids = None,
    all: log_options.Everything = False,  # noqa: A002 - the flag's name
    older_than: log_options.OlderThan = None,
    yes: options.Yes = False,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """Delete conversations, and attachments that no other one has.

    inference logs delete --older-than 90d
    """
    from inference_cli.cli import log_delete

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    log_delete.delete(session, log_delete.named(session, cids or [], older_than, everything=all), yes=yes)


@app.command()
def path(ctx: typer.Context) -> None:
    """Print where the file is that conversations are kept in.

    sqlite3 "$(inference logs path)" .tables
    """
    session: Session = ctx.obj
    session.output.result(session.paths.log_file)
