import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.terminal.code import as_code

URL = "https://api.example/v1/it's"
TEXTS = st.text(max_size=20)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
BODIES = st.lists(st.dictionaries(TEXTS, JSON_VALUES, max_size=4), min_size=1, max_size=3)
STUB = '{ printf "%s\\n" "$@"; cat <&3; cat; printf "\\0"; }'


def test_a_request_for_curl() -> None:
    """The token comes from the environment and stands in no argument."""
    assert as_code("curl", "https://api.example/v1", [{"prompt": 'a "fox"', "n": 1}]) == (
        "curl --silent --show-error --fail-with-body --header @/dev/fd/3 --header 'Content-Type: application/json' \\\n"
        "  --data-binary @- https://api.example/v1 3<<TOKEN <<'JSON'\n"
        "Authorization: Bearer $INFERENCE_API_KEY\n"
        "TOKEN\n"
        '{\n  "prompt": "a \\"fox\\"",\n  "n": 1\n}\n'
        "JSON\n"
    )


@settings(max_examples=15, deadline=None)
@given(BODIES)
def test_a_shell_hands_curl_what_was_meant(bodies: list[dict[str, Any]]) -> None:
    """Whatever the texts hold; in a plain POSIX shell."""
    script = f"curl() {STUB}\n" + as_code("curl", URL, bodies)
    env = {"INFERENCE_API_KEY": "canary-token", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["sh", "-c", script], capture_output=True, check=True, env=env)

    calls = done.stdout.decode().split("\0")[:-1]
    heads, sent = zip(*(call.split("Authorization: Bearer canary-token\n") for call in calls), strict=True)
    assert [json.loads(body) for body in sent] == bodies
    assert all(head.splitlines()[-1] == URL for head in heads)


@settings(max_examples=50)
@given(BODIES)
def test_python_sends_what_was_meant(bodies: list[dict[str, Any]]) -> None:
    """The program's own texts are read back as they were, whatever they hold."""
    names: dict[str, Any] = {}
    head, _, _ = as_code("python", URL, bodies).partition("for body in bodies")
    exec(head, names)  # noqa: S102 - the code under test

    assert (names["url"], names["bodies"]) == (URL, bodies)


@pytest.mark.parametrize("language", ["curl", "python"])
def test_code_is_plain_text(language: Any) -> None:
    """No control character reaches a terminal, not even one of a prompt."""
    code = as_code(language, URL, [{"prompt": "\x1b[2J\u009b\u202e é"}])
    assert all(char == "\n" or " " <= char <= "~" for char in code)


def test_python_code_compiles() -> None:
    """With the interpreter that runs the tests."""
    subprocess.run(
        [sys.executable, "-c", "import sys; compile(sys.stdin.read(), 'x', 'exec')"],
        input=as_code("python", URL, [{}]),
        text=True,
        check=True,
    )
