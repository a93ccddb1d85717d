"""Requests to every published model: what fits is built from flags, what does not fit is refused."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from inference_cli.catalogue import names
from inference_cli.catalogue.check import check
from inference_cli.catalogue.flags import Attached, Common
from inference_cli.catalogue.request import Request, build
from inference_cli.errors import ParameterError
from inference_cli.money.price import estimate
from tests.support import proof
from tests.support.models import published, with_parameters
from tests.support.program import Finished
from tests.support.wire import Wired
from tests.support.wishes import Wish
from tests.support.wrongs import Wrong

FOX = Attached("fox.png", "data:image/png;base64,AAAA")
FILM = Attached("waves.mp4", "https://example.com/waves.mp4")

every_model = pytest.mark.parametrize("name", with_parameters())


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Wired:
    """The whole program, before a service that knows every model and counts what it is asked."""
    return Wired(tmp_path_factory.mktemp("wired"))


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", proof.with_a_command())
def test_what_fits_is_built_by_the_command(name: str, wired: Wired) -> None:
    """The least request, all parameters by flags, all by ``-p``: each as wished for, and as the sandbox takes it."""
    tally = proof.accepted(name, wired)
    assert (tally.problems, tally.valid) == ([], 4)


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", proof.with_a_command())
def test_every_kind_of_fault_is_refused_by_the_command(name: str, wired: Wired) -> None:
    """Exit 2, each fault in a line of its own under the words that were typed, and no request that could cost."""
    tally = proof.refused(name, wired)
    assert tally.problems == []
    assert tally.refused.total() > 10


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", proof.without_one())
def test_a_model_of_another_kind_is_refused_by_every_command(name: str, wired: Wired) -> None:
    """Text and sound are not what pictures and films are made with, and the queue takes neither."""
    assert proof.turned_away(name, wired).problems == []


KEYWORDS: dict[str, str | None] = {
    "type": "wrong type",
    "properties": "unknown key",
    "required": "missing",
    "items": "wrong type",
    "enum": "outside the options",
    "minimum": "below the range",
    "maximum": "above the range",
    "minItems": "too few",
    "maxItems": "too many",
    "maxLength": "too long",
    "format": "no URL",
    "oneOf": "either … or",
    "dependentRequired": "needs another",
    "x-media": "other media",
    "x-shared-limit": "shared limit",
    "x-total-duration": "all shots together",
    "x-example-contradicts-type": "wrong type",
    "$schema": None,
    "default": None,
    "x-walkthrough-default": None,
    "x-from-walkthrough": None,
    "x-inferred-from": None,
}
"""Every keyword of the published schemas, and the kind of fault that it makes; None where it forbids nothing."""


def keywords(schema: object, *, named: bool = False) -> Iterator[str]:
    """Those of a schema; below ``properties`` stand names, which are none."""
    if not isinstance(schema, Mapping):
        return
    for word, inside in schema.items():
        if not named:
            yield word
        if named or word in {"items", "properties"}:
            yield from keywords(inside, named=word == "properties" and not named)
        for option in inside if word == "oneOf" and not named else ():
            yield from keywords(option)


def test_every_keyword_of_every_schema_is_known() -> None:
    """A new one needs a sentence, and a kind of fault that is proved; none is a description that states a limit."""
    assert {word for name in with_parameters() for word in keywords(published()[name].schema)} == KEYWORDS.keys()
    assert {kind for kind in KEYWORDS.values() if kind} <= proof.SAYS.keys()


def test_the_proof_would_notice() -> None:
    """A fault that is let through, or told in other words, is a problem; so is a request that could cost."""
    wrong = Wrong((), (("unknown key", "-p a=1"), ("unknown key", "-p b=2")))
    told = Finished(2, "", "error: x\n  -p a=1  no such parameter\n")
    assert list(proof._untold(wrong, told)) == [f"-p b=2 is not told: {told.err}"]
    assert next(proof._untold(wrong, Finished(0, "", told.err))) == "exit 0, ''"
    wish = Wish("flux-1-dev", [], {"prompt": "a", "seed": 1})
    request = {"request": {"bodies": [{"model": "flux-1-dev", "prompt": "a", "seed": True}]}}
    assert proof._unlike(wish, Finished(0, json.dumps(request), "")) is not None
    request["request"]["bodies"][0]["seed"] = 1
    assert proof._unlike(wish, Finished(0, json.dumps(request), "")) is None


def test_the_wire_notices_what_could_cost(tmp_path: Path) -> None:
    """Without a fault and without --dry-run a request goes out, and is counted."""
    wired = Wired(tmp_path)
    assert wired("image", "a fox", "-m", "flux-1-dev", "--yes", "--no-retry").code != 0
    assert (wired.wire.costly, wired.wire.free > 0) == (["POST /api/ai/images/generate"], True)


def parts(name: str) -> dict[str, Any]:
    """A model's parameters."""
    schema = published()[name].schema
    assert schema is not None
    return dict(schema["properties"])


def needed(name: str) -> list[str]:
    """Those that must be given."""
    schema = published()[name].schema
    assert schema is not None
    return list(schema.get("required", []))


def first(name: str, candidates: tuple[str, ...]) -> str | None:
    """The first of some names that a model has."""
    return next((one for one in candidates if one in parts(name)), None)


def fitting(part: Mapping[str, Any]) -> str:
    """A value that a parameter takes, as ``-p`` has it."""
    if "enum" in part:
        return str(part["enum"][0])
    if part["type"] in {"integer", "number"}:
        return str(part.get("minimum", part.get("maximum", 1)))
    return "https://example.com/sound.wav" if part.get("x-media") else "yes"


def by_flags(name: str, **more: Any) -> Request:
    """A request with all that the model must have, by flags as far as there are flags."""
    required = needed(name)
    flags: dict[str, Any] = {}
    if set(names.IMAGES) & set(required):
        flags["images"] = (FOX,)
    if set(names.VIDEOS) & set(required):
        flags["video"] = FILM
    done = {"prompt", *names.IMAGES, *names.VIDEOS}
    params = [f"{one}={fitting(parts(name)[one])}" for one in required if one not in done]
    prompt = "a red fox" if "prompt" in parts(name) or not required else None
    flags.update(more.pop("flags", {}))
    params.extend(more.pop("params", []))
    return build(published()[name], prompt=prompt, common=Common(**flags), params=params, **more)


def passes(name: str, request: Request) -> bool:
    """Whether a request fits; what does not is raised."""
    return check(published()[name].schema, request) == ()


def refusal(name: str, request: Request) -> tuple[str, ...]:
    """The lines of the error."""
    with pytest.raises(ParameterError) as error:
        check(published()[name].schema, request)
    return error.value.details


def test_there_are_as_many_as_were_published() -> None:
    """123 models have a schema; 11 of them take no prompt at all."""
    assert len(with_parameters()) == 123
    assert sum(by_flags(name).prompt is None for name in with_parameters()) == 11


@every_model
def test_what_a_model_needs_can_be_given_by_flags(name: str) -> None:
    """The least request fits every model."""
    assert passes(name, by_flags(name))


@every_model
def test_every_option_of_a_common_flag_arrives(name: str) -> None:
    """Whatever ``--aspect-ratio``, ``--size`` and ``--duration`` may say in a model's own words, it gets exactly that."""
    for flag, candidates in (
        ("aspect_ratio", names.ASPECT_RATIOS),
        ("duration", names.DURATIONS),
        ("size", names.SIZES),
    ):
        own = first(name, candidates)
        for option in parts(name)[own].get("enum", ()) if own else ():
            request = by_flags(name, flags={flag: str(option)}) if own not in needed(name) else None
            if request is not None:
                assert passes(name, request)
                assert request.body[str(own)] == option
                assert type(request.body[str(own)]) is type(option)


@every_model
def test_seconds_fit_whatever_the_type_of_a_duration(name: str) -> None:
    """``--duration 5s`` and ``5`` are the same, as integer, number or text."""
    own = first(name, names.DURATIONS)
    if own is None:
        return
    part = parts(name)[own]
    for option in part.get("enum", [5]):
        seconds = str(option).removesuffix("s")
        if seconds.isdigit() and seconds != "0":
            for text in (seconds, f"{seconds}s", f"{seconds}.0", f"{seconds} sec"):
                request = by_flags(name, flags={"duration": text})
                assert passes(name, request)
                assert request.body[own] == option


@every_model
def test_an_automatic_duration_has_one_word(name: str) -> None:
    """``--duration auto`` is -1, 0 or "auto", and refused where the model has none of them."""
    own = first(name, names.DURATIONS)
    if own is None:
        return
    options = parts(name)[own].get("enum", [])
    automatic = [option for option in options if option in {"auto", -1, 0}]
    request = by_flags(name, flags={"duration": "auto"})
    if automatic:
        assert passes(name, request)
        assert request.body[own] == automatic[0]
    else:
        assert refusal(name, request)[0].startswith("--duration auto")


@every_model
def test_common_ratios_arrive_or_are_refused_with_the_right_ones(name: str) -> None:
    """16:9, 9:16 and 1:1 become the model's own words; where it has no shape at all, the parameters are listed."""
    if "aspect_ratio" in needed(name):
        return
    for ratio in ("16:9", "9:16", "1:1"):
        request = by_flags(name, flags={"aspect_ratio": ratio})
        try:
            assert passes(name, request)
        except ParameterError as error:
            line = error.details[0]
            assert line.startswith(f"--aspect-ratio {ratio}")
            assert "must be " in line or "no parameter for it; there are " in line


@every_model
def test_pictures_arrive_under_a_name_that_takes_pictures(name: str) -> None:
    """``-i`` finds the parameter, a list where the schema says so; a model without one says what it has."""
    pictures = [one for one in names.IMAGES if one in parts(name)]
    request = by_flags(name, flags={"images": (FOX,)})
    if not pictures:
        assert refusal(name, request)[0].startswith("-i fox.png          no parameter for it; there are ")
        return
    own = pictures[0]
    assert passes(name, request)
    assert parts(name)[own]["x-media"] == "image"
    assert request.body[own] == ([FOX.value] if parts(name)[own]["type"] == "array" else FOX.value)


@every_model
def test_several_pictures_arrive_or_are_too_many(name: str) -> None:
    """Two pictures go into a list; a model that takes one says so."""
    request = by_flags(name, flags={"images": (FOX, FOX)})
    pictures = [one for one in names.IMAGES if one in parts(name)]
    if any(parts(name)[one]["type"] == "array" for one in pictures):
        assert passes(name, request)
        assert str(request.body).count(FOX.value) == 2
    elif pictures:
        assert refusal(name, request) == (f"-i fox.png -i fox.png  {pictures[0]} takes one image",)


@every_model
def test_first_and_last_frames_and_films(name: str) -> None:
    """Each arrives under its own name, or the model is said to have none for it."""
    for flag, candidates in (("last_frame", names.LAST_FRAMES), ("video", names.VIDEOS)):
        own = first(name, candidates)
        request = by_flags(name, flags={flag: FILM})
        if own is None:
            assert any("no parameter for it" in line for line in refusal(name, request))
        else:
            assert request.body[own] == ([FILM.value] if parts(name)[own]["type"] == "array" else FILM.value)
    request = by_flags(name, flags={"images": (), "first_frame": FOX})
    placed = [one for one, value in request.body.items() if value == FOX.value]
    assert len(placed) == 1 or any(fault.sentence.startswith("no parameter") for fault in request.faults)
    assert not placed or parts(name)[placed[0]]["x-media"] == "image"


@every_model
def test_sound_and_seed(name: str) -> None:
    """``--with-audio`` and ``--seed`` are known by the names of the schema alone."""
    for flag, own, value in (("with_audio", "generate_audio", True), ("seed", "seed", 7)):
        request = by_flags(name, flags={flag: value})
        if own in parts(name):
            assert passes(name, request)
            assert request.body[own] == value
        else:
            assert len(refusal(name, request)) == 1
    request = by_flags(name)
    assert request.seed_parameter == ("seed" if "seed" in parts(name) else None)
    assert request.count_parameter == ("num_images" if "num_images" in parts(name) else None)


@every_model
def test_the_extension_of_the_output_sets_its_format(name: str) -> None:
    """The names jpg and jpeg are one; what the model cannot make is left to it."""
    options = parts(name).get("output_format", {}).get("enum", [])
    for extension in ("png", "jpg", "jpeg", "webp", "mp4", "wav"):
        request = by_flags(name, output_format=extension)
        same = {extension, {"jpg": "jpeg", "jpeg": "jpg"}.get(extension, extension)}
        assert request.output_format == next((one for one in sorted(same) if one in options), None)
        assert passes(name, request)


@every_model
def test_an_unknown_key_is_refused(name: str) -> None:
    """Although no schema forbids it; what every model knows is let through."""
    request = by_flags(name, params=["promt=x", "target_repo=mine"])
    close = "" if request.prompt is None else "; did you mean prompt?"
    lines = refusal(name, request)
    assert len(lines) == 1
    assert lines[0].startswith("-p promt=x          no such parameter")
    assert not close or lines[0].endswith(close)


def outside(part: Mapping[str, Any]) -> list[str]:
    """Values that a parameter does not take, as ``-p`` has them."""
    if "enum" in part:
        return ["nonsense", "-77"]
    kinds = {
        "integer": ["1.5", "many"],
        "number": ["many"],
        "boolean": ["maybe"],
        "string": [],
        "array": [],
        "object": ["x"],
    }
    found = list(kinds[part["type"]])
    found.extend([str(part["minimum"] - 1)] if "minimum" in part else [])
    found.extend([str(part["maximum"] + 1)] if "maximum" in part else [])
    found.extend(["x" * (part["maxLength"] + 1)] if "maxLength" in part else [])
    found.extend(["no-url.png"] if part.get("format") == "uri" else [])
    return found


@every_model
def test_a_value_outside_is_refused(name: str) -> None:
    """Every parameter of every model: outside its options, its range, its length, its type."""
    for own, part in parts(name).items():
        for value in outside(part):
            lines = refusal(name, build(published()[name], params=[f"{own}={value}"]))
            mine = [line for line in lines if line.startswith(f"-p {own}={value}"[:39])]
            assert mine, (own, value, lines)


@every_model
def test_defaults_fit(name: str) -> None:
    """What a schema takes by default passes the check, typed as text on the command line."""
    given = {one: part["default"] for one, part in parts(name).items() if part.get("default") not in (None, [], "")}
    params = [f"{one}={'yes' if value is True else 'no' if value is False else value}" for one, value in given.items()]
    params = [param for param in params if param.partition("=")[0] not in {"prompt", *needed(name)}]
    request = by_flags(name, params=params)
    assert passes(name, request)
    expected = {one: value for one, value in given.items() if one not in {"prompt", "num_images", *needed(name)}}
    assert {one: request.body[one] for one in expected} == expected


@every_model
def test_every_price_is_an_amount_or_a_named_gap(name: str) -> None:
    """No model is free by accident."""
    model = published()[name]
    found = estimate(model.pricing, by_flags(name).body, schema=model.schema, count=2)
    assert (found.amount is None) == bool(found.unpriced)
    assert found.amount is None or found.amount > 0
