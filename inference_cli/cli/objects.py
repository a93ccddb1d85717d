"""The object of ``--input FILE|-``."""

from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import given
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.terminal.streams import Streams

_LIMIT = 100_000_000  # bytes of --input; data URLs may be in it


def read_object(streams: "Streams", argument: str | None) -> dict[str, Any]:
    """The object of ``--input FILE|-``; an empty one where the flag was not given.

    Raises:
        UsageError: it cannot be read, is too large, or is no object.
    """
    if argument is None:
        return {}
    try:
        if argument == "-":
            data = streams.claim_stdin("--input").read(_LIMIT + 1)
        else:
            with open(argument, "rb") as stream:  # noqa: PTH123 - as the user named it
                data = stream.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise UsageError(f"--input {argument} is larger than {_LIMIT // 10**6} MB")
        return given.parse(data.decode(), f"--input {argument}")
    except OSError as error:
        raise UsageError(f"--input {argument} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--input {argument} is not text") from error
    except ValueError as error:
        raise UsageError(f"--input {argument} cannot be read: it is no file name") from error
