"""Regular expressions that are compiled when they are first used: most commands use few of those that they load."""

import re
from typing import Any, cast, overload


class _Late:
    """Stands for a pattern; its methods become attributes of this one as they are asked for, and cost nothing more."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        self.__dict__[name] = found
        return found


@overload
def pattern(source: str, flags: int = 0) -> re.Pattern[str]: ...
@overload
def pattern(source: bytes, flags: int = 0) -> re.Pattern[bytes]: ...
def pattern(source: str | bytes, flags: int = 0) -> re.Pattern[str] | re.Pattern[bytes]:
    """What ``re.compile`` gives, compiled at its first use; an expression that is none raises ``re.error`` then.

    Args:
        source: the expression.
        flags: as ``re.compile`` takes them.
    """
    return cast("re.Pattern[str]", _Late(source, flags))
