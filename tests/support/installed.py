"""Programs that some tests need beside Python: CI must have them, elsewhere their absence is reported."""

import os
import shutil

import pytest


def needs(program: str) -> pytest.MarkDecorator:
    """Skip with a reason where the program is not installed; in CI run, and fail, all the same.

    Args:
        program: its name, as it is found in PATH.
    """
    missing = shutil.which(program) is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"{program} is not installed; CI has it")
