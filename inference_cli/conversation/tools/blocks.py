"""What a server of the Model Context Protocol answers, as text for a model."""

import json
from collections.abc import Mapping
from typing import Any


def as_text(result: Any) -> str:
    """The content of a ``tools/call`` result: texts as they are, everything else in words; structured data as JSON."""
    if not isinstance(result, Mapping):
        return ""
    content = result.get("content")
    blocks = [one for one in content if isinstance(one, Mapping)] if isinstance(content, list) else []
    texts = [text for block in blocks if (text := _block(block))]
    if not texts and result.get("structuredContent") is not None:
        return json.dumps(result["structuredContent"], ensure_ascii=False)
    return "\n".join(texts)


def _block(block: Mapping[str, Any]) -> str:
    kind = block.get("type")
    if kind == "text":
        return _string(block.get("text"))
    if kind in {"image", "audio"}:
        return f"[{kind}: {_string(block.get('mimeType'))}, {_size(block.get('data'))}, which cannot be shown here]"
    if kind == "resource_link":
        return f"[resource: {_string(block.get('name'))} {_string(block.get('uri'))}]"
    if kind == "resource" and isinstance(inner := block.get("resource"), Mapping):
        return _resource(inner)
    return f"[{_string(kind) or 'something'}, which cannot be shown here]"


def _resource(inner: Mapping[str, Any]) -> str:
    if isinstance(inner.get("text"), str):
        return str(inner["text"])
    kind, size = _string(inner.get("mimeType")), _size(inner.get("blob"))
    return f"[resource: {_string(inner.get('uri'))} {kind}, {size}, which cannot be shown here]"


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _size(data: Any) -> str:
    """How many bytes base64 stands for."""
    return f"{len(_string(data).rstrip('=')) * 3 // 4} bytes"
