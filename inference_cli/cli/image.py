"""`inference image`: text to image; with -i it edits."""

import typer

from inference_cli.cli import options
from inference_cli.cli.lazy import verb

app = verb("Make pictures from a prompt, or edit them with -i.")


@app.command()
def image(
    ctx: typer.Context,
    prompt: options.Prompt = None,
    model: options.Model = None,
    image: options.Image = None,
    output: options.Output = None,
    count: options.Count = 1,
    aspect_ratio: options.AspectRatio = None,
    size: options.Size = None,
    seed: options.Seed = None,
    param: options.Param = None,
    input: options.Input = None,  # noqa: A002 - the flag's name
    queue: options.Queue = False,
    sync: options.Sync = False,
    no_wait: options.NoWait = False,
    timeout: options.Timeout = None,
    namespace: options.Namespace = None,
    repo: options.Repo = None,
    folder: options.Folder = None,
    tag: options.Tag = None,
    response_format: options.ResponseFormat = None,
    dry_run: options.DryRun = False,
    as_: options.As = None,
    max_cost: options.MaxCost = None,
    yes: options.Yes = False,
    no_validate: options.NoValidate = False,
    force: options.Force = False,
    no_clobber: options.NoClobber = False,
    no_retry: options.NoRetry = False,
    anyway: options.Anyway = False,
    max_size: options.MaxSize = "20GB",
    allow_private_hosts: options.AllowPrivateHosts = False,
    json: options.Json = False,
    jq: options.Jq = None,
    events: options.Events = False,
    quiet: options.Quiet = False,
) -> None:
    """Make pictures from a prompt, or edit them with -i.

    inference image "a red fox in the snow" -o fox.png
    """
    from inference_cli.cli.flags import MediaFlags
    from inference_cli.cli.generation import make

    make(ctx.obj, "image", MediaFlags(**ctx.params))
