"""From flags to a checked, priced order."""

from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from tests.support.listing import FOX, Library, reader_of
from tests.support.program import Program

ASK = ("--dry-run", "--jq", ".request")


def test_an_edit_goes_to_its_own_route_with_the_default_model_for_it(program: Program, tmp_path: Path) -> None:
    """A picture as input makes it one."""
    made = tmp_path / "fox.png"
    program("--sandbox", "image", "a fox", "--aspect-ratio", "1:1", "-o", str(made))

    request = program("--sandbox", "image", "make it night", "-i", str(made), *ASK).json

    assert (request["path"], request["bodies"][0]["model"]) == ("/ai/images/edit", "qwen-image-edit")
    assert request["bodies"][0]["input_image"].startswith("data:image/png;base64,… (")


def test_the_profile_names_the_model(program: Program) -> None:
    """For each kind of work one; a flag wins, and an alias stands for it."""
    program("--sandbox", "config", "set", "model_image", "flux-1-dev")
    program("--sandbox", "config", "set", "aliases.fast", "flux-2-dev")

    assert program("--sandbox", "image", "x", *ASK).json["bodies"][0]["model"] == "flux-1-dev"
    assert program("--sandbox", "image", "x", "-m", "fast", *ASK).json["bodies"][0]["model"] == "flux-2-dev"


@pytest.mark.parametrize(
    ("flags", "api", "path"),
    [
        ((), "current", "/ai/queue"),
        (("--sync",), "current", "/ai/videos/generate"),
        (("--response-format", "b64_json"), "current", "/ai/videos/generate"),
        ((), "2026-04", "/videos/generate"),
        (("--queue",), "2026-04", "/ai/queue"),
    ],
)
def test_films_go_through_the_queue_where_it_has_links(
    program: Program, flags: tuple[str, ...], api: str, path: str
) -> None:
    """In 2026-04 a queued result has none, so films go direct as well (interface contract, ``--queue``)."""
    program("--sandbox", "config", "set", "api", api)

    done = program("--sandbox", "video", "waves", *flags, *ASK)

    assert done.json["path"] == path
    assert ("a queued result has no link" in done.err) == (api == "2026-04" and "--queue" in flags)


def test_a_film_that_does_not_fit_is_refused_with_all_its_faults(program: Program) -> None:
    """One line each, under the words that the user wrote."""
    done = program("--sandbox", "video", "a bird", "--duration", "7", "-p", "aspect=16:9")

    assert done.code == 2
    assert done.err.splitlines()[:3] == [
        "error: 2 parameters do not fit kling-video-v2-6-pro-text-to-video",
        "  --duration 7        must be 5 or 10",
        "  -p aspect=16:9      no such parameter; did you mean aspect_ratio?",
    ]


def test_a_result_can_be_made_again_by_its_seed(program: Program) -> None:
    """A seed is drawn where the user gave none and the model takes one, and shown."""
    first = program("--sandbox", "image", "a fox", "--aspect-ratio", "1:1", "-o", str(program.cwd / "a.png"), "--json")
    seed = first.json["generations"][0]["seed"]

    program(
        "--sandbox", "image", "a fox", "--aspect-ratio", "1:1", "--seed", str(seed), "-o", str(program.cwd / "b.png")
    )

    assert 0 <= seed < 1_000_000
    assert (program.cwd / "a.png").read_bytes() == (program.cwd / "b.png").read_bytes()


def test_what_the_service_saves_goes_where_the_flags_say(program: Program) -> None:
    """Namespace, repository and folder by the names of the API."""
    flags = ("--namespace", "lab", "--repo", "art", "--folder", "foxes")

    body = program("--sandbox", "image", "x", *flags, *ASK).json["bodies"][0]

    assert {name: body[name] for name in body if name.startswith("target_")} == {
        "target_namespace": "lab",
        "target_repo": "art",
        "target_directory": "foxes",
    }


def test_a_film_as_input_has_a_length_and_so_a_price(program: Program, tmp_path: Path) -> None:
    """Named by its flag or as a parameter: what is made of it is as long as it is."""
    from tests.support.samples import mp4

    film = tmp_path / "waves.mp4"
    film.write_bytes(mp4())
    asked = ("--sandbox", "video", "-m", "topazlabs-video-upscale", "--dry-run", "--jq", ".estimated_cost")

    prices = [program(*asked, *named).out for named in (("--video", str(film)), ("-p", f"input_video=@{film}"))]

    assert prices[0] == prices[1]
    assert float(prices[0]) > 0


def test_a_model_that_is_known_is_not_asked_for(tmp_path: Path) -> None:
    """For an hour; then the server is asked for that one model, with its price of now."""
    library, clock = Library(), ManualClock()
    reader = reader_of(library, tmp_path, clock)
    reader("models", "list")
    dry = ("image", "a fox", "-m", "acme/Fox.1", "--dry-run", "--jq", ".estimated_cost")

    fresh = reader(*dry)
    clock.sleep(3600)
    library.rows = [{**FOX, "pricing": {"method": "per_image", "cost_per_image": 0.5}}]
    later = reader(*dry)

    assert [(done.code, done.out) for done in (fresh, later)] == [(0, "0.02\n"), (0, "0.5\n")]
    assert library.asked == ["GET ", "GET /acme%2FFox.1"]


def test_an_old_price_is_good_enough_to_look_at_and_not_to_pay_by(tmp_path: Path) -> None:
    """A dry run says how old it is; without a network nothing else goes on."""
    library, clock = Library(), ManualClock()
    reader = reader_of(library, tmp_path, clock)
    reader("models", "list")
    clock.sleep(2 * 3600)
    library.down = True
    fox = ("image", "a fox", "-m", "acme/Fox.1", "-y")
    library.asked.clear()

    dry, paid = reader(*fox, "--dry-run"), reader(*fox)

    assert (dry.code, paid.code, paid.out) == (0, 7, "")
    assert dry.err.splitlines()[0] == "  what is known of acme/Fox.1 is 2 hours old: the server cannot be reached"
    assert {asked.partition(" ")[0] for asked in library.asked} == {"GET"}


def test_a_model_is_called_unknown_by_the_server_alone(tmp_path: Path) -> None:
    """A list that does not have it is no proof."""
    library = Library()
    reader = reader_of(library, tmp_path, ManualClock())
    reader("models", "list")
    library.rows.append({**FOX, "id": "new"})

    known, unknown = (reader("image", "a fox", "-m", name, "--dry-run", "-q") for name in ("new", "newer"))

    assert (known.code, unknown.code) == (0, 4)
    assert unknown.err.splitlines() == [
        "error: no model named newer",
        "  Nothing was sent.  See:  inference models list",
    ]
