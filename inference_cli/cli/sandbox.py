"""`inference sandbox`: the whole API, offline, on this machine."""

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inference_cli.cli import options
from inference_cli.cli.lazy import noun
from inference_cli.cli.offline import emptied, kept, unusable
from inference_cli.errors import LocalError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.sandbox.serve import Address

app = noun("The whole API offline, on this machine: --sandbox uses it in process, serve offers it to other clients.")


class Api(enum.StrEnum):
    """Which generations of the API answer."""

    BOTH = "both"
    CURRENT = "current"
    OLDER = "2026-04"


@app.command()
def serve(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the API on 127.0.0.1; 0 takes a free one.")
    ] = 8765,
    media_port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the results; 0 takes a free one.")] = 0,
    token: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="The only token to accept; any by default.", show_default=False)
    ] = None,
    api: Annotated[Api, typer.Option(help="Which generations of the API answer.")] = Api.BOTH,
    faults: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A script of failures, one per request.", show_default=False)
    ] = None,
) -> None:
    """Serve the sandbox on this machine until Ctrl-C, for clients of any kind.

    inference sandbox serve --port 8765

    A file for --faults is TOML with a [[fault]] each: path, method, nth (which request), and status, headers, body,
    delay, drop ("before" or "after" it was accepted), truncate or expired; for chats that stream also stream ("tear",
    "error", "stall" or "end") and tokens, after how many.

    Words in a prompt do the same without a file, and more: a chat with the prompt sandbox:help lists them.
    """
    session: Session = ctx.obj
    try:
        from inference_cli.sandbox.database import UnusableError
        from inference_cli.sandbox.serve import serve as run
    except ImportError as error:
        raise MissingExtraError("sandbox", "the sandbox") from error

    def bound(address: "Address") -> None:
        session.output.result(address.base_url)
        session.output.note(f"  Results come from {address.media_url}. Stop with Ctrl-C.")
        key = "sandbox-token" if token is None else "YOUR-TOKEN"
        session.output.note(f"  Use it:  INFERENCE_API_KEY={key} inference --base-url {address.base_url} models list")

    try:
        run(
            session.paths.sandbox_folder,
            port=port,
            media_port=media_port,
            speed=session.settings.sandbox_speed,
            api=api.value,
            token=token,
            faults=faults,
            on_bound=bound,
        )
    except KeyboardInterrupt:
        return
    except ValueError as error:
        raise UsageError(
            f"--faults {faults}: {error}" if faults and str(faults) not in str(error) else str(error)
        ) from error
    except UnusableError as error:
        raise unusable(session.paths.sandbox_folder, error) from error
    except OSError as error:
        raise LocalError(f"the sandbox cannot start: {error.strerror}", hint="Another port:  --port 0") from error


@app.command()
def status(ctx: typer.Context, json: options.Json = False, jq: options.Jq = None) -> None:
    """Show what the sandbox holds: credits, generations, size."""
    from inference_cli.sandbox.holdings import status_of
    from inference_cli.terminal.numbers import bytes_in_words, money_in_words

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    with kept(session.paths.sandbox_folder) as store:
        found = status_of(store, session.clock.now())
    if session.output.wants_document:
        session.output.document(
            {
                "schema": 1,
                "folder": str(found.folder),
                "credits": float(found.credits),
                "generations": found.generations,
                "active": found.active,
                "bytes": found.bytes,
            }
        )
        return
    session.output.table(
        ["what", "value"],
        [
            ("folder", found.folder),
            ("credits", money_in_words(found.credits)),
            ("generations", f"{found.generations} ({found.active} active)"),
            ("size", bytes_in_words(found.bytes)),
        ],
    )


@app.command()
def reset(ctx: typer.Context) -> None:
    """Forget every generation and file of the sandbox, and give its credits back."""
    from inference_cli.catalogue.snapshot import forget
    from inference_cli.profile.config import SANDBOX
    from inference_cli.profile.settings import SANDBOX_URL

    session: Session = ctx.obj
    forget(session.paths.models_folder(SANDBOX, SANDBOX_URL))  # first, for files may stay
    emptied(session.paths.sandbox_folder)
    session.output.note("  The sandbox is empty and its credits are back.")
