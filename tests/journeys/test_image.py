"""Pictures: from a prompt to a verified file."""

import json
from pathlib import Path

from tests.support.command import User
from tests.support.journey import FULL, SQUARE, books, picture, sha256, valid


def _files(user: User) -> list[str]:
    return sorted(path.name for path in user.cwd.iterdir())


def test_one_picture_into_a_named_file(user: User) -> None:
    """The README's first command: the path on stdout, everything else on stderr."""
    done = user.run("--sandbox", "image", "a red fox in the snow", "-o", "fox.png")

    size = f"{(user.cwd / 'fox.png').stat().st_size / 1000:.0f} kB"
    head, *lines, facts = done.err.splitlines()
    assert (done.code, done.out) == (0, b"fox.png\n")
    assert head.split("  ") == ["", "black-forest-labs-flux-2-klein-4b · 16:9 · about $0.01", *[""] * 7, "sandbox"]
    assert lines == ["fox generating", f"fox saved fox.png {size}"]
    assert facts.startswith(f"  1280\N{MULTIPLICATION SIGN}720 PNG · {size} · ")
    assert picture(user.cwd / "fox.png") == ("PNG", (1280, 720))
    assert books(user) == (99.99, 1)


def test_a_picture_without_a_name_is_called_after_prompt_and_id(offline: User) -> None:
    """``{slug}-{id}.{ext}`` in the working folder, the extension by content."""
    done = offline.run("image", "A red fox, in the snow", *SQUARE)

    (name,) = _files(offline)
    assert (done.code, done.lines) == (0, [name])
    assert picture(offline.cwd / name) == ("JPEG", (512, 512))
    start, _, identity = name.removesuffix(".jpg").rpartition("-")
    assert start == "a-red-fox-in-the-snow"
    assert done.err.splitlines()[1] == f"{identity} generating"


def test_several_pictures_are_numbered_and_take_the_next_seeds(offline: User) -> None:
    """With ``--seed 7`` the requests use 7 and 8, which is said; the files differ."""
    done = offline.run("image", "a fox", "-n", "2", "--seed", "7", "-o", "fox.png", "--json")

    rows = [(row["path"], row["seed"]) for row in done.json["generations"]]
    assert (done.code, rows) == (0, [("fox-1.png", 7), ("fox-2.png", 8)])
    assert done.err.splitlines()[1] == "  seeds 7 to 8, one per request"
    assert _files(offline) == ["fox-1.png", "fox-2.png"]
    assert sha256(offline.cwd / "fox-1.png") != sha256(offline.cwd / "fox-2.png")


def test_a_model_that_counts_by_itself_is_asked_once(offline: User) -> None:
    """Four pictures, one request, and the price of four."""
    done = offline.run("image", "a fox", "-n", "4", *SQUARE, "-o", "fox.png")

    assert (done.code, done.lines) == (0, ["fox-1.png", "fox-2.png", "fox-3.png", "fox-4.png"])
    assert books(offline) == (99.88, 4)
    assert offline.run("queue", "list", "--local").text.count("ideogram-v4") == 4


def test_into_a_folder_and_by_a_template(offline: User) -> None:
    """``DIR/`` keeps the usual name; a template fills in what is asked for."""
    (offline.cwd / "out").mkdir()

    folder = offline.run("image", "a fox", *SQUARE, "-o", "out/")
    template = offline.run("image", "a fox", *SQUARE, "--seed", "5", "-o", "{model}_{n}_{seed}_{slug}.{ext}")

    (name,) = (path.name for path in (offline.cwd / "out").iterdir())
    assert (folder.code, folder.lines) == (0, [f"out/{name}"])
    assert (name.startswith("a-fox-"), name.endswith(".jpg")) == (True, True)
    assert (template.code, template.lines) == (0, ["ideogram-v4_1_5_a-fox.jpg"])


def test_to_standard_output_it_is_exactly_the_file(offline: User) -> None:
    """``-o -`` in a pipe: not a byte more, and no file."""
    offline.run("image", "a fox", *SQUARE, "--seed", "5", "-o", "fox.jpg")

    done = offline.run("image", "a fox", *SQUARE, "--seed", "5", "-o", "-")

    assert (done.code, done.out) == (0, (offline.cwd / "fox.jpg").read_bytes())
    assert _files(offline) == ["fox.jpg"]


def test_the_extension_sets_the_format(offline: User) -> None:
    """Where the model's schema has a format of that name."""
    done = offline.run("image", "a fox", "--aspect-ratio", "1:1", "-o", "fox.webp")

    found, (width, height) = picture(offline.cwd / "fox.webp")
    assert (done.code, done.lines, found, width == height) == (0, ["fox.webp"], "WEBP", True)


def test_an_extension_that_the_content_contradicts_is_warned_about(offline: User) -> None:
    """The named file keeps its name."""
    done = offline.run("image", "a fox", *SQUARE, "-o", "fox.gif")

    assert (done.code, done.lines) == (0, ["fox.gif"])
    assert "fox.gif holds JPEG: its name says otherwise" in done.err
    assert picture(offline.cwd / "fox.gif")[0] == "JPEG"


def test_json_together_with_a_file(offline: User) -> None:
    """One document of the shipped schema, whose facts are those of the file; the result's URL is whole."""
    done = offline.run("image", "a fox", *SQUARE, "--seed", "1", "-o", "fox.png", "--json")

    path = offline.cwd / "fox.png"
    assert (done.code, valid(done.json, "media")) == (0, True)
    url = done.json["generations"][0]["url"]
    assert done.json == {
        "schema": 1,
        "model": "ideogram-v4",
        "cost": None,
        "estimated_cost": 0.03,
        "generations": [
            {
                "generation_id": None,
                "status": "succeeded",
                "path": "fox.png",
                "bytes": path.stat().st_size,
                "sha256": sha256(path),
                "seed": 1,
                "cost": None,
                "format": "png",
                "width": 512,
                "height": 512,
                "duration": None,
                "url": url,
            }
        ],
    }
    assert url.startswith("https://media.sandbox.invalid/results/")
    assert "Signature=" not in done.err


def test_jq_and_events(offline: User) -> None:
    """Strings come out of a filter raw; ``--events`` writes a valid JSON line per update, the file in the last."""
    filtered = offline.run("image", "a fox", *SQUARE, "-o", "jq.png", "--jq", ".generations[].path")
    events = offline.run("image", "a fox", *SQUARE, "-o", "events.png", "--events")

    rows = [json.loads(line) for line in events.lines]
    assert (filtered.code, filtered.text) == (0, "jq.png\n")
    assert all(valid(row, "event") for row in rows)
    assert (rows[0]["phase"], rows[-1]["phase"], rows[-1]["generation"]["path"]) == ("sending", "saved", "events.png")
    assert {row["phase"] for row in rows} == {"sending", "downloading", "saved"}


def test_quiet_says_nothing_but_the_result(offline: User) -> None:
    """No head, no progress, no facts."""
    done = offline.run("image", "a fox", *SQUARE, "-o", "fox.png", "-q")

    assert (done.code, done.out, done.err) == (0, b"fox.png\n", "")


def test_a_file_that_is_there_is_never_overwritten(offline: User) -> None:
    """The next free name instead; ``--no-clobber`` pays for nothing; ``--force`` overwrites."""
    path = offline.cwd / "fox.png"
    path.write_bytes(b"mine")
    fox = ("image", "a fox", *SQUARE, "-o", "fox.png")

    skipped = offline.run(*fox, "--no-clobber")
    assert (skipped.code, skipped.lines, books(offline)) == (0, ["fox.png"], FULL)
    assert skipped.err.splitlines()[1:] == [
        "fox fox.png is there already; nothing was sent for it",
        "fox skipped fox.png",
    ]

    beside = offline.run(*fox)
    assert (beside.code, beside.lines, path.read_bytes()) == (0, ["fox-1.png"], b"mine")
    assert picture(offline.cwd / "fox-1.png") == ("PNG", (512, 512))

    over = offline.run(*fox, "--force")
    assert (over.code, over.lines, picture(path)) == (0, ["fox.png"], ("PNG", (512, 512)))
    assert _files(offline) == ["fox-1.png", "fox.png"]


def test_the_same_seed_makes_the_same_bytes(offline: User, tmp_path: Path) -> None:
    """In another home, so that nothing is remembered; another seed makes others."""
    other = User(tmp_path / "other", offline.cwd, offline.env)
    other.home.mkdir()

    for who, seed, name in ((offline, "7", "a.png"), (other, "7", "b.png"), (other, "8", "c.png")):
        assert who.run("image", "a fox", *SQUARE, "--seed", seed, "-o", name).code == 0

    first, second, third = (sha256(offline.cwd / name) for name in ("a.png", "b.png", "c.png"))
    assert (first == second, first == third) == (True, False)


def test_edits_take_a_file_a_url_and_standard_input(offline: User) -> None:
    """All three are the same picture, so all three edits are; and they are not the picture itself."""
    made = offline.run("image", "a fox", *SQUARE, "-o", "fox.png", "--json").json["generations"][0]
    fox = offline.cwd / "fox.png"
    edit = ("image", "make it night", "--seed", "1", "--no-validate", "-o")  # the model has no seed of its own

    by_file = offline.run(*edit, "file.png", "-i", "fox.png")
    by_url = offline.run(*edit, "url.png", "-i", made["url"])
    by_stdin = offline.run(*edit, "stdin.png", "-i", "-", stdin=fox.read_bytes())

    assert [done.lines for done in (by_file, by_url, by_stdin)] == [["file.png"], ["url.png"], ["stdin.png"]]
    digests = {sha256(offline.cwd / name) for name in ("file.png", "url.png", "stdin.png")}
    assert (len(digests), sha256(fox) in digests) == (1, False)
    assert picture(offline.cwd / "file.png") == ("PNG", (512, 512))
    assert by_file.err.startswith("  qwen-image-edit · ")


def test_an_inline_answer_becomes_the_same_file(offline: User) -> None:
    """``b64_json`` is decoded to disk, and is not in the document."""
    by_url = offline.run("image", "a fox", *SQUARE, "--seed", "5", "-o", "url.png", "--jq", ".generations[0].sha256")
    inline = offline.run(
        "image", "a fox", *SQUARE, "--seed", "5", "-o", "b64.png", "--response-format", "b64_json", "--json"
    )

    (row,) = inline.json["generations"]
    assert (inline.code, row["sha256"]) == (0, by_url.text.strip())
    assert sha256(offline.cwd / "b64.png") == row["sha256"]
    assert "b64_json" not in row


def test_a_dry_run_prints_request_and_price_and_sends_nothing(offline: User) -> None:
    """Seeds 7, 8 and 9 of three requests; the credits are untouched; --json has the same as a document."""
    wanted = ("image", "a fox", "--seed", "7", "-n", "3", "-o", "fox.png", "--dry-run")
    body = {
        "model": "black-forest-labs-flux-2-klein-4b",
        "prompt": "a fox",
        "target_namespace": "sandbox",
        "output_format": "png",
    }
    bodies = [{**body, "seed": seed} for seed in (7, 8, 9)]

    shown, document = offline.run(*wanted), offline.run(*wanted, "--json")

    requests = shown.text.split("POST /ai/images/generate\n")
    assert (shown.code, requests[0], [json.loads(text) for text in requests[1:]]) == (0, "", bodies)
    assert shown.err.splitlines()[1:] == [
        "  seeds 7 to 9, one per request",
        "  about $0.03: 3 at $0.01 an image. Nothing was sent.",
    ]
    assert (document.code, valid(document.json, "media")) == (0, True)
    assert document.json == {
        "schema": 1,
        "model": "black-forest-labs-flux-2-klein-4b",
        "cost": None,
        "estimated_cost": 0.03,
        "generations": [],
        "request": {"method": "POST", "path": "/ai/images/generate", "bodies": bodies},
    }
    assert (books(offline), _files(offline)) == (FULL, [])


def test_the_prompt_and_parameters_may_come_from_standard_input_and_a_file(offline: User) -> None:
    """``-`` reads the prompt; ``--input`` an object over which flags win."""
    (offline.cwd / "fox.toml").write_text('model = "ideogram-v4"\nimage_size = "square"\nseed = 3\n')

    done = offline.run("image", "-", "--input", "fox.toml", "--seed", "4", "--dry-run", "--json", stdin=b"a fox\n")

    assert (done.code, done.json["request"]["bodies"]) == (
        0,
        [
            {
                "prompt": "a fox",
                "model": "ideogram-v4",
                "image_size": "square",
                "seed": 4,
                "target_namespace": "sandbox",
            }
        ],
    )
