"""Requests and command lines as the journal keeps them."""

import json

from inference_cli.jobs.canonical import canonical, digest, redacted

PICTURE = "data:image/png;base64," + "A" * 2000


def test_a_body_is_comparable_and_holds_no_media() -> None:
    """Keys are sorted, data URLs become digests, signatures are masked."""
    text = canonical({"b": [PICTURE, 2], "a": {"url": "https://x.test/p?X-Amz-Signature=canary&v=1"}, "c": None})
    assert json.loads(text) == {
        "a": {"url": "https://x.test/p?X-Amz-Signature=***&v=1"},
        "b": ["sha256:" + digest(PICTURE), 2],
        "c": None,
    }
    assert canonical({"p": "x" * 4001}) == f'{{"p":"sha256:{digest("x" * 4001)}"}}'
    assert canonical({"y": 1, "x": 2}) == canonical({"x": 2, "y": 1}) == '{"x":2,"y":1}'


def test_a_lone_surrogate_does_not_stop_the_digest() -> None:
    """What cannot be sent can still be named."""
    assert len(digest("\ud800")) == 64


def test_a_command_line_holds_no_secrets_and_no_media() -> None:
    """The journal protocol's rule g."""
    argv = ["image", "a fox", "-p", f"input_image={PICTURE}", "-i", "https://x.test/a?token=canary", "y" * 5000]
    assert redacted(argv) == (
        "image",
        "a fox",
        "-p",
        f"input_image=sha256:{digest(PICTURE)}",
        "-i",
        "https://x.test/a?token=***",
        "y" * 4000 + "…",
    )
