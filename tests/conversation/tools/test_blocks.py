from typing import Any

import pytest

from inference_cli.conversation.tools.blocks import as_text


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ([{"type": "text", "text": "\x1b[31ma"}, {"type": "text", "text": "b"}], "\x1b[31ma\nb"),
        (
            [{"type": "image", "data": "QUJD", "mimeType": "image/png"}],
            "[image: image/png, 3 bytes, which cannot be shown here]",
        ),
        ([{"type": "audio", "data": "QUI="}], "[audio: , 2 bytes, which cannot be shown here]"),
        ([{"type": "resource_link", "name": "a", "uri": "file:///a"}], "[resource: a file:///a]"),
        ([{"type": "resource", "resource": {"uri": "x:", "text": "inside"}}], "inside"),
        (
            [{"type": "resource", "resource": {"uri": "x:", "mimeType": "a/b", "blob": "QUJD"}}],
            "[resource: x: a/b, 3 bytes, which cannot be shown here]",
        ),
        ([{"type": "hologram"}], "[hologram, which cannot be shown here]"),
        ([{}], "[something, which cannot be shown here]"),
        (["text", 3], ""),
        ("text", ""),
    ],
)
def test_blocks(blocks: Any, text: str) -> None:
    """Texts as they are, the rest in words."""
    assert as_text({"content": blocks}) == text


def test_structured_content() -> None:
    """Where there are no texts."""
    assert as_text({"content": [], "structuredContent": {"a": "ä"}}) == '{"a": "ä"}'
    assert as_text({"content": [{"type": "text", "text": "x"}], "structuredContent": {"a": 1}}) == "x"
    assert as_text("no object") == ""
