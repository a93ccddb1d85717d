"""What the `models` commands change at the server: favorites, deployments, the user's own models."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.errors import InferenceError, Interrupted, NotFoundError, SpendingError, UsageError

if TYPE_CHECKING:
    from inference_cli.api.models import Models
    from inference_cli.api.records import Model
    from inference_cli.catalogue.deployment import Goal, Look
    from inference_cli.cli.session import Session


def mark(session: "Session", name: str, *, wanted: bool) -> None:
    """Add a model to the favorites, or take it off.

    Raises:
        NotFoundError: there is no such model, or the 2026-04 API is spoken.
        InferenceError: the server failed.
    """
    identity = session.settings.alias(name)
    done = _changed(session, identity, lambda models: (models.favorite if wanted else models.unfavorite)(identity))
    _document(session, identity, done)
    session.output.note(f"  {identity} is {'a favorite' if wanted else 'no favorite any more'}")


def deploy(session: "Session", name: str, goal: "Goal", *, wait: bool, timeout: str | None) -> None:
    """Start or stop a deployment, and wait until that is done.

    Args:
        session: the run.
        name: the model's id, or an alias.
        goal: what its deployment is to become.
        wait: False returns at once.
        timeout: how long to wait, as it was typed.

    Raises:
        NotFoundError: there is no such model, or the 2026-04 API is spoken.
        GenerationError: the deployment failed.
        TimeoutPassed: the time is up.
        Interrupted: a signal came; the deployment goes on.
        InferenceError: the server failed.
    """
    from inference_cli.catalogue.deployment import in_words
    from inference_cli.cli.quantities import seconds
    from inference_cli.terminal.safe import line

    limit = seconds(timeout) if timeout is not None else None
    identity = session.settings.alias(name)
    start = goal == "active"
    done = _changed(session, identity, lambda models: (models.activate if start else models.deactivate)(identity))
    model = done or session.client.models.get(identity, live=True)
    if not model.deployments and model.model_type == "base":
        session.output.note(f"  {identity} is a base model: it is always there, and has no deployment of its own")
    elif wait:
        try:
            model = _waited(session, model, goal, limit)
        finally:
            session.models.forget()
    if not _document(session, identity, model):
        session.output.result(f"{identity}\t{line(in_words(model.deployments))}")


def change(
    session: "Session", name: str, flags: Mapping[str, str | None], *, params: Sequence[str], file: str | None
) -> None:
    """Change the fields of one of the user's own models.

    Args:
        session: the run.
        name: its id, or an alias.
        flags: fields that have a flag.
        params: the arguments of ``-p``.
        file: of ``--input``.

    Raises:
        UsageError: nothing was given, or it cannot be read.
        RefusedError: it is not the user's own.
        InferenceError: the server failed.
    """
    identity = session.settings.alias(name)
    fields = _fields(session, identity, flags, params, file)
    done = _changed(session, identity, lambda models: models.update(identity, fields))
    _document(session, identity, done)
    session.output.note(f"  {identity} was changed: {', '.join(fields)}")


def remove(session: "Session", name: str, *, yes: bool) -> None:
    """Delete one of the user's own models; a person is asked first.

    Raises:
        NotFoundError: there is no such model, or the 2026-04 API is spoken.
        UsageError: it is not the user's own.
        SpendingError: nobody agreed.
        InferenceError: the server failed.
    """
    from inference_cli.catalogue.lookup import unknown

    identity = session.settings.alias(name)
    session.client.dialect.route("models.delete", id=identity)  # said before anything is asked
    try:
        model = session.models.get(identity, refresh=True)
    except NotFoundError as missing:
        raise unknown(session.models, identity, missing) from None
    if model.model_type == "base":
        raise UsageError(f"{identity} is a base model: only your own can be deleted", hint=_OWN)
    _agree(session, model, identity, yes=yes)
    try:
        session.client.models.delete(identity)
    except NotFoundError:  # it was there a moment ago: an answer was lost, or somebody else was quicker
        session.output.note(f"  {identity} was gone already")
    finally:
        session.models.forget()
    _document(session, identity, model)
    session.output.note(f"  {identity} is deleted")


_OWN = "See yours:  inference models list --type custom"


def _agree(session: "Session", model: "Model", identity: str, *, yes: bool) -> None:
    if yes:
        return
    source = model.raw.get("source_model")
    made = f", made from {source}" if isinstance(source, str) and source else ""
    if not session.output.can_ask:
        raise SpendingError(
            f"deleting {identity} needs consent",
            hint="Nothing was deleted.  Agree in advance with -y",
        )
    if not session.output.ask(f"Delete {identity}{made}? It cannot be brought back."):
        raise SpendingError("not agreed to", hint="Nothing was deleted.")


def _changed(session: "Session", identity: str, call: "Callable[[Models], Model | None]") -> "Model | None":
    """Do it, and forget what was known before; an id that the server does not know gets its neighbours."""
    from inference_cli.catalogue.lookup import unknown

    try:
        done = call(session.client.models)
    except NotFoundError as missing:
        if missing.status is None:  # nobody was asked: the 2026-04 API has no such thing
            raise
        raise unknown(session.models, identity, missing) from None
    except InferenceError:
        session.models.forget()  # it may have been done
        raise
    session.models.forget()
    return done


def _document(session: "Session", identity: str, model: "Model | None") -> bool:
    """The model as JSON where that is wanted; whether it was."""
    if session.output.wants_document:
        session.output.document({"schema": 1, **({"id": identity} if model is None else model.raw)})
    return session.output.wants_document


def _fields(
    session: "Session", identity: str, flags: Mapping[str, str | None], params: Sequence[str], file: str | None
) -> dict[str, Any]:
    """What is to be changed: flags and ``-p`` over the file."""
    from inference_cli.catalogue.faults import Fault, error_of
    from inference_cli.catalogue.parameters import parse
    from inference_cli.catalogue.request import no_files
    from inference_cli.cli.objects import read_object

    named = {name: value for name, value in flags.items() if value is not None}
    typed = parse(params, None, read_file=no_files)
    twice = [
        Fault(typed.origins[name], f"is given by --{name.replace('_', '-')}") for name in named if name in typed.values
    ]
    if typed.faults or twice:
        raise error_of(identity, [*typed.faults, *twice], validated=False)
    fields = {**read_object(session.world.streams, file), **typed.values, **named}
    if not fields:
        raise UsageError("nothing to change", hint="Name a field, such as --display-name or -p key=value")
    return fields


def _waited(session: "Session", model: "Model", goal: "Goal", timeout: float | None) -> "Model":
    """The model once its deployment is what it was asked to be."""
    from inference_cli.catalogue.deployment import follow
    from inference_cli.terminal.progress import Progress

    looks = follow(
        model,
        goal,
        lambda: session.client.models.get(model.id, live=True),
        clock=session.clock,
        stop=session.stop.event,
        timeout=timeout,
        interval=session.poll_interval,
    )
    with session.stop.listening(), Progress(session.output, session.clock) as progress:
        for look in looks:
            progress.show(_update(look))
            model = look.model
    if session.stop.requested:
        raise Interrupted(
            f"stopped waiting for {model.id}",
            signum=session.stop.signum,
            hint=f"It goes on without you.  See:  inference models show {model.id}",
        )
    return model


def _update(look: "Look") -> Any:
    """A look as progress draws it: the server's own word, the time, no end."""
    from inference_cli.jobs.updates import Phase, Update

    name = look.model.id
    return Update(key=name, label=name, phase=Phase.UNKNOWN, status=look.words, elapsed=look.elapsed)
