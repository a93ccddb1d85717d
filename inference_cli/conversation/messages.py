"""Messages of a chat request, as the API takes them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inference_cli.conversation.attachments import Attachment


def user_message(text: str, attachments: "Sequence[Attachment]" = ()) -> dict[str, Any]:
    """What the user says: plain text, or media first and the text after them (contract, "Chat").

    Empty text beside an attachment is left out: some providers refuse a part without words.
    """
    if not attachments:
        return {"role": "user", "content": text}
    words = [{"type": "text", "text": text}] if text.strip() else []
    return {"role": "user", "content": [*(one.part for one in attachments), *words]}


def system_message(text: str) -> dict[str, Any]:
    """What the model is told before the conversation."""
    return {"role": "system", "content": text}
