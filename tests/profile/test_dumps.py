"""Core dumps."""

import subprocess
import sys

_LIMITS = """
import resource
resource.setrlimit(resource.RLIMIT_CORE, (hard := resource.getrlimit(resource.RLIMIT_CORE)[1], hard))
from inference_cli.profile.dumps import forbid
forbid()
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_a_process_that_handles_a_token_leaves_no_core() -> None:
    """In a process of its own: the limit stays as long as its process."""
    done = subprocess.run([sys.executable, "-c", _LIMITS], capture_output=True, text=True, check=True)

    assert done.stdout == "0\n"
