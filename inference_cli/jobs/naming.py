"""Output templates and safe file names; pure, nothing here looks at the disk."""

import os
import re
import unicodedata
from pathlib import Path

from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass, replace
from inference_cli.late import pattern

PLACEHOLDERS = ("n", "id", "model", "seed", "slug", "ext")
UNNAMED = "{slug}-{id}.{ext}"  # without -o (interface contract, "Flags")
_LONGEST = 200  # bytes: a file name may have 255, and a part file's needs room for its own ending
_BEGINNING = 2000  # characters of a prompt that are looked at for its first words
_FIELD = pattern(r"\{\{|\}\}|\{(\w*)\}")
_UUID = pattern(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
_UNSAFE = pattern(r'%2e|%2f|%5c|[/\\:*?"<>|]', re.IGNORECASE)
_RESERVED = pattern(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL)
_SAME = {"jpeg": "jpg", "jpe": "jpg", "m4v": "mp4", "qt": "mov", "wave": "wav", "oga": "ogg", "tiff": "tif"}


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """Where results go: ``-o`` as it was given, and what to do about a file that is there already.

    ``target`` is a file name, a folder (with a slash at its end), a template, or None for a name made from prompt and
    id in the working folder. Placeholders count in the last component only.
    """

    target: str | None = None
    force: bool = False
    no_clobber: bool = False
    stdout: bool = False

    @property
    def template(self) -> str:
        """The last component, or the template of unnamed files."""
        return os.path.split(self.target or "")[1] or UNNAMED

    @property
    def fields(self) -> frozenset[str]:
        """The placeholders in the template; a name in double braces is none."""
        return frozenset(found.group(1) for found in _FIELD.finditer(self.template) if found.group(1) is not None)

    @property
    def named(self) -> bool:
        """Whether the user chose the whole name, so that it is kept whatever the content is."""
        return bool(os.path.split(self.target or "")[1]) and not self.fields

    def absolute(self, cwd: Path) -> "OutputSpec":
        """The same place, whatever the working folder of a later command is."""
        if self.stdout:
            return self
        folder, name = os.path.split(self.target or "")
        return replace(self, target=os.path.join(os.path.abspath(cwd / folder), name))  # noqa: PTH100, PTH118 - paths keep the slash at their end only as text


@dataclass(frozen=True, slots=True)
class Place:
    """One output's place among those of its command, and what its name may be made of."""

    spec: OutputSpec
    n: int  # 1-based
    count: int
    id: str | None = None
    model: str = ""
    seed: int | None = None
    prompt: str | None = None

    def name(self, extension: str) -> tuple[Path, str]:
        """Its folder and its file name, for content of that extension (no dot)."""
        return name_for(
            self.spec,
            n=self.n,
            count=self.count,
            id=self.id or "",
            model=self.model,
            seed=self.seed,
            prompt=self.prompt,
            extension=extension,
        )

    @property
    def label(self) -> str:
        """What a person reads beside its state: the stem of its file, or the short id (screens)."""
        free = self.spec.target is None or not self.spec.fields.isdisjoint({"id", "ext"}) or self.spec.stdout
        if self.id and free:
            return short(self.id)
        return stem(self.name("")[1])[:_LONGEST].rstrip("-. ") or "generation"


def short(generation_id: str) -> str:
    """An id as a person reads it: the first eight characters of a UUID, any other whole."""
    return generation_id[:8] if _UUID.fullmatch(generation_id) else generation_id


def stem(name: str) -> str:
    """A file name without its extension."""
    return os.path.splitext(name)[0]  # noqa: PTH122 - a name, not a path


def slug(text: str | None, *, longest: int = 40) -> str:
    """The first words of a prompt as a part of a file name: letters and digits, joined by dashes.

    Args:
        text: the prompt.
        longest: characters; cut at a word's end where there is one.
    """
    beginning = (text or "").lstrip()[:_BEGINNING]  # it may have megabytes (fault A37)
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", beginning).lower())
    taken = ""
    for word in words:
        longer = f"{taken}-{word}" if taken else word[:longest]
        if len(longer) > longest:
            break
        taken = longer
    return taken or "generation"


def safe_component(name: str) -> str:
    """One file name that means the same on every system, from any text (faults D12 and D13).

    No separators, control or direction characters; neither ``.`` nor ``..`` nor a bare dot file; no leading ``-`` or
    ``~``; no reserved device name; at most 200 bytes. A name that is safe already comes back as it is.
    """
    plain = "".join(
        "-" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFC", name)
    )
    plain = _UNSAFE.sub("-", plain).strip(" ").rstrip(". ")
    if plain.startswith(("-", "~")) or (plain.startswith(".") and "." not in plain[1:]):
        plain = "_" + plain[1:]
    if plain.strip(".") == "" or _RESERVED.fullmatch(plain):
        plain = "_" + plain
    return _cut(plain).rstrip(". ")


def _cut(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    root, extension = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    if len(extension.encode()) > 16:  # noqa: PLR2004 - longer than any real extension
        root, extension = name, ""
    room = _LONGEST - len(extension.encode())
    return root.encode()[:room].decode(errors="ignore").rstrip(". ") + extension


def unknown_fields(spec: OutputSpec) -> tuple[str, ...]:
    """Placeholders of the template that do not exist."""
    return tuple(sorted(spec.fields - set(PLACEHOLDERS)))


def name_for(
    spec: OutputSpec,
    *,
    n: int,
    count: int,
    id: str,  # noqa: A002 - the placeholder's name
    model: str,
    seed: int | None,
    prompt: str | None,
    extension: str,
) -> tuple[Path, str]:
    """The folder and the name of an output's file (interface contract, ``-o``).

    Args:
        spec: where the user wants it; a named file keeps its name.
        n: its 1-based number in the command.
        count: how many outputs the command has; with several, names that would be equal get ``-n``.
        id: the generation's id.
        model: the model's id; slashes become dashes.
        seed: the seed, where one is known.
        prompt: what the slug is made of.
        extension: by the content, no dot.

    Raises:
        UsageError: the template has a placeholder that does not exist.
    """
    wrong = unknown_fields(spec)
    if wrong:
        raise UsageError(
            f"-o: no placeholder {{{wrong[0]}}}",
            hint="There are " + " ".join(f"{{{field}}}" for field in PLACEHOLDERS) + "; write {{ for a brace",
        )
    values = {
        "n": str(n),
        "id": short(id),
        "model": model,
        "seed": "" if seed is None else str(seed),
        "slug": slug(prompt or model),
        "ext": extension,
    }

    def fill(found: re.Match[str]) -> str:
        field = found.group(1)
        return found.group(0)[0] if field is None else values[field]

    name = _FIELD.sub(fill, spec.template)
    distinct = {"n", "id"} | ({"seed"} if seed is not None else set())
    if count > 1 and spec.fields.isdisjoint(distinct):
        root, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
        name = f"{root}-{n}{suffix}"
    return Path(os.path.split(spec.target or "")[0]), name if not spec.fields else safe_component(name)


def fits(name: str, extension: str) -> bool:
    """Whether a name's ending promises what the content is; a name without an ending promises nothing.

    Args:
        name: the file's name.
        extension: by the content, no dot.
    """
    ending = os.path.splitext(name)[1].lstrip(".").lower()  # noqa: PTH122 - a name, not a path
    return not ending or _SAME.get(ending, ending) == _SAME.get(extension, extension)
