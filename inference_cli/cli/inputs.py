"""What the flags of a media command name on this machine: pictures, films, sounds."""

from typing import TYPE_CHECKING

from inference_cli.catalogue.flags import Attached, Common
from inference_cli.catalogue.sendable import LARGEST
from inference_cli.errors import UsageError
from inference_cli.media.inputs import Input, read_input

if TYPE_CHECKING:
    from inference_cli.cli.flags import MediaFlags
    from inference_cli.terminal.streams import Streams


class Inputs:
    """Reads what flags name, each file once, before anything is sent; nothing online is fetched.

    Args:
        streams: whose standard input ``-`` is.

    Attributes:
        seconds: of the longest input film, where one tells its length.
    """

    def __init__(self, streams: "Streams") -> None:
        self._streams = streams
        self._read: dict[tuple[str, tuple[str, ...]], Input] = {}
        self.seconds: float | None = None

    def attached(self, flag: str, argument: str | None, *accept: str) -> Attached | None:
        """One input, as it is sent."""
        if argument is None:
            return None
        return Attached(argument, self._input(flag, argument, accept).value)

    def data_url(self, argument: str, accept: tuple[str, ...]) -> str:
        """What ``-p key=@file`` stands for."""
        return self._input("-p", argument, accept).value

    def _input(self, flag: str, argument: str, accept: tuple[str, ...]) -> Input:
        found = self._read.get((argument, accept))
        if found is not None and argument != "-":
            return found
        stdin = self._streams.claim_stdin(flag) if argument == "-" else None
        found = read_input(argument, stdin=stdin, accept=accept)
        self._read[argument, accept] = found
        if sum(len(one.value) for one in self._read.values()) > LARGEST:
            raise UsageError(
                f"{argument} is too much: the inputs have more than {LARGEST // 10**6} MB together, as they are sent",
                hint="Put some of them online and give their https URLs",
            )
        if found.kind and found.kind.media == "video" and found.duration:
            self.seconds = max(self.seconds or 0, found.duration)
        return found

    def notes(self, *, all_of_them: bool) -> tuple[str, ...]:
        """What was found in the files.

        Args:
            all_of_them: a line for each; else only for those that seem damaged.
        """
        files = [found for found in self._read.values() if found.kind]
        return tuple(_facts(found) for found in files if all_of_them or found.facts is None)


def _facts(found: Input) -> str:
    """A file in a line: pixels, kind, seconds, size, and the digest of what was read."""
    from inference_cli.terminal.numbers import bytes_in_words, duration_in_words

    if found.facts is None:
        return f"{found.name} seems damaged or cut; it is sent as it is"
    facts = found.facts
    pixels = f"{facts.width}\u00d7{facts.height} " if facts.width and facts.height else ""
    seconds = f", {duration_in_words(facts.duration)}" if facts.duration else ""
    size = bytes_in_words(facts.size)
    return f"{found.name}: {pixels}{facts.kind.name.upper()}{seconds}, {size}, sha256 {(found.sha256 or '')[:16]}…"


def common_of(inputs: Inputs, flags: "MediaFlags") -> Common:
    """The common flags, with what they name read."""
    images = [inputs.attached("--image", image, "image") for image in flags.image or ()]
    return Common(
        aspect_ratio=flags.aspect_ratio,
        size=flags.size,
        duration=flags.duration,
        seed=flags.seed,
        images=tuple(image for image in images if image is not None),
        first_frame=inputs.attached("--first-frame", flags.first_frame, "image"),
        last_frame=inputs.attached("--last-frame", flags.last_frame, "image"),
        video=inputs.attached("--video", flags.video, "video"),
        with_audio=flags.with_audio,
        shots=tuple(flags.shot or ()),
    )
