"""The environment of a child process: never with a token in it (fault F13)."""

from collections.abc import Collection, Mapping

from inference_cli.profile.variables import TOKENS

_SHORTEST = 8  # characters of a token; something shorter would be found everywhere


def scrubbed(environ: Mapping[str, str], secrets: Collection[str] = ()) -> dict[str, str]:
    """Everything but tokens, under whatever name they stand.

    Args:
        environ: of the program.
        secrets: names of variables that hold a token, beside those of the program.
    """
    names = {*TOKENS, *secrets}
    values = {value for name in names if len(value := environ.get(name, "").strip()) >= _SHORTEST}
    return {
        name: value
        for name, value in environ.items()
        if name not in names and not any(secret in value for secret in values)
    }
