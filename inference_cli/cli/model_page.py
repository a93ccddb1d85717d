"""One model on a page: what it is, what it costs, its parameters, and a command that uses it."""

from typing import TYPE_CHECKING

from inference_cli.errors import NotFoundError, TemporaryError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from inference_cli.api.records import Model
    from inference_cli.cli.session import Session

_QUEUED = frozenset({"image", "video"})  # what the queue makes (contract, "The queue")


def looked_up(session: "Session", name: str, *, refresh: bool) -> "Model":
    """A model, its deployments as they are now.

    Args:
        session: the run.
        name: its id, or an alias of the profile.
        refresh: ask the server, whatever is known.

    Raises:
        NotFoundError: the server does not know it; the closest names are in the details.
        InferenceError: the server was asked and failed.
    """
    from inference_cli.catalogue.lookup import unknown

    identity = session.settings.alias(name)
    try:
        model = session.models.get(identity, stale=True, refresh=refresh)
        return session.client.models.get(identity, live=True) if model.deployments else model
    except TemporaryError:
        if refresh:
            raise
        return session.models.get(identity, stale=True)
    except NotFoundError as missing:
        raise unknown(session.models, identity, missing) from None


def show_page(session: "Session", model: "Model") -> None:
    """All about a model."""
    output = session.output
    if output.wants_document:
        output.document({"schema": 1, **model.raw})
        return
    from inference_cli.catalogue.example import example
    from inference_cli.catalogue.rows import parameter_rows
    from inference_cli.cli.lazy import COMMANDS
    from inference_cli.terminal.commands import with_root

    command = example(model, {entry.name for entry in COMMANDS})
    command = command and with_root(command, output.root)
    rows = parameter_rows(_schema(model))
    columns = ["parameter", "type", "default", "allowed"]
    if not session.world.streams.stdout_is_terminal:
        for facts in _facts(model):
            output.table(["fact"] * len(facts), [facts])
        output.table(columns, rows)
        if command:
            output.result(command)
        return
    _show_head(session, model)
    if rows:
        output.result("")
        output.table(columns, rows)
    if command:
        output.result(f"\n  {command}")
    if not rows:
        output.note("\n  It publishes no parameters: -p sends them unchecked.")


def show_parameters(session: "Session", model: "Model") -> None:
    """What a model can be told."""
    output = session.output
    if output.wants_document:
        output.document({"schema": 1, "model": model.id, "request_schema": _schema(model)})
        return
    from inference_cli.catalogue.rows import described_rows
    from inference_cli.terminal.tables import Column

    rows = described_rows(_schema(model))
    if not rows:
        output.note(f"  {model.id} publishes no parameters: -p sends them unchecked.")
        return
    columns = [*map(Column, ("parameter", "type", "default", "allowed")), Column("about", shrink=True)]
    said = any(row[-1] for row in rows) or not session.world.streams.stdout_is_terminal
    output.table(columns if said else columns[:-1], rows if said else [row[:-1] for row in rows])


def _schema(model: "Model") -> "Mapping[str, Any] | None":
    """What it can be told: a model that talks takes what every chat takes, although it publishes nothing."""
    from inference_cli.catalogue.chat import schema_of, talks

    return schema_of(model) if talks(model) else model.schema


def _facts(model: "Model") -> list[tuple[str, ...]]:
    """What there is to say beside the parameters: name and id; media, price and ways; maker, source and deployment."""
    from inference_cli.catalogue.deployment import in_words as states_in_words
    from inference_cli.money.price import in_words

    media = f"{_kinds(model.inputs)} → {_kinds(model.outputs)}" if model.inputs or model.outputs else ""
    source = model.raw.get("source_model")
    own = model.model_type == "custom"
    about = (
        f"by {model.developer}" if model.developer else "",
        (f"made from {source}" if isinstance(source, str) and source else "your own") if own else "",
        f"deployment: {states_in_words(model.deployments)}" if model.deployments else "",
    )
    return [
        (model.display_name or model.id, model.id),
        _present(media, in_words(model.pricing) or "price not published", _ways(model)),
        *filter(None, [_present(*about)]),
    ]


def _show_head(session: "Session", model: "Model") -> None:
    from inference_cli.terminal.lines import head_line
    from inference_cli.terminal.safe import line

    first, *rest = _facts(model)
    session.output.result(head_line([first[0]], tag=first[1], width=session.world.streams.width))
    for facts in rest:
        session.output.result("  " + "        ".join(map(line, facts)))


def _present(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def _ways(model: "Model") -> str:
    if not model.outputs:
        return ""
    return "direct and queue" if _QUEUED & set(model.outputs) else "direct"


def _kinds(kinds: tuple[str, ...]) -> str:
    return ", ".join(kinds) or "parameters"
