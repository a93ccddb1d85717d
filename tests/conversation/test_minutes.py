"""A conversation as Markdown."""

from typing import Any

from inference_cli.conversation.minutes import markdown

CALL = {"id": "1", "function": {"name": "time", "arguments": '{"zone": "UTC"}'}}


def test_who_said_what() -> None:
    """Media are named, not contained; a tool's result is quoted."""
    messages: list[dict[str, Any]] = [
        {
            "role": "user",
            "content": [
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
                {"type": "video_url", "video_url": {"url": "https://a.example/film.mp4?signature=1"}},
                {"type": "file", "file": {"filename": "paper.pdf", "file_data": "data:"}},
                {"type": "strange"},
                {"type": "text", "text": "what is\nthis?"},
            ],
        },
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "1", "content": "12:00\n\nUTC"},
        {"role": "assistant", "content": "# Noon\n"},
    ]
    assert markdown(messages, model="gpt-5", system="Be short.") == (
        "# A conversation with gpt-5\n\n## System\n\nBe short.\n\n## You\n\n*a picture was attached*\n\n"
        "*a film (https://a.example/film.mp4) was attached*\n\n*paper.pdf was attached*\n\n*something was attached*\n\n"
        'what is\nthis?\n\n## Answer\n\n*It called time with* `{"zone": "UTC"}`\n\n> 12:00\n>\n> UTC\n\n'
        "## Answer\n\n# Noon\n"
    )
