"""The common flags (``--aspect-ratio``, ``--duration``, ``-i`` …) in the names and types of the model's own schema."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inference_cli.catalogue import durations, names, schema as schemas, shapes, shots
from inference_cli.catalogue.faults import Fault, shortened
from inference_cli.catalogue.schema import Schema
from inference_cli.frozen import dataclass, field

_FASTEST = 1000  # frames a second; more are no rate, and their film no length


@dataclass(frozen=True, slots=True)
class Attached:
    """An input that is read already: how it was named, and the data URL or https URL that is sent."""

    spelled: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What the common flags say; the names are those of the flags."""

    aspect_ratio: str | None = None
    size: str | None = None
    duration: str | None = None
    seed: int | None = None
    images: tuple[Attached, ...] = ()
    first_frame: Attached | None = None
    last_frame: Attached | None = None
    video: Attached | None = None
    with_audio: bool = False
    shots: tuple[str, ...] = ()


@dataclass(slots=True)
class Placed:
    """Values by the model's own names, how each was spelled, what does not fit, and what is worth a note."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(self, name: str, value: Any, spelling: str) -> None:
        """Set one parameter; two flags that name it are a fault."""
        if name in self.values:
            self.faults.append(Fault(spelling, f"names {name}, as {self.origins[name]} does", final=True))
            return
        self.values[name] = value
        self.origins[name] = spelling


def place(
    common: Common,
    schema: Schema | None,
    *,
    validate: bool = True,
    beside: Mapping[str, Any] | None = None,
    makes: Sequence[str] = (),
) -> Placed:
    """Put every flag into the parameter that the model has for it.

    Args:
        common: the flags that were given.
        schema: the model's; without one, and where ``validate`` is off and it has no fitting parameter, the name that
            most models use is sent.
        validate: whether a flag that the model has no parameter for is a fault.
        beside: the parameters of ``-p`` and ``--input``: a length in frames needs the rate that they ask for.
        makes: the media that the model makes, where that is known: only a film has a first frame.
    """
    return _Placing(schema, validate=validate, beside=beside or {}, makes=makes).all(common)


class _Placing:
    def __init__(
        self, schema: Schema | None, *, validate: bool, beside: Mapping[str, Any], makes: Sequence[str]
    ) -> None:
        self._schema = schema or {}
        self._parts = schemas.properties(schema)
        self._validate = validate and bool(self._parts)
        self._beside = beside
        self._films = not makes or "video" in makes
        self._placed = Placed()

    def all(self, common: Common) -> Placed:
        """Every flag, in the order in which people expect their faults."""
        if common.shots:
            self._shots(common.shots)
        if common.duration is not None:
            self._duration(common.duration)
        if common.aspect_ratio is not None:
            self._aspect_ratio(common.aspect_ratio)
        if common.size is not None:
            self._size(common.size)
        if common.seed is not None:
            self._plain("seed", names.SEEDS, common.seed, f"--seed {common.seed}")
        if common.with_audio:
            self._plain("with_audio", names.AUDIO, value=True, spelling="--with-audio")
        self._pictures(common)
        if common.video:
            self._plain("video", names.VIDEOS, common.video.value, f"--video {common.video.spelled}")
        return self._placed

    # ------------------------------------------------------------------ one value, one name

    def _plain(self, flag: str, candidates: Iterable[str], value: Any, spelling: str) -> None:
        name = self._first(candidates)
        if name is None:
            self._nowhere(flag, value, spelling)
            return
        self._placed.put(name, [value] if self._is_list(name) else value, spelling)

    def _first(self, candidates: Iterable[str]) -> str | None:
        return next((name for name in candidates if name in self._parts), None)

    def _is_list(self, name: str) -> bool:
        return schemas.is_list(self._parts[name], self._schema)

    def _options(self, name: str) -> list[Any]:
        return schemas.options(self._parts[name], self._schema)

    def _nowhere(self, flag: str, value: Any, spelling: str) -> None:
        """The model has no parameter for a flag: a fault that lists what it has, or the usual name unchecked."""
        if self._validate:
            there = ", ".join(self._parts)
            seen = any(fault.sentence.startswith("no parameter for it") for fault in self._placed.faults)
            self._placed.faults.append(
                Fault(spelling, "no parameter for it" + ("" if seen else f"; there are {there}"))
            )
            return
        name = names.GENERIC[flag]
        if self._parts:
            self._placed.notes.append(f"the model has no parameter for {spelling}; it is sent as {name}")
        self._placed.put(name, value, spelling)

    # ------------------------------------------------------------------ shots and lengths

    def _shots(self, texts: tuple[str, ...]) -> None:
        spelling = f'--shot "{shortened(texts[0], 24)}"' + (" …" if len(texts) > 1 else "")
        parsed = []
        for text in texts:
            own = f'--shot "{text}"'
            try:
                parsed.append(shots.parse(text))
                self._placed.origins[f"multi_prompt[{len(parsed) - 1}]"] = own
            except ValueError:
                self._placed.faults.append(Fault(own, 'must be seconds and what to show: "5s: a fox"', final=True))
        if "multi_prompt" in self._parts or schemas.leaves_the_prompt_out(self._schema):
            self._placed.put("multi_prompt", parsed, spelling)
        else:
            self._nowhere("shots", parsed, spelling)

    def _duration(self, text: str) -> None:
        spelling = f"--duration {text}"
        name = self._first(names.DURATIONS)
        if name is not None:
            types = schemas.types(self._parts[name], self._schema)
            value = durations.fitted(text, types, self._options(name))
            self._placed.put(name, value, spelling)
            if name in names.DURATIONS_OF_A_PART:
                self._placed.notes.append(f"{spelling} is sent as {name} {value}")
        elif (frames := self._frames(text)) is not None:
            self._placed.put(*frames, spelling)
        else:
            self._nowhere("duration", durations.fitted(text, frozenset(), ()), spelling)

    def _frames(self, text: str) -> tuple[str, int] | None:
        """A length as a number of frames, where the model has that and the rate; one frame ends the last second."""
        name, rate = self._first(names.FRAMES), self._first(names.FRAME_RATES)
        seconds = durations.seconds(text)
        usual = self._beside.get(rate, self._parts[rate].get("default")) if rate else None
        if name is None or seconds is None or not isinstance(usual, int | float) or isinstance(usual, bool):
            return None
        frames = round(seconds * usual) + 1 if abs(usual) < _FASTEST else 0
        self._placed.notes.append(f"--duration {text} is sent as {name} {frames} ({usual:g} a second)")
        return name, frames

    # ------------------------------------------------------------------ shapes

    def _aspect_ratio(self, text: str) -> None:
        spelling = f"--aspect-ratio {text}"
        name = self._first(names.ASPECT_RATIOS)
        if name is not None:
            value = shapes.aspect(text, self._options(name), self._parts[name].get("default"))
            self._shape(name, text, value, spelling)
            return
        for other in (one for one in names.SIZES if one in self._parts):
            value = shapes.aspect(text, self._options(other), self._parts[other].get("default"))
            if value is not None or any(shapes.ratio_of(str(option)) for option in self._options(other)):
                self._shape(other, text, value, spelling)
                return
        frame = self._frame(text)
        if frame is None:
            self._nowhere("aspect_ratio", text, spelling)
            return
        self._placed.put("width", frame[0], spelling)
        self._placed.put("height", frame[1], spelling)
        self._placed.notes.append(f"{spelling} is sent as width {frame[0]} and height {frame[1]}")

    def _shape(self, name: str, text: str, value: str | None, spelling: str) -> None:
        renamed = name not in names.ASPECT_RATIOS or shapes.ratio_of(value or "") != shapes.ratio_of(
            text.strip().lower()
        )
        if value is not None and renamed:
            self._placed.notes.append(f"{spelling} is sent as {name} {value}")
        self._placed.put(name, text if value is None else value, spelling)

    def _frame(self, text: str) -> tuple[int, int] | None:
        """Width and height of a ratio for a model that takes both as numbers."""
        ratio = shapes.ratio_of(text.strip().lower())
        sides = [self._parts.get("width"), self._parts.get("height")]
        bounds = [part.get("maximum") if part else None for part in sides]
        usual = [part.get("default") if part else None for part in sides]
        numbers = [side for side in (*bounds, *usual) if isinstance(side, int) and not isinstance(side, bool)]
        if ratio is None or len(numbers) != len((*bounds, *usual)):
            return None
        return shapes.fitted(ratio, (numbers[2], numbers[3]), (numbers[0], numbers[1]))

    def _size(self, text: str) -> None:
        spelling = f"--size {text}"
        there = [name for name in names.SIZES if name in self._parts]
        for name in there:
            value = shapes.size(text, self._options(name))
            if value is not None:
                self._placed.put(name, value, spelling)
                return
        pixels = shapes.pixels(text)
        if {"width", "height"} <= self._parts.keys() and (pixels or not there):
            self._sides(pixels, spelling)
            return
        if not there:
            self._nowhere("size", text, spelling)
            return
        takes_both = pixels and "object" in schemas.types(self._parts[there[0]], self._schema)
        self._placed.put(
            there[0], dict(zip(("width", "height"), pixels or (), strict=False)) if takes_both else text, spelling
        )

    def _sides(self, pixels: tuple[int, int] | None, spelling: str) -> None:
        """Width and height as two numbers."""
        if pixels is None:
            self._placed.faults.append(Fault(spelling, "must be width and height, such as 640x480"))
            return
        self._placed.put("width", pixels[0], spelling)
        self._placed.put("height", pixels[1], spelling)

    # ------------------------------------------------------------------ pictures

    def _pictures(self, common: Common) -> None:
        if common.first_frame:
            first = self._first(names.FIRST_FRAMES) or self._only_picture()
            spelling = f"--first-frame {common.first_frame.spelled}"
            self._plain("first_frame", (first,) if first else (), common.first_frame.value, spelling)
        if common.images:
            self._images(common.images)
        if common.last_frame:
            spelling = f"--last-frame {common.last_frame.spelled}"
            self._plain("last_frame", names.LAST_FRAMES, common.last_frame.value, spelling)

    def _only_picture(self) -> str | None:
        """The single picture that a film begins with, in a model that is not about changing a film."""
        needs_a_film = set(names.VIDEOS) & set(schemas.required(self._schema))
        name = self._first(names.FIRST_FRAMES_BY_ANOTHER_NAME)
        return None if name is None or needs_a_film or not self._films or self._is_list(name) else name

    def _images(self, images: tuple[Attached, ...]) -> None:
        spelling = " ".join(f"-i {image.spelled}" for image in images)
        there = [name for name in names.IMAGES if name in self._parts] or self._other_pictures()
        free = [name for name in there if name not in self._placed.values] or there
        if not free:
            values = [image.value for image in images]
            self._nowhere("images", values if len(values) > 1 else values[0], spelling)
            return
        first, several = free[0], next((name for name in free if self._is_list(name)), None)
        if self._is_list(first):
            self._list_of(first, images)
        elif len(images) == 1:
            self._placed.put(first, images[0].value, spelling)
            if several and first not in schemas.required(self._schema):
                self._placed.notes.append(f"{spelling} is sent as {first}; there is {several} as well, for several")
        elif several and first in schemas.required(self._schema):
            self._placed.put(first, images[0].value, f"-i {images[0].spelled}")
            self._list_of(several, images[1:])
        elif several or not self._validate:
            self._list_of(several or first, images)
        else:
            self._placed.faults.append(Fault(spelling, f"{first} takes one image"))
            self._placed.origins.setdefault(first, spelling)

    def _list_of(self, name: str, images: Sequence[Attached]) -> None:
        """Pictures as a list; each has an origin of its own."""
        self._placed.put(name, [image.value for image in images], " ".join(f"-i {image.spelled}" for image in images))
        for number, image in enumerate(images):
            self._placed.origins.setdefault(f"{name}[{number}]", f"-i {image.spelled}")

    def _other_pictures(self) -> list[str]:
        """The one parameter that takes pictures under a name of its own; masks and last frames are no such."""
        pictures = [
            name
            for name, part in self._parts.items()
            if schemas.media(part, self._schema) == "image" and name not in names.LAST_FRAMES and "mask" not in name
        ]
        return pictures if len(pictures) == 1 else []
