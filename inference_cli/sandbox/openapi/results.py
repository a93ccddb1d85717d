"""What the origin of results serves, to whoever has a signed URL and without a token."""

from typing import Any

from inference_cli.sandbox.openapi.shapes import TEXT, WHOLE, Schema, header, in_path

_MEANINGS = {
    400: "An Authorization header came along.",
    403: "The signature is wrong, or its time is up.",
    404: "There is no such file.",
}
_BYTES: Schema = {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}
_HEADERS = {name: {"schema": TEXT} for name in ("ETag", "Accept-Ranges")}


def paths(media_url: str) -> dict[str, Any]:
    """Results and kept inputs, on that origin."""
    return {
        f"/{kind}/{{name}}": {
            "servers": [{"url": media_url}],
            "parameters": [in_path("name", "A file."), *_SIGNED],
            "get": _serves(f"{meaning}; ranges are served."),
            "head": _serves(f"{meaning}: its headers."),
        }
        for kind, meaning in (("results", "A result"), ("inputs", "An input that came inside a request"))
    }


_SIGNED = (
    {"name": "Expires", "in": "query", "required": True, "description": "Unix seconds.", "schema": WHOLE},
    {"name": "Signature", "in": "query", "required": True, "schema": TEXT},
)


def _serves(meaning: str) -> dict[str, Any]:
    refused = {
        str(status): {"description": text, "content": {"application/xml": {"schema": TEXT}}}
        for status, text in _MEANINGS.items()
    }
    return {
        "summary": meaning,
        "tags": ["results"],
        "security": [],
        "parameters": [header("Range", "One range of bytes."), header("If-Range", "An ETag.")],
        "responses": {
            "200": {"description": "The whole.", "headers": _HEADERS, "content": _BYTES},
            "206": {
                "description": "The range.",
                "headers": {**_HEADERS, "Content-Range": {"schema": TEXT}},
                "content": _BYTES,
            },
            "416": {"description": "It begins after the end.", "headers": {"Content-Range": {"schema": TEXT}}},
            **refused,
        },
    }
