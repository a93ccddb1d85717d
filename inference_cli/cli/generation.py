"""What `image` and `video` share: from flags to a request, a price, consent, and files."""

from typing import TYPE_CHECKING, Any

from inference_cli.cli.agreeing import agree, limits_of, show_budgets
from inference_cli.cli.flags import MediaFlags
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.jobs.order import Kind, Order
    from inference_cli.money.price import Estimate
    from inference_cli.terminal.code import Language


def make(session: "Session", kind: "Kind | None", flags: MediaFlags) -> None:
    """Make what was asked for.

    Nothing is sent before the flags, the target folder, the parameters, the price and the consent are settled.

    Raises:
        InferenceError: of any kind in ``errors.py``.
    """
    from inference_cli.cli.ordering import prepare

    session.show(json=flags.json, jq=flags.jq, events=flags.events, quiet=flags.quiet)
    session.wire(retry=not flags.no_retry, allow_private_hosts=flags.allow_private_hosts)
    _refuse_contradictions(flags)
    prepared = prepare(session, kind, flags)
    session.output.head(prepared.facts, tag="sandbox" if session.settings.sandbox else "")
    for note in prepared.notes:
        session.output.note(f"  {note}")
    if flags.as_ is not None:
        _show_code(session, flags.as_, prepared.order)
        return
    if flags.dry_run:
        _show_request(session, prepared.order, prepared.estimate)
        return
    agree(session, prepared.estimate, max_cost=flags.max_cost, yes=flags.yes, at_least=not flags.no_clobber)
    _carry_out(session, flags, prepared.order)


def _refuse_contradictions(flags: MediaFlags) -> None:
    """Flags that exclude each other: exit 2 before anything is read."""
    from inference_cli.terminal.streams import readers_of_stdin

    if flags.prompt is not None and flags.shot:
        raise UsageError(
            "a prompt and --shot exclude each other", hint="Put the whole film into --shot flags, or into the prompt"
        )
    if flags.queue and flags.sync:
        raise UsageError("--queue and --sync exclude each other")
    if flags.no_wait and flags.sync:
        raise UsageError("--no-wait needs the queue; --sync has nothing to come back to")
    if flags.force and flags.no_clobber:
        raise UsageError("--force and --no-clobber exclude each other")
    if flags.as_ is not None and (flags.json or flags.jq or flags.events):
        raise UsageError("--as and --json both want stdout")
    if flags.events and (flags.json or flags.jq):
        raise UsageError("--events and --json both want stdout")
    if flags.output == "-" and (flags.json or flags.jq or flags.events or flags.count > 1):
        raise UsageError("-o - takes one result, and stdout for itself: leave --json, --events and -n away")
    named = [flags.prompt, flags.input, flags.first_frame, flags.last_frame, flags.video, *(flags.image or ())]
    readers_of_stdin(named)


def _show_request(session: "Session", order: "Order", estimate: "Estimate") -> None:
    """What would be sent, and its price; nothing is."""
    import json

    request = _request(session, order)
    bodies = request["bodies"]
    if session.output.wants_document:
        from inference_cli.terminal.documents import media_document

        session.output.document(
            media_document(
                model=order.model,
                cost=None,
                estimated_cost=estimate.amount,
                results=(),
                request=request,
                tag=order.tag,
            )
        )
        show_budgets(session, estimate)
        return
    for body in {json.dumps(body): body for body in bodies}.values():
        times = bodies.count(body)
        session.output.result(f"POST {request['path']}" + (f"  ({times} times)" if times > 1 else ""))
        session.output.result(json.dumps(body, indent=2, ensure_ascii=False))
    session.output.note(f"  {estimate.basis}. Nothing was sent.")
    show_budgets(session, estimate)


def _show_code(session: "Session", language: "Language", order: "Order") -> None:
    """The requests as code; a sandbox in this process has no address, one that is served has."""
    from inference_cli.terminal.code import as_code

    _, path = _route(session, order)
    base = session.settings.base_url
    if session.settings.sandbox:
        base = "http://127.0.0.1:8765/api"
        session.output.note("  It is for a sandbox that is served:  inference sandbox serve")
    code = as_code(language, base + path, [body.json for body in order.bodies])
    session.output.raw(code.encode())
    session.output.note("  Nothing was sent. The code takes the token from $INFERENCE_API_KEY.")


def _request(session: "Session", order: "Order") -> dict[str, Any]:
    """The requests of an order, as the JSON document holds them: long data URLs are shortened."""
    from inference_cli.media.dataurl import shortened

    method, path = _route(session, order)
    return {"method": method, "path": path, "bodies": [shortened(body.json) for body in order.bodies]}


def _route(session: "Session", order: "Order") -> tuple[str, str]:
    """Method and path of an order's requests."""
    operation = "queue.enqueue" if order.route == "queue" else f"{order.kind}s.{order.route}"
    return session.client.dialect.route(operation)


def _carry_out(session: "Session", flags: MediaFlags, order: "Order") -> None:
    from inference_cli.cli import quantities
    from inference_cli.cli.choosing import chooser
    from inference_cli.cli.following import finish, watch
    from inference_cli.jobs.run import run

    started = session.clock.monotonic()
    with session.output.binary_if(flags.output == "-") as stdout:
        watched = watch(
            session,
            run(
                order,
                client=session.client,
                media=session.media,
                journal=session.journal,
                clock=session.clock,
                stop=session.stop,
                wait=not flags.no_wait,
                timeout=quantities.seconds(flags.timeout) if flags.timeout else None,
                stdout=stdout,
                max_size=quantities.size(flags.max_size),
                anyway=flags.anyway,
                limits=limits_of(session),
                fixed_interval=session.poll_interval,
                choose=chooser(session),
            ),
            direct=order.route != "queue",
        )
    request = _request(session, order) if flags.no_wait else None
    finish(
        session,
        watched,
        model=order.model,
        estimated=order.estimate,
        started=started,
        request=request,
        tag=order.tag,
    )
