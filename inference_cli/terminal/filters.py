"""``--jq``: the real jq language over a document, without the process's environment."""

import json
from collections.abc import Iterator
from typing import Any

from inference_cli.errors import UsageError


class Filter:
    """A compiled expression.

    Args:
        expression: jq's language; ``$ENV`` and ``env`` are empty, so that a pasted filter cannot read a token.

    Raises:
        UsageError: jq does not understand it.
    """

    def __init__(self, expression: str) -> None:
        import jq

        # Names bound in the program come before those that jq itself would fill from the environment.
        try:
            self._program = jq.compile(f"def env: {{}}; {{}} as $ENV |\n{expression}")
        except ValueError as error:
            raise UsageError(
                f"--jq: {_reason(error)}", hint="A filter looks like  --jq '.generations[].path'"
            ) from error

    def lines(self, document: Any) -> Iterator[str]:
        """The results: strings as they are, everything else as one line of JSON.

        Raises:
            UsageError: the filter does not fit the document.
        """
        try:
            for value in self._program.input_text(json.dumps(document)):
                yield value if isinstance(value, str) else json.dumps(value)
        except ValueError as error:
            raise UsageError(f"--jq: {_reason(error)}") from error


def _reason(error: ValueError) -> str:
    """The first line of what jq says, without its prefix and the place in a program that has a line of ours."""
    first = (str(error).splitlines() or ["it failed"])[0]
    return first.removeprefix("jq: error: ").partition(" at <top-level>")[0]
