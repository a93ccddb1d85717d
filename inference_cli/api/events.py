"""Server-sent events: bytes in, events out, however the bytes are cut into pieces."""

from inference_cli.api.failures import Garbled
from inference_cli.frozen import dataclass
from inference_cli.late import pattern

EVENT_CAP = 128 * 1024 * 1024  # bytes of one event (fault B8)
_END_OF_LINE = pattern(rb"\r\n|\n|\r")  # and nothing else: U+2028 and friends are text (fault B2)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``id`` is the last one that the stream gave, ``retry`` is in milliseconds."""

    event: str = "message"
    data: str = ""
    id: str = ""
    retry: int | None = None


class EventDecoder:
    """Decodes one stream as the HTML standard says ("Server-sent events", parsing an event stream).

    Args:
        cap: bytes that one event may have.
    """

    def __init__(self, *, cap: int = EVENT_CAP) -> None:
        self._cap = cap
        self._parts: list[bytes] = []  # of the line that has not ended yet
        self._size = 0  # bytes of the event so far
        self._after_return = False  # the last byte was CR: a LF that follows belongs to it
        self._at_start = True
        self._data: list[str] = []
        self._event, self._id, self._retry = "", "", None
        self.damaged_text = False  # whether invalid UTF-8 was replaced (fault B3)

    _retry: int | None

    def feed(self, chunk: bytes) -> list[Event]:
        """Take the next bytes, and return the events that they complete.

        Raises:
            Garbled: one event is larger than the cap.
        """
        if self._after_return and chunk[:1] == b"\n":
            chunk = chunk[1:]
            self._after_return = False
        if not chunk:
            return []
        self._after_return = chunk[-1:] == b"\r"
        *lines, rest = _END_OF_LINE.split(chunk)
        events = []
        for line in lines:
            self._grow(len(line) + 1)
            whole = b"".join((*self._parts, line))
            self._parts = []
            event = self._line(whole)
            if event is not None:
                events.append(event)
        self._grow(len(rest))
        self._parts.append(rest)
        return events

    def plain(self, chunk: bytes) -> list[str] | None:
        """The data of the events in a chunk that is nothing but whole events of one ``data: `` line each, else None.

        What almost every chunk of a chat is, for a fraction of the time; where it is None, ``feed`` takes the chunk.
        """
        if chunk[:6] != b"data: " or chunk[-2:] != b"\n\n" or self._size or self._after_return or b"\r" in chunk:
            return None
        datas = []
        try:
            for event in chunk[:-2].decode().split("\n\n"):
                if event[:6] != "data: " or "\n" in event:
                    return None
                datas.append(event[6:])
        except UnicodeDecodeError:
            return None
        self._at_start = False
        return datas

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > self._cap:
            raise Garbled(f"an event of the stream is larger than {self._cap // (1024 * 1024)} MB")

    def _line(self, line: bytes) -> Event | None:
        if self._at_start:
            line = line.removeprefix(_BOM)
            self._at_start = False
        if not line:
            return self._dispatch()
        if line[:1] == b":":
            self._size -= len(line) + 1  # a comment is no part of an event, a million of them are no large one
            return None
        data = line[:6] == b"data: "  # of which there may be 128 MB: it is decoded in its place, and never copied
        place = memoryview(line)[6:] if data else line
        try:
            text = str(place, "utf-8")
        except UnicodeDecodeError:
            text = str(place, "utf-8", "replace")
            self.damaged_text = True
        if data:
            self._data.append(text)
            return None
        name, _, value = text.partition(":")
        self._field(name, value.removeprefix(" "))
        return None

    def _field(self, name: str, value: str) -> None:
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value[:9])

    def _dispatch(self) -> Event | None:
        event = None
        if self._data:
            event = Event(self._event or "message", "\n".join(self._data), self._id, self._retry)
        self._data, self._event, self._retry, self._size = [], "", None, 0
        return event
