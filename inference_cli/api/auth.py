"""The one function that puts the token on a request."""

from inference_cli.errors import TokenError
from inference_cli.late import pattern
from inference_cli.origin import Origin

_TOKEN = pattern(r"[\x21-\x7e]{1,512}")


def check_token(token: str | None) -> None:
    """Refuse a token that could not stand in a header, without showing any of it (fault F2).

    Raises:
        TokenError: it is empty, too long, or holds spaces, line ends or characters beyond ASCII.
    """
    if token is not None and _TOKEN.fullmatch(token) is None:
        raise TokenError("the token holds characters that no token has", hint="Sign in again:  inference auth login")


def authorization(token: str | None, bound_to: Origin, target: Origin) -> dict[str, str]:
    """The header that carries the token, for one request.

    Args:
        token: as it was stored, without a prefix.
        bound_to: the origin that it was stored for.
        target: where this request goes.

    Raises:
        TokenError: there is none, or the request goes to another origin or in the clear (credential policy, F6, F7).
    """
    if token is None:
        raise TokenError(f"no token for {bound_to}", hint="Sign in:  inference auth login")
    if target != bound_to:
        raise TokenError(f"the token for {bound_to} is not sent to {target}")
    if target.scheme != "https" and not target.is_loopback:
        raise TokenError(f"the token is not sent in the clear to {target}", hint="Use https://")
    return {"Authorization": f"Bearer {token}"}
