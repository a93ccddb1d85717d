"""Inline media taken out of a JSON answer while it arrives: base64 to a sink, the rest of the JSON kept."""

import binascii
import json
from collections.abc import Callable
from typing import BinaryIO

from inference_cli.api.bodies import DOCUMENT_CAP
from inference_cli.api.failures import Garbled
from inference_cli.late import pattern

MARK = "inline:"  # what stands in the JSON instead of the media, before the number of its sink
_KEY = "b64_json"
_LONGEST_KEY = 6 * len(_KEY)  # bytes, if each character is written as \uXXXX
_LONGEST_ESCAPE = 6
_LONGEST_PREFIX = 1024  # of a data URL, up to its comma
_PIECE = 1024 * 1024
_STRING_STOP = pattern(rb'["\\]')
_BLANK = b" \t\r\n"
_DATA = b"data:"
_PAD = ord("=")
_INVALID = "the inline media is not valid base64"


class Scanner:
    """Reads JSON in pieces of any size; every string under a key ``b64_json``, at any depth, goes to a sink.

    Linear in time, and in memory bounded by the JSON without the media (fault A21). What is not inline media is not
    checked here but by whoever parses the JSON that ``finish`` returns, where a string ``inline:N`` stands for sink N.

    Args:
        sink: opens the binary file of output N, counted from 0; it is closed here once the closing quote of its media
            came, and never otherwise: who opened it knows by that whether it holds all of it.
        cap: bytes that the JSON may have without the media.
    """

    def __init__(self, sink: Callable[[int], BinaryIO], *, cap: int = DOCUMENT_CAP) -> None:
        self._open = sink
        self._cap = cap
        self._kept = bytearray()
        self._state: Callable[[bytes, int], int] = self._outside
        self._string = bytearray()  # the beginning of the last string, to know a key by
        self._escaped = False  # the next byte of a string belongs to a backslash
        self._is_key = False  # the last string was b64_json; 1: a colon follows
        self._colon = False
        self._media: _Media | None = None
        self.count = 0  # sinks opened

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            Garbled: the base64 of an output is damaged.
            Garbled: the JSON without the media is larger than the cap.
            OSError: a sink could not be written.
        """
        for start in range(0, len(chunk), _PIECE):
            piece = chunk[start : start + _PIECE]
            place = 0
            while place < len(piece):
                place = self._state(piece, place)
            self._check_size()

    def finish(self) -> bytes:
        """The JSON without the media; when the answer was cut, it is no valid JSON."""
        return bytes(self._kept)

    def _check_size(self) -> None:
        if len(self._kept) > self._cap:
            raise Garbled(f"the answer is larger than {self._cap // (1024 * 1024)} MB")

    def _outside(self, piece: bytes, place: int) -> int:
        """Between strings: look for the next one, and for the colon that makes the last one a key."""
        quote = piece.find(b'"', place)
        end = len(piece) if quote < 0 else quote
        between = piece[place:end]
        self._kept += between
        if self._is_key and (bare := between.strip(_BLANK)):
            self._is_key = not self._colon and bare == b":"
            self._colon = self._is_key
        if quote < 0:
            return end
        self._kept += b'"'
        if self._is_key and self._colon:
            self._state = self._inline
        else:
            self._state = self._text
            self._string.clear()
        self._is_key = self._colon = False
        return quote + 1

    def _text(self, piece: bytes, place: int) -> int:
        """Inside an ordinary string, a key or a value: up to its end."""
        if self._escaped:
            self._escaped = False
            self._keep(piece[place : place + 1])
            return place + 1
        stop = _STRING_STOP.search(piece, place)
        if stop is None:
            self._keep(piece[place:])
            return len(piece)
        self._keep(piece[place : stop.end()])
        if stop.group() == b"\\":
            self._escaped = True
        else:
            self._is_key = self._is_the_key()
            self._state = self._outside
        return stop.end()

    def _keep(self, part: bytes) -> None:
        self._kept += part
        if len(self._string) <= _LONGEST_KEY:
            self._string += part[: _LONGEST_KEY + 2]

    def _is_the_key(self) -> bool:
        if len(self._string) > _LONGEST_KEY + 1:
            return False
        try:
            return bool(json.loads(b'"' + self._string) == _KEY)
        except ValueError:
            return False

    def _inline(self, piece: bytes, place: int) -> int:
        """Inside the media: everything up to the closing quote goes to the sink."""
        if self._media is None:
            self._media = _Media(self._next_sink)
        quote = piece.find(b'"', place)
        if quote < 0:
            self._media.write(piece[place:])
            return len(piece)
        self._media.write(piece[place:quote])
        self._media.end()
        if self._media.is_open:
            self._kept += f"{MARK}{self.count - 1}".encode()
        self._media = None
        self._kept += b'"'
        self._state = self._outside
        return quote + 1

    def _next_sink(self) -> BinaryIO:
        self.count += 1
        return self._open(self.count - 1)


class _Media:
    """The content of one JSON string, decoded from base64 into a sink that is opened for its first byte."""

    def __init__(self, open_sink: Callable[[], BinaryIO]) -> None:
        self._open = open_sink
        self._sink: BinaryIO | None = None
        self._escape = b""  # a JSON escape that is not complete yet
        self._prefix: bytes | None = b""  # the beginning, until it is clear whether it is a data URL
        self._rest = b""  # up to three characters of base64 that wait for the fourth
        self._padded = False

    @property
    def is_open(self) -> bool:
        """Whether there was anything to write; an empty string is no output."""
        return self._sink is not None

    def write(self, text: bytes) -> None:
        """Take a part of the string, as it stands in the JSON."""
        text = self._unescaped(self._escape + text)
        if self._prefix is not None:
            text = self._without_prefix(self._prefix + text)
        self._decode(text)

    def end(self) -> None:
        """The string is complete: nothing may be left over, and its sink is closed."""
        if self._prefix is not None and not self._prefix.startswith(_DATA):
            self._decode(self._prefix)  # four letters of base64 that could have been the beginning of "data:"
            self._prefix = None
        if self._escape or self._rest or self._prefix:
            raise Garbled(_INVALID)
        if self._sink is not None:
            self._sink.close()

    def _unescaped(self, text: bytes) -> bytes:
        self._escape = b""
        if b"\\" not in text:
            return text
        bare = text.translate(None, b"\\")
        if len(text) - len(bare) == text.count(b"\\/"):  # the escape that real servers write, and no other
            return bare
        if b"\\\\" in text:
            raise Garbled(_INVALID)
        text = text.replace(b"\\/", b"/")
        last = text.rfind(b"\\", max(0, len(text) - _LONGEST_ESCAPE + 1))
        if last >= 0 and text[last + 1 : last + 2] in {b"u", b""}:
            text, self._escape = text[:last], text[last:]
        if b"\\" not in text:
            return text
        try:
            return str(json.loads(b'"' + text + b'"')).encode("ascii")
        except ValueError as error:
            raise Garbled(_INVALID) from error

    def _without_prefix(self, text: bytes) -> bytes:
        if not text.startswith(_DATA) and not _DATA.startswith(text):
            self._prefix = None
            return text
        head, comma, rest = text.partition(b",")
        if comma:
            self._prefix = None
            return rest
        if len(head) > _LONGEST_PREFIX:
            raise Garbled(_INVALID)
        self._prefix = text
        return b""

    def _decode(self, text: bytes) -> None:
        text = self._rest + text
        try:
            data = self._block(text)
        except binascii.Error:  # it may be in lines; to look for blanks first would cost all the others more
            try:
                data = self._block(text.translate(None, _BLANK))
            except binascii.Error as error:
                raise Garbled(_INVALID) from error
        if not data:
            return
        if self._sink is None:
            self._sink = self._open()
        self._sink.write(data)

    def _block(self, text: bytes) -> bytes:
        """Decode what is whole, and keep what is not.

        Raises:
            binascii.Error: something else than base64 is in it.
        """
        whole = len(text) & ~3
        data = binascii.a2b_base64(memoryview(text)[:whole], strict_mode=True)
        self._rest = text[whole:].translate(None, _BLANK)
        if whole:
            if self._padded:
                raise Garbled(_INVALID)
            self._padded = text[whole - 1] == _PAD
        return data
