"""The entry point: answers --version and TAB by itself, runs everything else, and turns the outcome into an exit."""

import sys

_BY_SIGNAL = range(129, 160)
_BROKEN_PIPE = 141
_UNWRITABLE = 11


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process.

    Args:
        arguments: what follows the program's name; the process's own by default.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        from inference_cli import __version__

        _leave(_say(f"inference {__version__}\n"))
    if given[:1] == ["__complete"]:
        _leave(_complete(given[1:]))
    _leave(_run(given))


def _complete(arguments: list[str]) -> int:
    """Print what a shell offers on TAB; whatever goes wrong, it offers nothing and says nothing."""
    import os

    try:
        from inference_cli.completion.answers import answer

        sys.stdout.buffer.write(answer(arguments, dict(os.environ), os.getcwd()).encode("utf-8", "ignore"))
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - the line that is being typed must not be disturbed
        _drop_output()
    return 0


def _say(text: str) -> int:
    """Write to stdout; the exit code, 11 where it cannot be written."""
    if sys.stdout is None:  # closed by whoever started this
        return _UNWRITABLE
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        return _BROKEN_PIPE
    except OSError:
        return _UNWRITABLE
    return 0


def _run(arguments: list[str]) -> int:
    from inference_cli import collection, deferred

    collection.hold()
    deferred.defer()
    try:
        from inference_cli.cli.app import run

        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _BROKEN_PIPE
    finally:
        collection.end()


def _leave(status: int) -> None:
    """Exit; by the signal itself where one ended the command, so that a shell's loop stops too."""
    if status in {_BROKEN_PIPE, _UNWRITABLE}:
        _drop_output()
    elif status in _BY_SIGNAL:
        import os
        import signal

        signal.signal(status - 128, signal.SIG_DFL)
        os.kill(os.getpid(), status - 128)
    sys.exit(status)


def _drop_output() -> None:
    """Point stdout at nothing, so that the interpreter's last flush has nobody to fail at."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # it may be 1 itself, where that was closed


if __name__ == "__main__":
    main()
