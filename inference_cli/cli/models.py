"""`inference models`: which models there are, what they take and what they cost."""

from typing import TYPE_CHECKING, Annotated

import typer

from inference_cli.cli import options
from inference_cli.cli.lazy import noun

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.cli.session import Session

app = noun("Discover models, their parameters and prices.")


@app.command("list")
def list_models(
    ctx: typer.Context,
    output: Annotated[
        options.Makes | None, typer.Option("--output", help="Only models that make that.", show_default=False)
    ] = None,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """List the models, one a line.

    inference models list --output video
    """
    from inference_cli.cli.offering import offer_on_tab
    from inference_cli.terminal.documents import list_document
    from inference_cli.terminal.tables import Column

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    models = session.client.models.list(output=output)
    if output is None:
        offer_on_tab(session, models)
    if session.output.wants_document:
        session.output.document(list_document([model.raw for model in models]))
        return
    columns = [
        Column("model"),
        Column("name", shrink=True),
        Column("takes"),
        Column("makes"),
        Column("price", shrink=True),
    ]
    session.output.table(columns, [_row(model) for model in models])


@app.command()
def show(
    ctx: typer.Context,
    model: Annotated[
        str, typer.Argument(metavar="ID", help="The model's id, or an alias of the profile.", show_default=False)
    ],
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """Show one model with its parameters and its price.

    inference models show kling-video-v2-6-pro-text-to-video
    """
    from inference_cli.catalogue.lookup import find
    from inference_cli.catalogue.rows import parameter_rows
    from inference_cli.money.price import in_words
    from inference_cli.terminal.tables import Column

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    found = find(session.models, session.settings.alias(model))
    output = session.output
    if output.wants_document:
        output.document({"schema": 1, **found.raw})
        return
    output.result(f"{found.display_name or found.id}\t{found.id}")
    output.result(f"{_kinds(found.inputs)} → {_kinds(found.outputs)}\t{in_words(found.pricing)}")
    rows = parameter_rows(found.schema)
    if rows:
        columns = [Column("parameter"), Column("type"), Column("default"), Column("allowed")]
        output.table(columns, rows)


def _row(model: "Model") -> tuple[str, ...]:
    from inference_cli.money.price import in_words

    return (model.id, model.display_name or "", _kinds(model.inputs), _kinds(model.outputs), in_words(model.pricing))


def _kinds(kinds: tuple[str, ...]) -> str:
    return ", ".join(kinds)
