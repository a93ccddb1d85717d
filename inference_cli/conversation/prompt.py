"""The prompt of a turn, from everything that the command line gives for it.

The parts come in this order, a blank line between them: files of ``-f`` in the order in which they were named, then
what stands on stdin, then the argument: the material first, the question about it last. Each part is in it once and
unchanged, except that the line end at the very end of stdin is dropped, as a shell does with ``$(…)``.
"""

from collections.abc import Callable, Sequence
from typing import BinaryIO

from inference_cli.conversation import texts
from inference_cli.errors import UsageError

_HINT = 'Give one:  inference chat "…"   or pipe it in:  git diff | inference chat "explain this"'


def gather(
    argument: str | None,
    files: Sequence[str] = (),
    *,
    stdin: Callable[[], BinaryIO] | None = None,
    required: bool = True,
) -> str:
    """The prompt.

    Args:
        argument: what was typed after the command; ``-`` is stdin.
        files: what ``-f`` named; ``-`` puts stdin in at that place, as a file of the name ``stdin``.
        stdin: opens stdin; None where it is a terminal, closed, or read by somebody else (``-a -``).
        required: whether there must be one; an attachment or a conversation may do without.

    Returns:
        Empty where there is none and none is required.

    Raises:
        UsageError: there is none; something is no text, cannot be read, or is too long; stdin is named twice or is not
            there (faults G10, G11, H1).
    """
    wanted = [*files, argument].count("-")
    if wanted > 1:
        raise UsageError("two arguments read standard input", hint="Only one of them can be -")
    if wanted and stdin is None:
        raise UsageError("- names standard input, where nothing comes from", hint="Put a pipe or a file there")
    asked = "" if argument is None or argument == "-" else texts.typed(argument, "the prompt")
    named = [_file(name, stdin) for name in files]
    piped = texts.read_stream(stdin()) if stdin is not None and "-" not in files else ""
    prompt = join(named, piped, asked)
    if len(prompt) > texts.LIMIT or len(prompt.encode()) > texts.LIMIT:
        raise texts.too_long("the prompt")
    if required and not any(text.strip() for text in (*(file.text for file in named), piped, asked)):
        raise UsageError("the prompt is empty", hint=f"Nothing was sent.  {_HINT}")
    return prompt


def join(files: Sequence[texts.TextFile], piped: str, asked: str) -> str:
    """One text of all parts that hold more than white space; each is in it once, whole and unchanged.

    Args:
        files: shown under their names, empty ones too.
        piped: what stands on stdin, with the line end at its end.
        asked: the argument.
    """
    words = [text for text in (piped.removesuffix("\n").removesuffix("\r"), asked) if text.strip()]
    return "\n\n".join([*map(texts.fenced, files), *words])


def spelled_or_file(text: str, what: str) -> str:
    """The value of a flag that takes ``TEXT|@file``, such as ``--system``.

    Args:
        text: the value.
        what: its name for a sentence: ``the system prompt``.

    Raises:
        UsageError: the file cannot be read, or one of the two is no text.
    """
    return texts.read_file(text[1:]).text if text.startswith("@") else texts.typed(text, what)


def _file(name: str, stdin: Callable[[], BinaryIO] | None) -> texts.TextFile:
    if name == "-" and stdin is not None:
        return texts.TextFile("stdin", texts.read_stream(stdin()))
    return texts.read_file(name)
