"""The root command: its options, and the way from argv to an exit code."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, NoSuchOption, UsageError as ParsingError

from inference_cli.cli.hoist import hoist
from inference_cli.cli.lazy import LazyGroup, command_words
from inference_cli.cli.session import Session
from inference_cli.cli.world import World
from inference_cli.errors import Exit, InferenceError, LocalError, UsageError

_NARROWEST, _WIDEST, _MARGIN = 50, 80, 2  # columns of a help, as typer has them

app = typer.Typer(
    cls=LazyGroup,
    name="inference",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    ctx: typer.Context,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Profile to use [INFERENCE_PROFILE].", show_default=False)
    ] = None,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Offline, in the built-in sandbox [INFERENCE_SANDBOX=1].")
    ] = False,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the API is [INFERENCE_BASE_URL].", show_default=False)
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what happens, retries included.")] = False,
    debug_http: Annotated[bool, typer.Option("--debug-http", help="Trace requests on stderr, secrets masked.")] = False,
    color: Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.")] = "auto",
    no_color: Annotated[bool, typer.Option("--no-color", help="The same as --color never.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Text, images, video and audio from hundreds of models, through one interface.

    These options may stand before or after the command. Start with:  inference --sandbox image "a red fox in the snow"
    """
    session = ctx.ensure_object(Session)
    if color not in {"auto", "always", "never"}:
        raise UsageError(f"--color {color}: it is auto, always or never")
    session.begin(
        profile=profile,
        sandbox=sandbox,
        base_url=base_url,
        verbose=verbose,
        debug_http=debug_http,
        color="never" if no_color else color,
    )
    if version:
        from inference_cli import __version__

        session.output.result(f"inference {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help(), color=ctx.color)


def run(arguments: Sequence[str], world: World | None = None) -> int:
    """Run one command line.

    Args:
        arguments: what follows the program's name.
        world: streams, environment, working folder and clock; the process's own by default.

    Returns:
        The exit code of the table in ``errors.py``.
    """
    return carry_out(Session(world or World.real(), arguments))


def carry_out(session: Session) -> int:
    """Run the command line of a session, and close it; the exit code."""
    try:
        return _invoke(session, hoist(session.arguments))
    except UsageError as error:
        error.hint = _with_next_command(error.hint, session.arguments)
        return session.fail(error)
    except InferenceError as error:
        return session.fail(error)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except OSError as error:  # such as a help that a full disk does not take
        return session.fail(LocalError(f"this machine refused: {error.strerror or type(error).__name__}"))
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug becomes a crash file, not a traceback
        return session.crash(error)
    finally:
        session.close()


def _invoke(session: Session, arguments: list[str]) -> int:
    command: Any = typer.main.get_command(app)
    width = max(min(session.world.streams.width, _WIDEST) - _MARGIN, _NARROWEST)
    try:
        with command.make_context("inference", arguments, obj=session, terminal_width=width) as context:
            command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        raise UsageError("no answer was given") from None
    except ParsingError as error:
        raise _usage(error) from None
    except ClickException as error:
        raise UsageError(error.format_message().rstrip(".")) from None
    return int(Exit.DONE)


def _with_next_command(hint: str | None, arguments: Sequence[str]) -> str:
    """The hint of a wrong command line; one that names no command gets the way to the help of its own.

    Commands in hints stand behind a colon and two spaces.
    """
    if hint and ":  " in hint:
        return hint
    try:
        words = command_words(hoist(arguments))
    except UsageError:
        words = ()
    return "\n".join(filter(None, (hint, f"See:  {' '.join(('inference', *words))} --help")))


def _usage(error: ParsingError) -> UsageError:
    """A parser's complaint as one of ours, with the way to the help of the command that was meant."""
    message = error.format_message().rstrip(".").replace("int range", "whole number")
    if isinstance(error, NoSuchOption):
        from inference_cli.catalogue.nearest import nearest

        close = nearest(error.option_name, error.possibilities or (), 1)
        message = f"no such option: {error.option_name}" + (f"; did you mean {close[0]}?" if close else "")
    where = error.ctx.command_path if error.ctx else "inference"
    if message.startswith("Got unexpected extra argument") and where.startswith("inference auth"):
        message = "this command takes no argument, a token least of all: it would be seen in the list of processes"
        return UsageError(message, hint="Read it from standard input:  inference auth login --with-token < FILE")
    if message.startswith("Got unexpected extra argument") and where in {
        "inference chat",
        "inference image",
        "inference video",
    }:
        message, meant = "the prompt is one argument, and there are several", f'Put it into quotes:  {where} "…"'
        return UsageError(message, hint=f"Nothing was sent.  {meant}")
    return UsageError(message[:1].lower() + message[1:], hint=f"See:  {where} --help")
