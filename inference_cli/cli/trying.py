"""What a chat would send, printed instead of sent: as a request with its price, or as code."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.cli.agreeing import show_budgets

if TYPE_CHECKING:
    from inference_cli.cli.paying import Purse
    from inference_cli.cli.session import Session
    from inference_cli.terminal.code import Language


def show_request(session: "Session", body: Mapping[str, Any], purse: "Purse") -> None:
    """The request, long data URLs shortened, and what is known of its price."""
    import json

    from inference_cli.media.dataurl import shortened

    method, path = session.client.dialect.route("chat.completions")
    estimate = purse.estimate(body)
    if session.output.wants_document:
        from inference_cli.terminal.documents import SCHEMA, money

        request = {"method": method, "path": path, "bodies": [shortened(body)]}
        session.output.document(
            {
                "schema": SCHEMA,
                "object": "chat.completion",
                "choices": [],
                "model": body["model"],
                "conversation_id": None,
                "cost": None,
                "estimated_cost": money(estimate.amount),
                "complete": False,
                "seconds": 0.0,
                "rounds": 0,
                "request": request,
            }
        )
    else:
        session.output.result(f"{method} {path}")
        session.output.result(json.dumps(shortened(body), indent=2, ensure_ascii=False))
    session.output.note(f"  {estimate.basis}. Nothing was sent.")
    show_budgets(session, estimate)


def show_code(session: "Session", language: "Language", body: Mapping[str, Any]) -> None:
    """The request as code that takes the token from ``$INFERENCE_API_KEY``."""
    from inference_cli.terminal.code import as_code

    _, path = session.client.dialect.route("chat.completions")
    base = session.settings.base_url
    if session.settings.sandbox:
        base = "http://127.0.0.1:8765/api"
        session.output.note("  It is for a sandbox that is served:  inference sandbox serve")
    session.output.raw(as_code(language, base + path, [dict(body)]).encode())
    session.output.note("  Nothing was sent. The code takes the token from $INFERENCE_API_KEY.")
