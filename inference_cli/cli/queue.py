"""`inference queue`: background generations, from any process."""

from typing import TYPE_CHECKING

import typer

from inference_cli.cli import options, past_options as past
from inference_cli.cli.lazy import noun

if TYPE_CHECKING:
    from inference_cli.cli.session import Session

app = noun("Submit, list, wait for, download and cancel background generations.")


@app.command()
def submit(
    ctx: typer.Context,
    prompt: options.Prompt = None,
    model: options.Model = None,
    image: options.Image = None,
    first_frame: options.FirstFrame = None,
    last_frame: options.LastFrame = None,
    video: options.Video = None,
    shot: options.Shot = None,
    output: options.Output = None,
    count: options.Count = 1,
    duration: options.Duration = None,
    aspect_ratio: options.AspectRatio = None,
    size: options.Size = None,
    with_audio: options.WithAudio = False,
    seed: options.Seed = None,
    param: options.Param = None,
    input: options.Input = None,  # noqa: A002 - the flag's name
    namespace: options.Namespace = None,
    repo: options.Repo = None,
    folder: options.Folder = None,
    tag: options.Tag = None,
    dry_run: options.DryRun = False,
    as_: options.As = None,
    max_cost: options.MaxCost = None,
    yes: options.Yes = False,
    no_validate: options.NoValidate = False,
    force: options.Force = False,
    no_clobber: options.NoClobber = False,
    no_retry: options.NoRetry = False,
    anyway: options.Anyway = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Submit a generation, print its id and return; -o says where a later wait puts the result.

    inference queue submit "waves at dawn" -m kling-video-v2-6-pro-text-to-video
    """
    from inference_cli.cli.flags import MediaFlags
    from inference_cli.cli.generation import make

    make(ctx.obj, None, MediaFlags(**ctx.params, queue=True, no_wait=True))


@app.command("list")
def list_generations(
    ctx: typer.Context,
    status: past.Status = None,
    model: options.Model = None,
    media_type: past.MediaType = None,
    namespace: options.Namespace = None,
    repo: options.Repo = None,
    folder: options.Folder = None,
    local: past.Local = False,
    limit: past.Limit = 100,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """List what is queued or running; --status names another state, --local asks this machine's journal only.

    inference queue list
    """
    from inference_cli.cli import listing

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    if local:
        listing.show_local(session, limit)
        return
    filters = {"status": status, "media_type": media_type, "namespace": namespace, "repo": repo, "folder": folder}
    listing.show_remote(session, session.settings.alias(model) if model else None, filters, limit)


@app.command()
def show(ctx: typer.Context, ids: past.Ids, json: options.Json = False, jq: options.Jq = None) -> None:
    """Show generations as the server and this machine's journal know them.

    inference queue show last
    """
    from inference_cli.cli import listing

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    listing.show_each(session, ids)


@app.command()
def wait(
    ctx: typer.Context,
    ids: past.Ids,
    output: options.Output = None,
    timeout: options.Timeout = None,
    force: options.Force = False,
    no_clobber: options.NoClobber = False,
    no_retry: options.NoRetry = False,
    max_size: options.MaxSize = "20GB",
    allow_private_hosts: options.AllowPrivateHosts = False,
    json: options.Json = False,
    jq: options.Jq = None,
    events: options.Events = False,
    quiet: options.Quiet = False,
) -> None:
    """Wait for generations and download them, wherever they were submitted.

    inference queue wait 7cf9 bb8f
    """
    from inference_cli.cli.collecting import collect_ids
    from inference_cli.cli.flags import MediaFlags

    collect_ids(ctx.obj, ids, MediaFlags(**{name: value for name, value in ctx.params.items() if name != "ids"}))


@app.command()
def download(
    ctx: typer.Context,
    ids: past.Ids,
    output: options.Output = None,
    force: options.Force = False,
    no_clobber: options.NoClobber = False,
    no_retry: options.NoRetry = False,
    max_size: options.MaxSize = "20GB",
    allow_private_hosts: options.AllowPrivateHosts = False,
    json: options.Json = False,
    jq: options.Jq = None,
    events: options.Events = False,
    quiet: options.Quiet = False,
) -> None:
    """Download generations that have ended; what still runs is left alone.

    inference queue download last -o fox.mp4
    """
    from inference_cli.cli.collecting import collect_ids
    from inference_cli.cli.flags import MediaFlags

    flags = MediaFlags(**{name: value for name, value in ctx.params.items() if name != "ids"})
    collect_ids(ctx.obj, ids, flags, wait=False)


@app.command()
def cancel(
    ctx: typer.Context,
    ids: past.Ids,
    no_retry: options.NoRetry = False,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """Cancel generations; one that has ended already stays as it is, and can be downloaded.

    inference queue cancel 7cf9
    """
    from inference_cli.cli import listing

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    session.wire(retry=not no_retry)
    listing.cancel_each(session, ids)
