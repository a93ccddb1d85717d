"""Takes the sandbox's plate off a picture that comes back as an input, so that it does not shine through a new one."""

from itertools import accumulate

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from inference_cli.sandbox.lettering import COVER, MOST_LINES, PLATE, Measures

_THROUGH = 125  # levels: white looks a little darker than this through a plate
_CONTRAST = 60  # levels: how much brighter than the plate its letters are at least, on average
_STROKE = 14  # levels: how much brighter than the plate around it the thinnest stroke of a letter is
_FAINT = 1  # levels: a plate that shades less than this, on average, lies on black and hides nothing

Box = tuple[int, int, int, int]


def peeled(picture: Image.Image) -> Image.Image:
    """An RGB picture without the sandbox's plate: what it shaded is lightened again, its letters are filled in.

    A picture that has none comes back as it is.
    """
    measures = Measures(picture.size)
    title = measures.title()
    for lines in range(MOST_LINES + 1):
        left, bottom = measures.margin, picture.height - measures.margin
        top = bottom - measures.height(lines)
        if top > 0 and left + title.width < picture.width and _shows(picture, title, (left, top)):
            least = left + title.width
            most = max(least, min(picture.width - 1, left + round(measures.room + 2 * measures.pad)))
            right = _right_end(picture, (left, top, most, bottom), least)
            return _without(picture, measures, (left, top, right or most, bottom), shades=right is not None)
    return picture


def _shows(picture: Image.Image, title: Image.Image, corner: tuple[int, int]) -> bool:
    # Light letters exactly where the sandbox writes them, and the dark of the plate around them.
    part = picture.crop((*corner, corner[0] + title.width, corner[1] + title.height)).convert("L")
    most = round(float(title.getextrema()[1]) * 0.8)  # type: ignore[arg-type]
    ink = title.point([0] * most + [255] * (256 - most))
    light = ImageStat.Stat(part, ink).mean[0]
    dark = ImageStat.Stat(part, title.point([255] + [0] * 255)).mean[0]
    wanted = ImageStat.Stat(title, ink).mean[0]
    return dark < _THROUGH and light - dark > _CONTRAST and light > wanted - 50


def _right_end(picture: Image.Image, within: Box, least: int) -> int | None:
    # Where the plate ends, going by what lightening does to its upper, lower and right edge: inside, both sides of an
    # edge become alike; outside, they become different. None when there is no telling, since all is black.
    left, top, most, bottom = within
    rows = [
        (picture.crop((left, y, most, y + 1)), picture.crop((left, z, most, z + 1))) for y, z in _edges(top, bottom)
    ]
    gains = [_gains(shaded, lit) for shaded, lit in rows]
    along = list(accumulate((sum(each) for each in zip(*gains, strict=True)), initial=0.0))
    inset = max(1, (bottom - top) // 6)
    shaded = picture.crop((least - 1, top + inset, most, bottom - inset))
    lit = picture.crop((least, top + inset, most + 1, bottom - inset))
    across = _gains(shaded, lit)
    score, place = max((along[least + x - left] + gain * shaded.height, -x) for x, gain in enumerate(across))
    return least - place if score > _FAINT * 2 * (least - left) else None


def _edges(top: int, bottom: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (top, top - 1), (bottom - 1, bottom)


def _gains(shaded: Image.Image, lit: Image.Image) -> list[float]:
    # By column, in levels: how much more alike two neighbours are once the first is lightened.
    before, after = ImageChops.difference(shaded, lit), ImageChops.difference(_lightened(shaded), lit)
    columns = [
        difference.convert("L").resize((difference.width, 1), Image.Resampling.BOX).tobytes()
        for difference in (before, after)
    ]
    return [float(one - two) for one, two in zip(*columns, strict=True)]


def _lightened(picture: Image.Image) -> Image.Image:
    share = COVER / 255
    return picture.point(
        [
            round(min(255.0, max(0.0, (value - channel * share) / (1 - share))))
            for channel in PLATE
            for value in range(256)
        ]
    )


def _without(picture: Image.Image, measures: Measures, plate: Box, *, shades: bool) -> Image.Image:
    left, top, right, bottom = plate
    reach = round(measures.points)
    box = (
        max(0, left - reach),
        max(0, top - reach),
        min(picture.width, right + reach),
        min(picture.height, bottom + reach),
    )
    part = picture.crop(box)
    inner = left - box[0], top - box[1], right - box[0], bottom - box[1]
    gone = Image.new("L", part.size)
    gone.paste(_letters(part.crop(inner).convert("L"), measures), inner)
    if shades:
        part.paste(_lightened(part.crop(inner)), inner)
        gone = ImageChops.lighter(gone, _rim(part.size, inner, measures))
    part.paste(_ground(part, measures), (0, 0), gone.filter(ImageFilter.MaxFilter(_window(measures.points / 12))))
    result = picture.copy()
    result.paste(part, box[:2])
    return result


def _letters(plate: Image.Image, measures: Measures) -> Image.Image:
    # What is brighter than anything seen through a plate, and beside it what is brighter than its surroundings.
    certain = plate.point([0] * _THROUGH + [255] * (256 - _THROUGH))
    certain = certain.filter(ImageFilter.BoxBlur(measures.points * 0.4)).point([0] + [255] * 255)
    stroke = ImageChops.subtract(plate, _ground(plate, measures)).point([0] * _STROKE + [255] * (256 - _STROKE))
    return ImageChops.multiply(certain, stroke)


def _ground(picture: Image.Image, measures: Measures) -> Image.Image:
    # The picture behind the letters: they are the brightest there is, so of the pixels around one the darker half is
    # the picture's. Every few pixels will do: to sort them all takes seconds in a large picture.
    step = max(1, round(measures.points / 7))
    few = picture.resize((-(-picture.width // step), -(-picture.height // step)), Image.Resampling.NEAREST)
    wide = _window(measures.points * 0.4 / step)
    few = few.filter(ImageFilter.RankFilter(wide, wide * wide // 3))
    return few.resize(picture.size, Image.Resampling.BICUBIC).filter(ImageFilter.BoxBlur(1))


def _window(reach: float) -> int:
    return 2 * max(1, round(reach)) + 1


def _rim(size: tuple[int, int], inner: Box, measures: Measures) -> Image.Image:
    # The plate's edge, with its round corners: shaded less than the rest of it, or not at all.
    rim = Image.new("L", size)
    draw = ImageDraw.Draw(rim)
    left, top, right, bottom = inner
    draw.rectangle((left, top, right - 1, bottom - 1), fill=255)
    draw.rounded_rectangle((left + 1, top + 1, right - 2, bottom - 2), measures.points * 0.45, fill=0)
    return rim
