"""The word "sandbox" and the prompt in a corner, so that nobody mistakes an offline picture for a paid one."""

import unicodedata

from PIL import Image, ImageDraw, ImageFont

_DOT = "·"
_INK, _PLATE = (255, 255, 255), (12, 14, 20)


def label(picture: Image.Image, prompt: str) -> None:
    """Put the plate into the lower left corner of an RGB picture, in place."""
    Plate(picture.size, prompt).onto(picture)


class Plate:
    """The plate for pictures of one size: "sandbox", and at most two lines of the prompt.

    Characters that the built-in font lacks lose their accents, or a run of them becomes one middle dot.
    """

    def __init__(self, size: tuple[int, int], prompt: str) -> None:
        self._made = _plate(size, prompt)
        margin = max(2, min(size) // 40)
        self._corner = margin, size[1] - margin - self._made.height
        self._mask = self._made.getchannel("A")

    def onto(self, picture: Image.Image) -> None:
        """Put it into the lower left corner, in place."""
        picture.paste(self._made, self._corner, self._mask)


def _plate(size: tuple[int, int], prompt: str) -> Image.Image:
    points = max(6.0, min(size) / 34)
    title, text = ImageFont.load_default(points * 1.1), ImageFont.load_default(points * 0.9)
    room = max(20.0, size[0] * 0.6)
    lines = _wrapped(_drawable(prompt, text), text, room)
    pad = points * 0.6
    widths = [title.getlength("sandbox"), *(text.getlength(line) for line in lines)]
    width = int(min(size[0] - 2, max(widths) + 2 * pad))
    height = int(min(size[1] - 2, pad * 1.6 + points * 1.25 * (1 + len(lines))))
    result = Image.new("RGBA", (width * 2, height * 2), (*_PLATE, 0))
    ImageDraw.Draw(result).rounded_rectangle((0, 0, width * 2 - 1, height * 2 - 1), points * 0.9, (*_PLATE, 160))
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
    cut = len(lines) > 2
    lines = [_cut(line, font, room) for line in lines[:2]]
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
