"""The command tree as data, read from the commands themselves: what the completion scripts are written from."""

from typing import Any

import typer

from inference_cli.cli.lazy import LazyCommand
from inference_cli.completion.tree import Argument, Command, Flag, Kind
from inference_cli.profile.keys import KEYS

_ASKED_FOR: dict[str, Kind] = {
    "model": "model",
    "models": "model",
    "param": "parameter",
    "ids": "generation",
    "cid": "conversation",
    "cids": "conversation",
    "profile": "profile",
}


def command_tree() -> Command:
    """Every command and flag of the program; imports all of them."""
    from inference_cli.cli.app import app

    root = typer.main.get_command(app)
    root.name = "inference"
    return _command(root)


def _command(command: Any) -> Command:
    real = command.load() if isinstance(command, LazyCommand) else command
    with typer.Context(real) as context:
        parameters = [parameter for parameter in real.get_params(context) if not getattr(parameter, "hidden", False)]
    return Command(
        name=real.name,
        help=real.get_short_help_str(limit=200),
        flags=tuple(_flag(parameter) for parameter in parameters if parameter.param_type_name == "option"),
        commands=tuple(_command(below) for below in getattr(real, "commands", {}).values()),
        arguments=tuple(_argument(parameter) for parameter in parameters if parameter.param_type_name == "argument"),
        details=real.help or "",
    )


def _flag(parameter: Any) -> Flag:
    return Flag(
        names=(*parameter.opts, *parameter.secondary_opts),
        help=parameter.help or "",
        takes_value=not (parameter.is_flag or parameter.count),
        choices=_choices(parameter),
        repeatable=parameter.multiple,
        kind=_kind(parameter),
        metavar=parameter.metavar or "",
        default="" if parameter.is_flag or not parameter.show_default else _text(parameter.default),
    )


def _argument(parameter: Any) -> Argument:
    return Argument(
        name=parameter.name,
        help=parameter.help or "",
        choices=_choices(parameter),
        repeatable=parameter.nargs == -1,
        kind=_kind(parameter),
        metavar=parameter.metavar or "",
    )


def _text(default: Any) -> str:
    return "" if default is None else str(getattr(default, "value", default))


def _choices(parameter: Any) -> tuple[str, ...]:
    if parameter.metavar == "KEY":
        return tuple(KEYS)
    return tuple(str(getattr(choice, "value", choice)) for choice in getattr(parameter.type, "choices", ()))


def _kind(parameter: Any) -> Kind:
    """What the program is asked for goes by the parameter's name; what is on the disk is named as that in the help."""
    if parameter.name in _ASKED_FOR:
        return _ASKED_FOR[parameter.name]
    words = set((parameter.metavar or "").replace("/", "").split("|"))
    if words & {"PATH", "FILE"}:
        return "file"
    return "folder" if "DIR" in words else "text"
