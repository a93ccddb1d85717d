"""What TAB offers of the models: a plain text file for each origin and profile, quick to write and quicker to read.

::

    inference 1
    default <TAB> image <TAB> MODEL
    model <TAB> ID <TAB> image,video <TAB> DESCRIPTION
    parameter <TAB> NAME <TAB> DESCRIPTION <TAB> VALUE <TAB> VALUE …      of the model above it

Reading imports nothing. What stands in the file came from a server: one line each, no control characters.
"""

import os

TYPE_CHECKING = False  # importing it from typing takes longer than an answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HEADER = "inference 1\n"
_TYPE, _PLAIN = 0o170000, 0o100000  # of a file's mode: S_IFMT and S_IFREG
_LIMIT = 20_000_000  # bytes; the whole catalogue of the service takes 100 kB
_MOST_VALUES = 200
_MODEL = "\nmodel\t"  # begins a block: what stands in it is not parted where only the models are asked for
_LONGEST_DESCRIPTION = 80  # characters

Parameter = tuple[str, str, tuple[str, ...]]  # name, description, values
Offer = tuple[str, tuple[str, ...], str, tuple[Parameter, ...]]  # model, outputs, description, parameters


def write(
    folder: "Path", *, profile: str, origin: str, offers: "Iterable[Offer]", defaults: "Mapping[str, str]"
) -> None:
    """Replace what is offered for a profile at an origin.

    It is written whole or not at all, and never fails: what cannot be written is not offered.

    Args:
        folder: ``completion`` in the cache folder; it need not exist.
        profile: the profile's name.
        origin: scheme, host and port, as ``Origin`` spells them.
        offers: for each model its id, what it makes, a description, and its parameters (name, description, values).
        defaults: the service's default model by kind of work (image, edit, …).
    """
    from contextlib import suppress
    from pathlib import Path

    from inference_cli.errors import InferenceError
    from inference_cli.profile.files import write_atomically

    lines = [_line("default", kind, model) for kind, model in defaults.items()]
    for model, outputs, description, parameters in offers:
        if not is_offerable(model):
            continue
        lines.append(_line("model", model, ",".join(outputs), shown(description)))
        lines += [
            _line("parameter", name, shown(meaning), *filter(is_offerable, values[:_MOST_VALUES]))
            for name, meaning, values in parameters
            if is_offerable(name) and "=" not in name
        ]
    with suppress(InferenceError):
        write_atomically(Path(file_of(str(folder), profile, origin)), (HEADER + "".join(lines)).encode())


def _line(*columns: str) -> str:
    return "\t".join(columns) + "\n"


def is_offerable(word: str) -> bool:
    """Whether a word from outside may stand on a command line: it is one, and is not taken for a flag."""
    return bool(word) and word.isprintable() and not word.startswith("-") and word == word.strip()


def shown(text: str) -> str:
    """A description: on one line, short, without characters that do something."""
    if not text.isprintable() or "  " in text or text != text.strip():
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"


def file_of(folder: str, profile: str, origin: str) -> str:
    """Where it is; two folders deep, since both names come from outside and may be long."""
    return os.path.join(folder, _name(origin), _name(profile))


def is_there(path: str) -> bool:
    """Whether there is a file of this version."""
    return read_text(path, _LIMIT).startswith(HEADER)


def _name(text: str) -> str:
    """A file name for any text: letters, digits and dashes stay, so that no name is a path."""
    return "".join(char if char.isalnum() or char == "-" else f"_{ord(char):x}_" for char in text)


class Snapshot:
    """What a file offers; one that is missing, damaged or of another version offers nothing.

    Args:
        path: the file.
    """

    def __init__(self, path: str) -> None:
        text = read_text(path, _LIMIT)
        self._text = text if text.startswith(HEADER) else ""

    def defaults(self) -> dict[str, str]:
        """The service's default model by kind of work."""
        head = self._text.partition(_MODEL)[0].split("\n")
        rows = [line.split("\t")[1:] for line in head if line.startswith("default\t")]
        return {row[0]: row[1] for row in rows if len(row) == 2}  # noqa: PLR2004 - kind and model

    def models(self) -> list[list[str]]:
        """Id, outputs with commas, description of each model."""
        rows = [block.partition("\n")[0].split("\t") for block in self._text.split(_MODEL)[1:]]
        return [row for row in rows if len(row) == 3]  # noqa: PLR2004 - id, outputs, description

    def parameters(self, model: str) -> list[list[str]]:
        """Name, description and values of each parameter of a model."""
        _, found, rest = self._text.partition(f"{_MODEL}{model}\t")
        block = rest.partition(_MODEL)[0] if found else ""
        rows = [line.split("\t")[1:] for line in block.split("\n") if line.startswith("parameter\t")]
        return [row for row in rows if len(row) > 1]


def read_text(path: str, limit: int) -> str:
    """A plain file's text; empty where there is none, or one that cannot be read at once."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        facts = os.fstat(descriptor)
        if facts.st_mode & _TYPE != _PLAIN or facts.st_size > limit:
            return ""
        with open(descriptor, "rb", closefd=False) as file:
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)
