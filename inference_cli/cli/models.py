"""`inference models`: which models there are, what they take and what they cost; favorites, deployments, one's own."""

from typing import TYPE_CHECKING

import typer

from inference_cli.cli import model_options, options
from inference_cli.cli.lazy import noun

if TYPE_CHECKING:
    from inference_cli.cli.session import Session

app = noun("Discover models, their parameters and prices.")


@app.command("list")
def list_models(
    ctx: typer.Context,
    input: model_options.Input = None,  # noqa: A002 - the flag's name
    output: model_options.Output = None,
    developer: model_options.Developer = None,
    model_type: model_options.OfType = None,
    favorites: model_options.Favorites = False,
    featured: model_options.Featured = False,
    price_below: model_options.PriceBelow = None,
    sort: model_options.SortBy = None,
    limit: model_options.Limit = None,
    refresh: model_options.Refresh = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """List the models, one a line; what was listed within the hour is not asked for again.

    inference models list --output video --price-below 0.10 --sort price

    --price-below and --sort price compare the least price of one unit: an image, a second, a million output tokens.
    """
    from inference_cli.cli.model_list import Choice, show_list
    from inference_cli.cli.quantities import money

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    choice = Choice(
        takes=input,
        makes=output,
        developer=developer,
        model_type=model_type,
        favorites=favorites,
        featured=featured,
        below=None if price_below is None else money(price_below),
        sort=None if sort is None else sort.value,
        limit=limit,
    )
    show_list(session, choice, refresh=refresh)


@app.command()
def search(
    ctx: typer.Context,
    text: model_options.Words,
    limit: model_options.Limit = None,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Search the models; the server finds, or without a network what is known here.

    inference models search kling image
    """
    from inference_cli.cli.model_list import show_found

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    show_found(session, " ".join(text), limit=limit)


@app.command()
def show(
    ctx: typer.Context,
    model: model_options.Id,
    refresh: model_options.Refresh = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Show one model: what it takes and makes, its price, its parameters, and a command that uses it.

    inference models show kling-video-v2-6-pro-text-to-video
    """
    from inference_cli.cli.model_page import looked_up, show_page

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    show_page(session, looked_up(session, model, refresh=refresh))


@app.command()
def params(
    ctx: typer.Context,
    model: model_options.Id,
    refresh: model_options.Refresh = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Show the parameters of a model: type, default, what is allowed; --json gives their schema.

    inference models params qwen-image-edit
    """
    from inference_cli.cli.model_page import looked_up, show_parameters

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    show_parameters(session, looked_up(session, model, refresh=refresh))


@app.command()
def activate(
    ctx: typer.Context,
    model: model_options.Id,
    no_wait: model_options.NoWait = False,
    timeout: model_options.Timeout = None,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Start the deployment of a model, and wait until it is there.

    inference models activate acme/foxes --timeout 10m
    """
    from inference_cli.cli.model_actions import deploy

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    deploy(session, model, "active", wait=not no_wait, timeout=timeout)


@app.command()
def deactivate(
    ctx: typer.Context,
    model: model_options.Id,
    no_wait: model_options.NoWait = False,
    timeout: model_options.Timeout = None,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Stop the deployment of a model, and wait until it has ended.

    inference models deactivate acme/foxes
    """
    from inference_cli.cli.model_actions import deploy

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    deploy(session, model, "inactive", wait=not no_wait, timeout=timeout)


@app.command()
def favorite(
    ctx: typer.Context,
    model: model_options.Id,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Add a model to your favorites.

    inference models favorite flux-2-pro
    """
    from inference_cli.cli.model_actions import mark

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    mark(session, model, wanted=True)


@app.command()
def unfavorite(
    ctx: typer.Context,
    model: model_options.Id,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Take a model off your favorites.

    inference models unfavorite flux-2-pro
    """
    from inference_cli.cli.model_actions import mark

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    mark(session, model, wanted=False)


@app.command()
def update(
    ctx: typer.Context,
    model: model_options.Id,
    display_name: model_options.DisplayName = None,
    description: model_options.Description = None,
    summary: model_options.Summary = None,
    fields: model_options.Fields = None,
    input: model_options.FieldsFile = None,  # noqa: A002 - the flag's name
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Change one of your own models.

    inference models update acme/foxes --display-name "Red foxes"
    """
    from inference_cli.cli.model_actions import change

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    flags = {"display_name": display_name, "description": description, "summary": summary}
    change(session, model, flags, params=fields or (), file=input)


@app.command()
def delete(
    ctx: typer.Context,
    model: model_options.Id,
    yes: model_options.Agree = False,
    json: options.Json = False,
    jq: options.Jq = None,
    quiet: options.Quiet = False,
) -> None:
    """Delete one of your own models; asks first, in a script it needs -y.

    inference models delete acme/foxes
    """
    from inference_cli.cli.model_actions import remove

    session: Session = ctx.obj
    session.show(json=json, jq=jq, quiet=quiet)
    remove(session, model, yes=yes)
