"""A request as the journal first writes it down, before anything is sent."""

from decimal import ROUND_UP, Decimal
from pathlib import Path

from inference_cli.api.redaction import Redactor
from inference_cli.jobs.canonical import canonical, digest, redacted, shortened, storable_seed
from inference_cli.jobs.database import named_in
from inference_cli.jobs.kept import Intent, written_spec
from inference_cli.jobs.order import Body, Order

_COLUMNS = (
    "id", "owner", "origin", "created", "argv", "kind", "route", "model", "namespace", "prompt", "seed", "params",
    "body_sha256", "count", "first", "total", "output", "estimate", "tag", "price", "baseline", "state", "updated",
    "repo", "folder",
)  # fmt: skip
INSERT = f"INSERT INTO intents ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"  # noqa: S608 - our own names
_MICRO = Decimal("0.000001")
_READABLE = 18  # places before the point: beyond, a price is nonsense of a server (fault H8)


def planned(order: Order) -> tuple[Intent, ...]:
    """An intent for each request of an order."""
    import uuid

    return tuple(Intent(id=uuid.uuid4().hex, body=body) for body in order.bodies)


def price_of(body: Body, order: Order, total: int) -> Decimal | None:
    """What one request is expected to cost, in US dollars, rounded up to a millionth; None where nobody knows.

    Args:
        body: the request.
        order: what it is a part of; its estimate is for all its outputs.
        total: how many outputs that estimate is for.
    """
    if order.estimate is None:
        return None
    exact = order.estimate * body.count / total
    if exact.adjusted() > _READABLE:
        return exact  # an absurd price of a server has no millionths
    return exact.quantize(_MICRO, rounding=ROUND_UP).normalize()


def price_of_all(order: Order, total: int) -> Decimal | None:
    """What all requests of an order are expected to cost, in US dollars; None where nobody knows."""
    prices = [price_of(body, order, total) for body in order.bodies]
    known = [price for price in prices if price is not None]
    return sum(known, Decimal(0)) if len(known) == len(prices) else None


def rows_of(
    order: Order,
    intents: tuple[Intent, ...],
    *,
    owner: str,
    origin: str,
    now: float,
    cwd: Path,
    total: int,
    baseline: str | None,
    redactor: Redactor | None = None,
) -> list[tuple[object, ...]]:
    """The rows that ``INSERT`` takes: without media, tokens and signatures (journal protocol, rule g).

    Args:
        order: the command's work.
        intents: its requests.
        owner: the process that sends them.
        origin: where to.
        now: Unix seconds.
        cwd: what relative paths of its output mean.
        total: how many outputs the command has.
        baseline: what the server listed before; the first intent has it, the others name that one.
        redactor: knows the tokens of the run.
    """
    argv = "\0".join(redacted(order.argv)).encode("utf-8", "backslashreplace").decode()
    output = written_spec(order.output.absolute(cwd))
    prompt = None if order.prompt is None else shortened(order.prompt)
    estimate = None if order.estimate is None else str(order.estimate)
    rows: list[tuple[object, ...]] = []
    for intent in intents:
        body = intent.body
        price = price_of(body, order, total)
        params = canonical(body.json, redactor)
        rows.append((
            intent.id, owner, origin, now, argv, order.kind, order.route, order.model, order.namespace, prompt,
            storable_seed(body.seed), params, digest(canonical(body.wish)), body.count,
            body.first, total, output, estimate, order.tag, None if price is None else f"{price:f}",
            baseline and (intents[0].id if rows else baseline), "planned", now,
            named_in(params, "target_repo"), named_in(params, "target_directory"),
        ))  # fmt: skip
    return rows
