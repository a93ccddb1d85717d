"""Requests as code that runs as it stands: for a shell, or in Python with nothing installed."""

import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Language = Literal["curl", "python"]
_VARIABLE = "INFERENCE_API_KEY"
_PYTHON = '''\
import json
import os
import urllib.request

url = {url}
bodies = json.loads(r"""
{bodies}
""")
for body in bodies:
    request = urllib.request.Request(url, json.dumps(body).encode(), method="POST")
    request.add_header("Authorization", "Bearer " + os.environ["{variable}"])
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        print(answer.read().decode())
'''


def as_code(language: Language, url: str, bodies: Sequence[Mapping[str, Any]]) -> str:
    """POST requests as a program that takes the token from ``$INFERENCE_API_KEY``.

    The token stands in no command line, where other users of the machine could read it.

    Args:
        language: for a POSIX shell with curl (7.76 or newer), or for Python.
        url: absolute.
        bodies: the JSON of each request, sent in this order.
    """
    return _curl(url, bodies) if language == "curl" else _python(url, bodies)


def _curl(url: str, bodies: Iterable[Mapping[str, Any]]) -> str:
    """One call of curl per request: the header comes in on descriptor 3, the body on stdin."""
    calls = (
        "curl --silent --show-error --fail-with-body --header @/dev/fd/3 --header 'Content-Type: application/json' \\\n"
        f"  --data-binary @- {shlex.quote(url)} 3<<TOKEN <<'JSON'\n"
        f"Authorization: Bearer ${_VARIABLE}\nTOKEN\n{_text(body)}\nJSON\n"
        for body in bodies
    )
    return "\n".join(calls)


def _python(url: str, bodies: Sequence[Mapping[str, Any]]) -> str:
    return _PYTHON.format(url=repr(url), bodies=_text(list(bodies)), variable=_VARIABLE)


def _text(value: Any) -> str:
    """JSON in ASCII: it means nothing to a terminal, and ends neither a here-document nor a raw text of Python."""
    return json.dumps(value, indent=2)
