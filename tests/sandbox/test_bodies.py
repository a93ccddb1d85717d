"""Bodies that the sandbox can neither keep nor show again."""

import pytest

from tests.support.offline import IMAGE, Offline

ODD = {
    '"\\ud800"': "The request body holds half of a character (a lone surrogate)",
    "1e400": "The request body is not valid JSON",
    "NaN": "The request body is not valid JSON",
    "-Infinity": "The request body is not valid JSON",
    "[" * 200 + "]" * 200: "The request body is nested too deeply",
    "[" * 100_000 + "]" * 100_000: "The request body is not valid JSON",
    '"\udcff"': "The request body is not valid JSON",
}


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_bodies_are_refused(offline: Offline, odd: str) -> None:
    """With 400, wherever a body is read, and nothing of them is kept."""
    for method, path, name in (
        ("POST", "/ai/queue", "target_repo"),
        ("POST", "/ai/images/generate", "whatever"),
        ("POST", "/ai/chat/completions", "user"),
        ("PUT", "/ai/models/acme/foxes", "display_name"),
    ):
        body = f'{{"model": "{IMAGE}", "source_model": "{IMAGE}", "prompt": "a fox", "{name}": {odd}}}'
        answer = offline.api.request(method, path, content=body.encode("utf-8", "surrogateescape"))
        assert (answer.status_code, answer.json()["error"]["detail"]) == (400, ODD[odd])
    assert offline.api.get("/ai/generations").json()["count"] == 0


def test_what_is_only_unusual_is_read(offline: Offline) -> None:
    """A mark of UTF-8 in front, a whole pair of surrogates, a hundred short lists."""
    for odd in ('"\\ud83e\\udd8a"', f"[{'[], ' * 200}[]]"):
        body = f'\ufeff{{"model": "{IMAGE}", "prompt": "a fox", "whatever": {odd}}}'
        assert offline.api.post("/ai/queue", content=body.encode()).status_code == 200
