"""The JSON contract: one document per command, or a line per update; its schemas are in ``schemas/``.

Money is a JSON number without binary noise (0.07, not 0.07000000000000001). Our own fields win over the
API's own of the same name. Nothing here is ever NaN, infinite or a lone surrogate.
"""

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from inference_cli.errors import DamagedError, InferenceError
from inference_cli.terminal.safe import whole

if TYPE_CHECKING:
    from inference_cli.jobs.ledger import Asked
    from inference_cli.jobs.past import Past
    from inference_cli.jobs.spend import Spend, Sum
    from inference_cli.jobs.updates import Result, Update

SCHEMA = 1  # the version of every shape; a change that breaks a reader raises it
SHAPES = (
    "media", "list", "history", "spend", "error", "event", "chat", "comparison", "chat_event",
    "conversations", "conversation", "found", "checklist", "recover",
)  # fmt: skip
_DIGITS = 10  # of money after the point: a token may cost 0.0000001 dollars
_LARGE = 10**15  # dollars above which digits after the point are lost anyway, and cannot be counted
_LONGEST_INTEGER = 14_000  # bits; Python writes no decimal number above 4300 digits


def media_document(
    *,
    model: str | None,
    cost: Decimal | None,
    estimated_cost: Decimal | None,
    results: "Sequence[Result]",
    error: InferenceError | None = None,
    request: Any = None,
    tag: str | None = None,
) -> dict[str, Any]:
    """What a media command did, did partly, or would do.

    Args:
        model: the model asked.
        cost: US dollars charged in all, as far as known.
        estimated_cost: US dollars, before sending.
        results: one for each output.
        error: why the command fails.
        request: what was or would be sent (``--dry-run``, ``--no-wait``).
        tag: the user's label for it, where it has one.
    """
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "model": model,
        "cost": money(cost),
        "estimated_cost": money(estimated_cost),
        "generations": [generation(result) for result in results],
    }
    if tag is not None:
        document["tag"] = tag
    if request is not None:
        document["request"] = request
    if error is not None:
        document["error"] = error_object(error)
    return document


def list_document(rows: Sequence[Any]) -> dict[str, Any]:
    """What a command lists; each row is an object."""
    return {"schema": SCHEMA, "data": list(rows)}


def history_document(
    pasts: "Sequence[Past]", *, complete: bool, asked: "Sequence[Asked] | None" = None
) -> dict[str, Any]:
    """Past generations.

    Args:
        pasts: the generations; the API's own fields stand beside ours.
        complete: whether these are all that fit.
        asked: what each was asked for with, where that is wanted.
    """
    rows = [_past(past) for past in pasts]
    if asked is not None:
        for row, one in zip(rows, asked, strict=True):
            row["request"] = {"parameters": dict(one.parameters), "command": list(one.command)}
    return {"schema": SCHEMA, "complete": complete, "data": rows}


def spend_document(spend: "Spend", *, since: float | None, until: float | None, local: bool) -> dict[str, Any]:
    """What generations cost.

    Args:
        spend: the sums.
        since: Unix seconds, where the time has a beginning.
        until: Unix seconds, where it has an end.
        local: whether all of it is this machine's own knowledge.
    """
    return {
        "schema": SCHEMA,
        "by": spend.by,
        "since": since,
        "until": until,
        "source": "journal" if local else "server",
        "data": [{"key": one.key, **_sum(one)} for one in spend.sums],
        "total": _sum(spend.total),
    }


def error_document(error: InferenceError) -> dict[str, Any]:
    """A failure before there was anything else to say."""
    return {"schema": SCHEMA, "error": error_object(error)}


def event_document(update: "Update") -> dict[str, Any]:
    """One change of one output, for ``--events``; times in seconds, sizes in bytes."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "event": "update",
        "key": update.key,
        "label": update.label,
        "generation_id": update.generation_id,
        "phase": update.phase.value,
        "status": update.status,
        "elapsed": round(update.elapsed, 3),
        "received": update.received,
        "total": update.total,
        "note": update.note,
    }
    if update.result is not None:
        document["generation"] = generation(update.result)
    if update.error is not None:
        document["error"] = error_object(update.error)
    return document


def event_line(update: "Update") -> str:
    """The same as one line of NDJSON, without its line end."""
    return dumped(event_document(update))


def error_event(error: InferenceError) -> dict[str, Any]:
    """The failure that ended the command, as the last event."""
    return {"schema": SCHEMA, "event": "error", "error": error_object(error)}


def dumped(document: Any, *, indent: int | None = None) -> str:
    """JSON in ASCII: control characters are escaped, so that it is safe on a terminal too (fault G7).

    Raises:
        DamagedError: it is nested too deeply to be written (fault H3).
    """
    try:
        return json.dumps(cleaned(document), indent=indent, ensure_ascii=True, allow_nan=False)
    except RecursionError as error:
        raise DamagedError("the answer is nested too deeply to be shown") from error


def cleaned(value: Any) -> Any:
    """A value that JSON can hold: paths and money as they are written, NaN and infinity as null (fault H4)."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, int):
        return int(value) if value.bit_length() < _LONGEST_INTEGER else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, Mapping):
        return {whole(str(key)): cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return whole(str(value))


@cache
def schema(shape: str) -> dict[str, Any]:
    """The JSON Schema of a shape.

    Args:
        shape: one of ``SHAPES``.
    """
    from importlib import resources

    text = resources.files("inference_cli.terminal").joinpath("schemas", f"{shape}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def generation(result: "Result") -> dict[str, Any]:
    """One output, as it stands in every document; the API's own fields stand beside ours."""
    own = {
        "generation_id": result.generation_id,
        "status": result.status,
        "path": None if result.path is None else str(result.path),
        "bytes": result.bytes,
        "sha256": result.sha256,
        "seed": result.seed,
        "cost": money(result.cost),
        "format": result.format,
        "width": result.width,
        "height": result.height,
        "duration": result.duration,
    }
    return own | {key: value for key, value in result.raw.items() if key not in own}


def _past(past: "Past") -> dict[str, Any]:
    kept, file = past.kept, past.file
    own = {
        "generation_id": past.id,
        "status": past.status,
        "model": past.model,
        "media_type": past.media_type,
        "enqueued_at": past.at,
        "cost": money(past.cost),
        "estimated_cost": money(past.estimate),
        "tag": past.tag,
        "direct": past.direct,
        "path": None if file is None else str(file),
        "bytes": kept.size if kept and file else None,
        "sha256": kept.sha256 if kept and file else None,
    }
    if not past.raw:
        own |= {"prompt": past.prompt, "error_message": kept.error if kept else None}
    return own | {key: value for key, value in past.raw.items() if key not in own}


def _sum(one: "Sum") -> dict[str, Any]:
    return {
        "count": one.count,
        "cost": money(one.cost) if one.priced else None,
        "priced": one.priced,
        "running": one.running,
        "uncharged": one.uncharged,
        "unknown": one.unknown,
        "estimated_cost": money(one.estimated) if one.estimates else None,
        "estimates": one.estimates,
        "difference": money(one.difference) if one.compared else None,
        "compared": one.compared,
        "direct": one.direct,
        "direct_estimated_cost": money(one.direct_estimated) if one.direct_estimates else None,
        "direct_estimates": one.direct_estimates,
    }


def error_object(error: InferenceError) -> dict[str, Any]:
    """A failure, as it stands in every document."""
    return {
        "code": error.code,
        "message": error.message,
        "details": list(error.details),
        "hint": error.hint,
        "status": error.status,
        "request_id": error.request_id,
        "generation_ids": list(error.generation_ids),
    }


def money(amount: Decimal | None) -> float | None:
    """US dollars as a JSON number without binary noise; None where they are not known, or no number holds them."""
    if amount is None or not amount.is_finite():
        return None
    noisy = abs(amount) < _LARGE
    number = float(round(amount, _DIGITS)) if noisy else float(amount)
    return number if math.isfinite(number) else None
