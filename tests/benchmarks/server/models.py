"""The models of the account: the published catalogue, and those whose names say what to answer."""

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_PUBLISHED = Path(__file__).parents[3] / "inference_cli" / "sandbox" / "catalogue.json"
_FILM = {"type": "object", "properties": {"prompt": {"type": "string"}, "seed": {"type": "integer"}}, "required": ["prompt"]}  # fmt: skip
_PRICES: Mapping[str, Mapping[str, Any]] = {
    "video": {"method": "per_video_output_second", "cost_per_second": 0.0001},
    "text": {"method": "token", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05},
}


def one(name: str) -> dict[str, Any] | None:
    """A model by its id; None for one that there is not."""
    if re.fullmatch(r"film-\d+-[\d.]+", name):
        return _row(name, "video", "/videos/generate", _FILM)
    if re.fullmatch(r"chat-\d+(@\d+)?", name):
        return _row(name, "text", "/chat/completions", None)
    return next((row for row in published() if row["id"] == name), None)


@functools.cache
def published() -> tuple[dict[str, Any], ...]:
    """Every model of the catalogue, as the list has them."""
    return tuple(
        {
            **_row(row["id"], row["modalities"]["output"][0], row["endpoint"], row["request_schema"]),
            "display_name": row["display_name"],
            "developer": {"name": row["developer"]},
            "pricing": row["pricing"],
        }
        for row in json.loads(_PUBLISHED.read_bytes())
    )


def _row(name: str, output: str, endpoint: str | None, schema: Any) -> dict[str, Any]:
    return {
        "id": name,
        "object": "model",
        "display_name": name,
        "capabilities": {"input": ["text"], "output": [output]},
        "endpoint": endpoint,
        "pricing": _PRICES.get(output),
        "request_schema": schema,
    }
