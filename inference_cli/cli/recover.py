"""`inference recover`: everything that was paid for and is not on this disk."""

import typer

from inference_cli.cli import options, past_options as past
from inference_cli.cli.lazy import verb

app = verb("Find out what became of lost requests, and fetch what is paid for and not on this disk.")


@app.command()
def recover(
    ctx: typer.Context,
    since: past.RecoverSince = "24h",
    all: past.HowFar = False,  # noqa: A002 - the flag's name
    output: past.IntoFolder = None,
    forget: past.SetAside = False,
    dry_run: past.ShowOnly = False,
    yes: past.FetchThem = False,
    timeout: past.WaitAtMost = None,
    no_retry: options.NoRetry = False,
    max_size: options.MaxSize = "20GB",
    allow_private_hosts: options.AllowPrivateHosts = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Find out what became of lost requests, finish interrupted downloads, fetch what else the account has.

    Nothing is sent again, and nothing is paid. What other machines made is listed and asked about; in a pipe it is
    downloaded only with --yes, --all or -o.

    inference recover --since 7d -o pictures/
    """
    from inference_cli.cli.recovering import RecoverFlags, Recovery

    Recovery(ctx.obj, RecoverFlags(**ctx.params)).run()
