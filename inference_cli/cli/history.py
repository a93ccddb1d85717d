"""`inference history`: past generations and what they cost."""

from typing import TYPE_CHECKING

import typer

from inference_cli.cli import options, past_options as past
from inference_cli.cli.lazy import noun

if TYPE_CHECKING:
    from inference_cli.cli.session import Session

app = noun("Past generations and what they cost.")


@app.command("list")
def list_past(
    ctx: typer.Context,
    since: past.Since = None,
    until: past.Until = None,
    model: options.Model = None,
    status: past.Status = None,
    media_type: past.MediaType = None,
    tag: past.Tagged = None,
    namespace: options.Namespace = None,
    repo: options.Repo = None,
    folder: options.Folder = None,
    local: past.Local = False,
    limit: past.Shown = None,
    all: past.All = False,  # noqa: A002 - the flag's name
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """List past generations, newest first, with what they cost.

    inference history list --since 7d --status failed
    """
    from inference_cli.cli import recalling

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    filters = {"model": model, "status": status, "media_type": media_type, "tag": tag}
    filters |= {"namespace": namespace, "repo": repo, "folder": folder}
    wanted = recalling.wanted(session, since, until, filters)
    recalling.show_list(session, wanted, recalling.limit_of(limit, everything=all), local=local)


@app.command()
def show(ctx: typer.Context, ids: past.Ids, json: options.Json = False, jq: options.Jq = None) -> None:
    """Show generations whole: parameters, times, cost, file.

    inference history show last
    """
    from inference_cli.cli.detailing import show_each

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    show_each(session, ids)


@app.command()
def spend(
    ctx: typer.Context,
    by: past.GroupBy = past.By.DAY,
    since: past.SpendSince = "30d",
    until: past.Until = None,
    model: options.Model = None,
    status: past.Status = None,
    media_type: past.MediaType = None,
    tag: past.Tagged = None,
    namespace: options.Namespace = None,
    repo: options.Repo = None,
    folder: options.Folder = None,
    local: past.Local = False,
    csv: past.Csv = False,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """Show what generations cost, by day, model, tag and more.

    inference history spend --by model --since 90d
    """
    from inference_cli.cli import recalling, spending

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    filters = {"model": model, "status": status, "media_type": media_type, "tag": tag}
    filters |= {"namespace": namespace, "repo": repo, "folder": folder}
    wanted = recalling.wanted(session, since, until, filters, midnight=True)
    spending.show(session, wanted, by.value, local=local, csv=csv)
