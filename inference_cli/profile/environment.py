"""The process's environment, read here alone; what makes settings of it is another module, and loads when asked for."""

import os
from collections.abc import Mapping


def environment() -> Mapping[str, str]:
    """A copy of it; nobody else reads it."""
    return dict(os.environ)
