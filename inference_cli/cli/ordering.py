"""From the flags of a media command to a checked, priced order; nothing paid for is sent here."""

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from inference_cli.catalogue import check, defaults, lookup, names, request as requests, schema as schemas
from inference_cli.catalogue.flags import Common
from inference_cli.cli.inputs import Inputs, common_of
from inference_cli.cli.objects import read_object
from inference_cli.cli.speaking import require
from inference_cli.errors import UsageError
from inference_cli.jobs import target
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.order import Order, fan_out
from inference_cli.money.length import length_of
from inference_cli.money.price import Estimate, estimate

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.catalogue.request import Request
    from inference_cli.cli.flags import MediaFlags
    from inference_cli.cli.session import Session
    from inference_cli.jobs.order import Kind, Route

_LARGEST_SEED = 1_000_000  # of those that are drawn: short enough to be typed again


@dataclass(frozen=True, slots=True)
class Prepared:
    """An order with its price, the facts of its first line, and what is worth a note."""

    order: Order
    estimate: Estimate
    facts: tuple[str, ...]
    notes: tuple[str, ...]


def prepare(session: "Session", kind: "Kind | None", flags: "MediaFlags") -> Prepared:
    """Read the inputs, ask for the model, build and check the request, price it.

    Args:
        session: the run.
        kind: what is made; None leaves it to the model.
        flags: what was typed.

    Raises:
        InferenceError: of any kind; nothing was sent but free questions about the model.
    """
    require(session, f"{kind}s.generate" if kind else "queue.enqueue")
    tag = session.settings.tag(flags.tag)
    spec = target.prepare(OutputSpec(target=flags.output, force=flags.force, no_clobber=flags.no_clobber))
    inputs = Inputs(session.world.streams)
    prompt = session.world.streams.read_prompt() if flags.prompt == "-" else flags.prompt
    parameters = read_object(session.world.streams, flags.input)
    common = common_of(inputs, flags)
    model = lookup.find(session.models, _model_id(session, kind, flags, common, parameters), stale=flags.dry_run)
    kind = _kind(kind, model)
    request = requests.build(
        model,
        prompt=prompt,
        common=common,
        params=flags.param or (),
        given=parameters,
        output_format=_extension(spec),
        response_format=flags.response_format,
        target=requests.Target(flags.namespace, flags.repo, flags.folder, session.settings.namespace),
        count=flags.count,
        read_file=inputs.data_url,
        validate=not flags.no_validate,
    )
    notes = [*inputs.notes(all_of_them=flags.dry_run), *request.notes, *check.check(model.schema, request)]
    priced = estimate(
        model.pricing, request.body, schema=model.schema, count=request.count, input_seconds=inputs.seconds
    )
    order, more = _order(session, kind, flags, request, model, spec, priced)
    return Prepared(replace(order, tag=tag), priced, (model.id, *_facts(request, model), priced.words), (*notes, *more))


def _model_id(
    session: "Session", kind: "Kind | None", flags: "MediaFlags", common: Common, parameters: dict[str, Any]
) -> str:
    """The model: flag, then ``--input``, then the profile's for this kind of work, then the service's own default."""
    named = flags.model or parameters.get("model")
    if isinstance(named, str) and named:
        return session.settings.alias(named)
    if kind is None:
        raise UsageError("which model?", hint="Name one with -m.  See:  inference models list")
    if common.video is not None:
        raise UsageError(
            "which model? No default one takes a film",
            hint="Name one with -m.  See:  inference models list --output video",
        )
    inputs = defaults.Inputs(image=bool(common.images or common.first_frame))
    needed = defaults.choose(kind, inputs)
    setting = session.settings.model(needed)
    return session.settings.alias(str(setting.value)) if setting else defaults.MODELS[needed]


def _kind(kind: "Kind | None", model: "Model") -> "Kind":
    makes: list[Literal["image", "video"]] = [known for known in ("image", "video") if known in model.outputs]
    if kind is None:
        if not makes:
            raise UsageError(f"{model.id} makes {', '.join(model.outputs) or 'nothing'}, which the queue does not take")
        return makes[0]
    if model.outputs and kind not in makes:
        other = f"  Use:  inference {makes[0]} … -m {model.id}" if makes else ""
        raise UsageError(f"{model.id} makes {', '.join(model.outputs)}, not {kind}", hint=f"Nothing was sent.{other}")
    return kind


def _extension(spec: OutputSpec) -> str | None:
    """What the name of the output file says about its format."""
    suffix = PurePath(spec.template).suffix
    return suffix[1:] if spec.target and suffix and "{" not in suffix else None


def _order(
    session: "Session",
    kind: "Kind",
    flags: "MediaFlags",
    request: "Request",
    model: "Model",
    spec: OutputSpec,
    priced: Estimate,
) -> tuple[Order, tuple[str, ...]]:
    edits = kind == "image" and any(name in request.body for name in names.IMAGES)
    route, notes = _route(session, kind, flags, edits=edits)
    draws = request.seed is None and request.seed_parameter is not None and (route != "queue" or request.count == 1)
    draws = draws and flags.as_ is None  # code that is run again makes something else, as the command does
    seed = _drawn(session, model, request) if draws and not flags.dry_run else request.seed
    if draws and flags.dry_run:
        notes = (*notes, "a seed is drawn when it is sent")
    bodies, more = fan_out(
        request.body,
        request.count,
        route=route,
        seed=seed,
        drawn=draws,
        has_seed_parameter=request.seed_parameter is not None,
        own_count_parameter=request.count_parameter,
        own_count_maximum=_most(model, request.count_parameter),
    )
    order = Order(
        kind=kind,
        route=route,
        model=model.id,
        namespace=flags.namespace or session.settings.namespace,
        prompt=request.prompt,
        bodies=bodies,
        output=spec,
        argv=("inference", *session.arguments),
        estimate=priced.amount,
    )
    return order, (*notes, *more)


def _drawn(session: "Session", model: "Model", request: "Request") -> int | None:
    """A seed for a model that takes one, so that a result that somebody likes can be made again."""
    part = schemas.properties(model.schema).get(request.seed_parameter or "", {})
    least, most = part.get("minimum", 0), part.get("maximum", _LARGEST_SEED)
    if "enum" in part or not isinstance(least, int) or not isinstance(most, int):
        return None
    most = min(most, max(least, 0) + _LARGEST_SEED) - request.count
    return max(least, 0) + session.world.draw(max(1, most - max(least, 0)))


def _most(model: "Model", parameter: str | None) -> int | None:
    most = schemas.properties(model.schema).get(parameter or "", {}).get("maximum")
    return most if isinstance(most, int) else None


def _route(session: "Session", kind: "Kind", flags: "MediaFlags", *, edits: bool) -> "tuple[Route, tuple[str, ...]]":
    """Which way (interface contract, ``--queue / --sync``)."""
    direct: Route = "edit" if edits else "generate"
    queued = flags.queue or flags.no_wait
    if flags.response_format is not None and queued:
        raise UsageError("--response-format is for direct requests: leave --queue and --no-wait away")
    if session.client.dialect.queue_has_urls:
        by_default = kind == "video" and not flags.sync and flags.response_format is None
        return ("queue" if queued or by_default else direct), ()
    if not queued:
        return direct, ()
    if not (flags.namespace or session.settings.namespace):
        raise UsageError(
            "the queue of the 2026-04 API needs a namespace",
            hint="Nothing was sent.  Set one:  inference config set namespace NAME",
        )
    return "queue", ("in the 2026-04 API a queued result has no link: it is saved in the namespace, not on this disk",)


def _facts(request: "Request", model: "Model") -> tuple[str, ...]:
    """Length and shape, as asked for or by the model's default; an automatic length is not known before."""
    found = [_length(request, model), _first(request, model, names.ASPECT_RATIOS)]
    return tuple(fact for fact in found if fact)


def _length(request: "Request", model: "Model") -> str:
    parts = schemas.properties(model.schema)
    defaults_of = {name: part["default"] for name, part in parts.items() if "default" in part}
    length = length_of({**defaults_of, **request.body}, model.schema, None)
    return "" if length is None or length.bound else f"{length.seconds.normalize():f} s"


def _first(request: "Request", model: "Model", group: tuple[str, ...]) -> str:
    parts = schemas.properties(model.schema)
    for name in group:
        value = request.body.get(name, parts.get(name, {}).get("default"))
        if value is not None:
            return str(value)
    return ""
