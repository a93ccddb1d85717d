"""Lists of models: filters, orders, what is kept between commands."""

from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from tests.support.listing import FOX, OWL, Library, reader_of
from tests.support.program import Program

LIST = ("--sandbox", "models", "list")


@pytest.fixture
def library() -> Library:
    """A server with two models."""
    return Library()


@pytest.fixture
def clock() -> ManualClock:
    """It stands still."""
    return ManualClock()


@pytest.fixture
def reader(library: Library, clock: ManualClock, tmp_path: Path) -> Program:
    """Somebody who asks that server."""
    return reader_of(library, tmp_path, clock)


def ids(program: Program, *arguments: str) -> list[str]:
    """The first column."""
    done = program(*LIST, *arguments)
    assert done.code == 0, done.err
    return [line.partition("\t")[0] for line in done.lines]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--input", "file"], ["claude-sonnet-4-6"]),
        (["--developer", "ideogram"], ["ideogram-v4"]),
        (["--developer", "Z.ai", "--sort", "name", "--limit", "1"], None),
        (["--featured"], [
            "black-forest-labs-flux-2-klein-4b", "qwen-image-edit", "kling-video-v2-6-pro-text-to-video",
            "kling-video-v2-6-pro-image-to-video", "claude-sonnet-4-6",
        ]),
        (["--featured", "--output", "text"], ["claude-sonnet-4-6"]),
        (["--type", "custom"], []),
        (["--favorites"], []),
        (["--output", "image", "--price-below", "0.01", "--sort", "name", "--limit", "2"], [
            "black-forest-labs-flux-2-klein-4b", "black-forest-labs-flux-2-klein-9b",
        ]),
        (["--output", "video", "--price-below", "$0.005", "--sort", "price", "--limit", "1"], ["wan-ai-wan2-1-t2v-1-3b-diffusers"]),
    ],
)  # fmt: skip
def test_some_of_the_models(program: Program, arguments: list[str], expected: list[str] | None) -> None:
    """Every filter that is given has to fit."""
    found = ids(program, *arguments)
    assert expected is None or found == expected


def test_orders(program: Program) -> None:
    """By default the server's own; a price is compared with prices for the same thing only."""
    plain, by_name = ids(program, "--output", "image"), ids(program, "--output", "image", "--sort", "name")
    priced = program(*LIST, "--sort", "price").lines

    assert plain != by_name
    assert sorted(plain) == sorted(by_name)
    units = list(dict.fromkeys(line.split(" per ")[-1].partition(",")[0] for line in priced))
    assert units == ["image", "second of video", "second of computing", "million tokens"]
    makers = program(*LIST, "--sort", "developer", "--jq", ".data[].developer.name").lines
    assert makers == sorted(makers, key=str.casefold)


def test_favorites(program: Program) -> None:
    """They are never taken from what is kept; removed models may be among them."""
    for name in ("qwen-image-edit", "kling-video-o3-pro-text-to-video"):
        assert program("--sandbox", "models", "favorite", name).code == 0
    assert ids(program, "--favorites") == ["qwen-image-edit", "kling-video-o3-pro-text-to-video"]
    assert ids(program, "--favorites", "--featured") == ["qwen-image-edit"]
    done = program("--sandbox", "models", "unfavorite", "qwen-image-edit")
    assert (done.code, done.out, done.err) == (0, "", "  qwen-image-edit is no favorite any more\n")
    assert ids(program, "--favorites") == ["kling-video-o3-pro-text-to-video"]


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["--favorites"], "  No model is a favorite yet.  Add one:  inference --sandbox models favorite ID\n"),
        (["--developer", "klinng"], "  No model is by klinng; closest: Kling\n"),
        (["--developer", "zzzz"], "  No model is by zzzz\n"),
        (["--input", "file", "--output", "video"], "  No model fits.  All of them:  inference --sandbox models list\n"),
    ],
)
def test_an_empty_list_says_why(program: Program, arguments: list[str], note: str) -> None:
    """And is no failure."""
    done = program(*LIST, *arguments)
    assert (done.code, done.out, done.err) == (0, "", note)
    assert program(*LIST, *arguments, "-q").err == ""


def test_the_older_api_has_neither_favorites_nor_featured(program: Program) -> None:
    """Exit 4; the rest of the list is there."""
    program("--sandbox", "config", "set", "api", "2026-04")
    for flag, what in (("--favorites", "favorites"), ("--featured", "featured models")):
        done = program(*LIST, flag)
        assert (done.code, done.err) == (4, f"error: the 2026-04 API has no {what}\n")
    assert len(ids(program, "--type", "base")) == 195
    assert ids(program, "--developer", "ideogram") == ["ideogram-v4"]


def test_an_older_server_that_does_not_say_what_its_models_make(tmp_path: Path, clock: ManualClock) -> None:
    """Filters by itself."""
    library = Library(rows=[{"name": "fox"}])
    reader = reader_of(library, tmp_path, clock)
    assert reader("config", "set", "api", "2026-04").code == 0
    done = reader("models", "list", "--output", "image")
    assert (done.lines, library.asked) == (
        ["fox\t\t\t\t"],
        ["GET ", "GET ?output_capability=image"],
    )


def test_what_has_no_price_is_left_out_and_counted(reader: Program) -> None:
    """It is not free."""
    done = reader("models", "list", "--price-below", "10")
    assert (done.lines, done.err) == (
        ["acme/Fox.1\tFoxes\ttext\timage\t$0.02 per image"],
        "  1 model without a published price left out\n",
    )


def test_a_price_that_is_none(program: Program) -> None:
    """Exit 2."""
    done = program(*LIST, "--price-below", "cheap")
    assert (done.code, done.err.splitlines()[0]) == (2, "error: 'cheap' is not an amount of money")


def test_the_server_is_asked_once_an_hour(reader: Program, library: Library, clock: ManualClock) -> None:
    """In JSON all that it said is there, from the file as from the server."""
    fresh, kept = reader("models", "list", "--json"), reader("models", "list", "--json")
    reader("models", "list")
    assert (fresh.json["data"], kept.json, library.asked) == ([FOX, OWL], fresh.json, ["GET "])
    clock.sleep(3600)
    reader("models", "list")
    reader("models", "list", "--refresh")
    assert library.asked == ["GET "] * 3


def test_a_fresh_list_needs_no_token(reader: Program, library: Library) -> None:
    """Nobody is asked for anything."""
    reader("models", "list")
    assert len(reader("models", "list", INFERENCE_API_KEY="").lines) == 2
    assert library.asked == ["GET "]


def test_without_a_network_the_list_is_old(reader: Program, library: Library, clock: ManualClock) -> None:
    """One note; ``--refresh`` wants an answer, and a refused token is one."""
    reader("models", "list")
    clock.sleep(5 * 3600)
    library.down = True
    done = reader("models", "list", "--no-color")
    assert (done.code, len(done.lines)) == (0, 2)
    assert done.err == "  the list of models is 5 hours old: the server cannot be reached\n"
    assert reader("models", "list", "-q").err == ""
    assert reader("models", "list", "--refresh").code == 7
    library.down, library.token = False, "another-token"
    assert (reader("models", "list").code, reader("models", "list").out) == (3, "")


def test_without_a_network_nothing_is_known(reader: Program, library: Library) -> None:
    """Exit 7."""
    library.down = True
    assert reader("models", "list").code == 7
    assert reader("models", "search", "fox").code == 7


def test_the_search_is_the_servers(program: Program) -> None:
    """All words, several arguments."""
    done = program("--sandbox", "models", "search", "qwen", "EDIT", "2509", "--json")
    assert [row["id"] for row in done.json["data"]] == ["qwen-image-edit-plus"]
    assert len(program("--sandbox", "models", "search", "kling", "--limit", "3").lines) == 3
    nothing = program("--sandbox", "models", "search", "zzz")
    assert (nothing.code, nothing.out, nothing.err) == (
        0,
        "",
        "  Nothing found for zzz.  All of them:  inference --sandbox models list\n",
    )


def test_a_search_without_a_network_looks_into_the_list(reader: Program, library: Library, clock: ManualClock) -> None:
    """As old as it is."""
    reader("models", "list")
    clock.sleep(3 * 86400)
    library.down = True
    done = reader("models", "search", "FOX", "image")
    assert (done.code, [line.partition("\t")[0] for line in done.lines]) == (0, ["acme/Fox.1"])
    assert done.err == "  the server cannot be reached: found in the list of models of 3 days ago\n"


def test_a_person_learns_how_many_there_are(program: Program) -> None:
    """And what to do next; in a pipe there is nothing but rows."""
    done = program(*LIST, "--output", "image", "--limit", "2", "--no-color", terminal=True)
    assert done.lines[0].split() == ["model", "name", "takes", "makes", "price"]
    assert done.err == "\n  2 of 34 models        See one:  inference --sandbox models show ID\n"
    assert program(*LIST, "--limit", "2").err == ""


def test_text_of_a_server_is_harmless_on_a_terminal(reader: Program, library: Library) -> None:
    """In a list, on a page, in a note."""
    library.rows = [{**FOX, "display_name": "\x1b]52;c;AAAA\x07", "developer": {"name": "a\x1b[2J"}, "id": "x\x1b[1A"}]
    for arguments in (["list"], ["search", "x"], ["show", "x\x1b[1A"], ["list", "--developer", "\x1b[3J"]):
        done = reader("models", *arguments, "--no-color", terminal=True)
        assert done.code == 0
        assert "\x1b" not in done.out + done.err


def test_a_server_without_models(reader: Program, library: Library) -> None:
    """Is said to have none."""
    library.rows = []
    done = reader("models", "list")
    assert (done.code, done.out, done.err) == (0, "", "  The server lists no models\n")
