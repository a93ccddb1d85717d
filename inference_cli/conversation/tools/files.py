"""The tools ``files_list``, ``files_read`` and ``files_search``: looking below one folder, and never writing."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from inference_cli.conversation.tools.folder import Entry, Folder
from inference_cli.conversation.tools.tool import ToolFailedError, parameters

LARGEST = 4_000_000  # bytes of a file that is read
_MOST_ENTRIES = 1000
_MOST_SEARCHED = 5000  # files
_MOST_BYTES = 100_000_000  # of those files
_MOST_FOUND = 200  # lines
_LONGEST_LINE = 300  # characters of a line that was found
_KEY = "PRIVATE KEY-----"

_PATH = {"type": "string", "description": "path from the folder, such as src/main.py"}
_FOLDER = {"type": "string", "description": "a folder inside it; without it the whole folder"}


@dataclass(frozen=True, slots=True)
class FilesTool:
    """One of the three."""

    name: str
    description: str
    parameters: Mapping[str, Any]
    look: Callable[[Mapping[str, Any]], str]
    acts: bool = False

    def call(self, arguments: Mapping[str, Any]) -> str:
        """Look."""
        return self.look(arguments)


def tools(folder: Folder) -> tuple[FilesTool, ...]:
    """The tools that look below a folder."""
    return (
        FilesTool(
            "files_list",
            "List the files in the user's folder. Folders end with /; files have their size in bytes.",
            parameters({"folder": _FOLDER, "recursive": {"type": "boolean", "description": "folders inside it too"}}),
            lambda given: listed(folder, given.get("folder", "."), deep=given.get("recursive", False)),
        ),
        FilesTool(
            "files_read",
            "Read a text file in the user's folder.",
            parameters(
                {
                    "path": _PATH,
                    "first_line": {"type": "integer", "minimum": 1, "description": "where to begin; 1 by default"},
                    "lines": {"type": "integer", "minimum": 1, "description": "how many lines; all by default"},
                },
                "path",
            ),
            lambda given: read(folder, given["path"], int(given.get("first_line", 1)), given.get("lines")),
        ),
        FilesTool(
            "files_search",
            "Find lines with a text, in any case of letters, in the text files of the user's folder.",
            parameters({"text": {"type": "string", "minLength": 1}, "folder": _FOLDER}, "text"),
            lambda given: search(folder, given["text"], given.get("folder", ".")),
        ),
    )


def listed(folder: Folder, path: str, *, deep: bool) -> str:
    """The entries of a folder, a line each."""
    found = list(islice(folder.walk(path, deep=deep), _MOST_ENTRIES + 1))
    lines = [f"{one.path}/" if one.is_folder else f"{one.path}\t{one.size}" for one in found[:_MOST_ENTRIES]]
    if len(found) > _MOST_ENTRIES:
        lines.append(f"[the first {_MOST_ENTRIES}; there are more]")
    return "\n".join(lines) or "The folder is empty."


def read(folder: Folder, path: str, first: int = 1, count: int | None = None) -> str:
    """The text of a file, or some lines of it.

    Raises:
        ToolFailedError: it is not below the folder, no text, a private key, too large, or has no such line.
    """
    text = _text(folder, path)
    if first == 1 and count is None:
        return text
    lines = text.splitlines(keepends=True)
    if first > max(1, len(lines)):
        raise ToolFailedError(f"{path[:200]!r} has {len(lines)} lines.")
    return "".join(lines[first - 1 : None if count is None else first - 1 + int(count)])


def search(folder: Folder, text: str, path: str) -> str:
    """The lines with a text, each after its file and number."""
    wanted = text.casefold()
    found = list(islice(_found(folder, wanted, path), _MOST_FOUND + 1))
    if len(found) > _MOST_FOUND:
        found[_MOST_FOUND:] = [f"[the first {_MOST_FOUND}; there are more]"]
    return "\n".join(found) or "Nothing was found."


def _found(folder: Folder, wanted: str, path: str) -> Iterator[str]:
    searched = size = 0
    for entry in folder.walk(path, deep=True):
        if entry.is_folder or entry.size > LARGEST:
            continue
        size += entry.size
        if searched == _MOST_SEARCHED or size > _MOST_BYTES:
            yield f"[{searched} files were searched; there are more]"
            return
        searched += 1
        for number, line in enumerate(_lines(folder, entry), start=1):
            if wanted in line.casefold():
                yield f"{entry.path}:{number}: {line.strip()[:_LONGEST_LINE]}"


def _lines(folder: Folder, entry: Entry) -> list[str]:
    try:
        return _text(folder, entry.path).splitlines()
    except ToolFailedError:  # no text, or no longer there
        return []


def _text(folder: Folder, path: str) -> str:
    with folder.opened(path) as (descriptor, state):
        if stat.S_ISDIR(state.st_mode):
            raise ToolFailedError(f"{path[:200]!r} is a folder.")
        if not stat.S_ISREG(state.st_mode):
            raise ToolFailedError(f"{path[:200]!r} is not a file.")
        with os.fdopen(os.dup(descriptor), "rb") as file:
            data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ToolFailedError(f"{path[:200]!r} is larger than {LARGEST // 10**6} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ToolFailedError(f"{path[:200]!r} is not a text file.")
    if _KEY in text:
        raise ToolFailedError(f"{path[:200]!r} holds a private key, and is not shown.")
    return text
