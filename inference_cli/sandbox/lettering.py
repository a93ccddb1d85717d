"""The word "sandbox" and the prompt in a corner, so that nobody mistakes an offline picture for a paid one."""

import unicodedata
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

MOST_LINES = 2  # of the prompt
_DOT = "·"
PLATE = (12, 14, 20)
COVER = 160  # of 255: how much of the picture the plate hides
_INK = (255, 255, 255)


def label(picture: Image.Image, prompt: str) -> None:
    """Put the plate into the lower left corner of an RGB picture, in place."""
    Plate(picture.size, prompt).onto(picture)


@dataclass(frozen=True, slots=True)
class Measures:
    """How large plates are in pictures of ``size``, in pixels."""

    size: tuple[int, int]

    @property
    def margin(self) -> int:
        """Between the plate and the picture's left and lower edge."""
        return max(2, min(self.size) // 40)

    @property
    def points(self) -> float:
        """What the sizes of the letters are derived from."""
        return max(6.0, min(self.size) / 34)

    @property
    def pad(self) -> float:
        """Between the plate's left edge and its words."""
        return self.points * 0.6

    @property
    def room(self) -> float:
        """How long a line of the prompt may be."""
        return max(20.0, self.size[0] * 0.6)

    def height(self, lines: int) -> int:
        """Of the plate, with so many lines of the prompt."""
        return int(min(self.size[1] - 2, self.pad * 1.6 + self.points * 1.25 * (1 + lines)))

    def title(self) -> Image.Image:
        """The word "sandbox" as a mask (L) that begins in the plate's upper left corner."""
        font = ImageFont.load_default(self.points * 1.1)
        width = int(font.getlength("sandbox") + 2 * self.pad)
        mask = Image.new("L", (width, int(self.points * 1.7)))
        ImageDraw.Draw(mask).text((self.pad, self.pad * 0.6), "sandbox", font=font, fill=255)
        return mask


class Plate:
    """The plate for pictures of one size: "sandbox", and at most two lines of the prompt.

    Characters that the built-in font lacks lose their accents, or a run of them becomes one middle dot.
    """

    def __init__(self, size: tuple[int, int], prompt: str) -> None:
        self._made = _plate(size, prompt)
        measures = Measures(size)
        self._corner = measures.margin, size[1] - measures.margin - self._made.height
        self._mask = self._made.getchannel("A")

    def onto(self, picture: Image.Image) -> None:
        """Put it into the lower left corner, in place."""
        picture.paste(self._made, self._corner, self._mask)


def _plate(size: tuple[int, int], prompt: str) -> Image.Image:
    measures = Measures(size)
    points, pad = measures.points, measures.pad
    title, text = ImageFont.load_default(points * 1.1), ImageFont.load_default(points * 0.9)
    lines = _wrapped(_drawable(prompt, text), text, measures.room)
    widths = [title.getlength("sandbox"), *(text.getlength(line) for line in lines)]
    width = int(min(size[0] - 2, max(widths) + 2 * pad))
    height = measures.height(len(lines))
    result = Image.new("RGBA", (width * 2, height * 2), (*PLATE, 0))
    ImageDraw.Draw(result).rounded_rectangle((0, 0, width * 2 - 1, height * 2 - 1), points * 0.9, (*PLATE, COVER))
    result = result.reduce(2)
    draw = ImageDraw.Draw(result)
    draw.text((pad, pad * 0.6), "sandbox", font=title, fill=(*_INK, 255))
    for row, line in enumerate(lines, 1):
        draw.text((pad, pad * 0.7 + points * 1.25 * row), line, font=text, fill=(*_INK, 215))
    return result


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = len(lines) > MOST_LINES
    lines = [_cut(line, font, room) for line in lines[:MOST_LINES]]
    if cut and not lines[-1].endswith("…"):
        lines[-1] = _cut(lines[-1] + " …", font, room)
    return lines


def _cut(line: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room: float) -> str:
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(line + "…") > room:
        line = line[:-1]
    return line.rstrip() + "…"


def _drawable(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    missing = bytes(font.getmask("\U0010fffd"))
    drawn = ""
    for character in unicodedata.normalize("NFC", " ".join(text[:400].split())):
        glyph = _glyph(character, font, missing)
        drawn += "" if glyph == _DOT and drawn.endswith(_DOT) else glyph
    return drawn


def _glyph(character: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, missing: bytes) -> str:
    if not character.isprintable():
        return ""
    plain = unicodedata.normalize("NFKD", character)[0]
    if " " <= plain <= "~":
        return plain
    return character if bytes(font.getmask(character)) != missing else _DOT
