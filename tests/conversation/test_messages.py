"""Messages have the shape that the API takes."""

from inference_cli.conversation.attachments import attach
from inference_cli.conversation.messages import system_message, user_message

FOX = {"type": "image_url", "image_url": {"url": "https://e.com/fox.png"}}
REPORT = {"type": "file", "file": {"file_url": "https://e.com/report.pdf"}}


def test_words_alone_are_a_plain_string() -> None:
    """Servers that know no parts take it."""
    assert user_message("hi {x} %s") == {"role": "user", "content": "hi {x} %s"}
    assert user_message("") == {"role": "user", "content": ""}
    assert system_message("Be brief.") == {"role": "system", "content": "Be brief."}


def test_media_come_before_the_words() -> None:
    """In the order in which they were attached."""
    attached = attach(["https://e.com/fox.png", "https://e.com/report.pdf"])
    words = {"type": "text", "text": "compare"}
    assert user_message("compare", attached) == {"role": "user", "content": [FOX, REPORT, words]}


def test_without_words_there_is_no_part_for_them() -> None:
    """Some providers refuse an empty one."""
    attached = attach(["https://e.com/fox.png"])
    assert user_message(" \n", attached) == {"role": "user", "content": [FOX]}
