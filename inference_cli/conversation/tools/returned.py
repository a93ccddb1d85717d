"""What a function returns, as text for a model."""

import dataclasses
import enum
import json
from collections.abc import Set as AbstractSet
from typing import Any


def as_text(value: Any) -> str:
    """A text as it is; everything else as JSON, and what JSON has nothing for as its own text.

    Raises:
        Exception: of the value's own code.
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, AbstractSet):
        return list(value)
    return str(value)
