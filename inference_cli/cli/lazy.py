"""Lists every subcommand and imports only the one that runs."""

from collections.abc import Sequence
from copy import copy
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from inference_cli.cli.hoist import without_root_options


class Entry(NamedTuple):
    """A subcommand as the root help lists it; its module holds ``app``, a Typer application."""

    name: str
    help: str


COMMANDS = (
    Entry("chat", "Ask a model: one answer, a filter in a pipe, or a conversation."),
    Entry("image", "Make pictures from a prompt, or edit them with -i."),
    Entry("video", "Make films from a prompt, pictures or another film."),
    Entry("queue", "Submit, list, wait for, download and cancel background generations."),
    Entry("history", "Past generations and what they cost."),
    Entry("recover", "Find out what became of lost requests, and fetch what is paid for and not on this disk."),
    Entry("logs", "Conversations kept on this machine."),
    Entry("models", "List models; show one with its parameters and price."),
    Entry("auth", "Sign in, sign out, see which token is used."),
    Entry("config", "Read and change settings and profiles."),
    Entry("sandbox", "The whole API offline, on this machine."),
    Entry("doctor", "Check this installation, line by line, each with its fix."),
    Entry("completion", "Print the completion script of a shell."),
)


class LazyCommand(TyperCommand):
    """Stands in a list for a command that has not been imported; becomes it when it runs."""

    def load(self, arguments: Sequence[str] = ()) -> Any:
        """Import the module of that name and build its command.

        Args:
            arguments: what follows it; if that begins with one of its verbs, the others are not built.
        """
        app = import_module(f"inference_cli.cli.{self.name}").app
        named = [info for info in app.registered_commands if arguments and _name_of(info) == arguments[0]]
        if named and app.registered_callback:
            app = copy(app)
            app.registered_commands = named
        command = typer.main.get_command(app)
        command.name = self.name
        return command

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Hand over to the real command, which the context then carries."""
        return self.load(args).make_context(info_name, args, parent=parent, **extra)


def _name_of(info: Any) -> str:
    return info.name or typer.main.get_command_name(info.callback.__name__)


def command_words(arguments: Sequence[str]) -> tuple[str, ...]:
    """The words of a command line that name its command, such as ``("queue", "wait")``; none where none is named.

    Args:
        arguments: hoisted: the root options come first.
    """
    rest = iter(without_root_options(arguments))
    name = next(rest, "")
    if name not in {entry.name for entry in COMMANDS}:
        return ()
    below = getattr(LazyCommand(name).load(), "commands", {})
    verb_named = next(rest, "")
    return (name, verb_named) if verb_named in below else (name,)


class LazyGroup(TyperGroup):
    """The root: its subcommands are the table above."""

    def __init__(self, **attributes: Any) -> None:
        attributes["commands"] = {
            entry.name: LazyCommand(entry.name, help=entry.help, rich_markup_mode=None) for entry in COMMANDS
        }
        super().__init__(**attributes)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the parser's own signature
        """In the order of the table, which is the order of use."""
        return [entry.name for entry in COMMANDS]


class Noun(TyperGroup):
    """A group such as ``queue``: alone it prints its help on stdout and exits 0, as gh does."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Answer an empty command line with the help."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()
        return super().parse_args(ctx, args)


def noun(help_text: str) -> typer.Typer:
    """A Typer application for the verbs of one noun.

    Args:
        help_text: one sentence for its help.
    """
    app = typer.Typer(cls=Noun, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @app.callback(help=help_text)
    def root() -> None: ...

    return app


def verb(help_text: str) -> typer.Typer:
    """A Typer application for a command without subcommands.

    Args:
        help_text: one sentence for its help.
    """
    return typer.Typer(help=help_text, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
