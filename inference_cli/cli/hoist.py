"""Root options, accepted anywhere before ``--``: moved to the front, where the root command reads them."""

from collections.abc import Sequence

from inference_cli.errors import UsageError

_WITH_VALUE = ("--profile", "--base-url", "--color")
_ALONE = ("--sandbox", "-v", "--verbose", "--debug-http", "--no-color", "--version")


def hoist(arguments: Sequence[str]) -> list[str]:
    """The same arguments, root options first and otherwise in their order.

    Args:
        arguments: what follows the program's name. What follows ``--`` is left alone.

    Returns:
        A new list; a root option keeps its value beside it.

    Raises:
        UsageError: the value of a root option is missing.
    """
    front: list[str] = []
    rest: list[str] = []
    stream = iter(arguments)
    for argument in stream:
        if argument == "--":
            rest += [argument, *stream]
        elif argument in _ALONE or argument.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            front.append(argument)
        elif argument in _WITH_VALUE:
            value = next(stream, None)
            if value is None:
                raise UsageError(f"{argument} needs a value", hint="See:  inference --help")
            front += [argument, value]
        else:
            rest.append(argument)
    return front + rest


def without_root_options(arguments: Sequence[str]) -> list[str]:
    """What is left of hoisted arguments without the root options before the command."""
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        del rest[: 2 if rest[0] in _WITH_VALUE else 1]
    return rest
