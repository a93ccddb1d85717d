"""What the server of a profile has no route for, said before anything is sent to it."""

from typing import TYPE_CHECKING

from inference_cli.errors import NotFoundError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session


def require(session: "Session", operation: str) -> None:
    """Refuse an operation that an OpenAI-compatible server does not have.

    Args:
        session: the run.
        operation: such as ``images.generate``.

    Raises:
        NotFoundError: the profile's server is one; nothing was sent.
    """
    if session.settings.api != "openai" or session.settings.sandbox:
        return
    from inference_cli.api.dialect import OPENAI

    try:
        OPENAI.route(operation)
    except NotFoundError as error:
        error.details = (f"Profile {session.settings.profile} has: api = openai", "Nothing was sent.")
        error.hint = "Use another profile:  inference config profiles"
        raise
