"""`inference models`."""

from tests.support.program import Program


def test_the_list_is_a_line_per_model(program: Program) -> None:
    """178 are current, and none of the removed ones is among them."""
    lines = program("--sandbox", "models", "list").lines

    assert len(lines) == 178
    assert "qwen-image-edit\tQwen Image Edit\ttext, image\timage\t$0.03 per image" in lines
    assert not any(line.startswith("kling-video-o3-pro") for line in lines)


def test_the_list_is_filtered_by_what_a_model_makes(program: Program) -> None:
    """In both generations of the API, by whoever can."""
    current = {line.split("\t")[0] for line in program("--sandbox", "models", "list", "--output", "image").lines}
    program("--sandbox", "config", "set", "api", "2026-04")
    older = {line.split("\t")[0] for line in program("--sandbox", "models", "list", "--output", "image").lines}

    assert current
    assert current <= older


def test_the_list_in_json_holds_the_rows_of_the_api(program: Program) -> None:
    """With everything that the server says."""
    ids = program("--sandbox", "models", "list", "--jq", '[.data[] | select(.id == "flux-1-dev")][0].object')

    assert ids.out == "model\n"


def test_a_model_is_shown_with_its_parameters_and_price(program: Program) -> None:
    """What is required comes first."""
    assert program("--sandbox", "models", "show", "qwen-image-edit").lines == [
        "Qwen Image Edit\tqwen-image-edit",
        "text, image → image\t$0.03 per image\tdirect and queue",
        "by Qwen",
        "prompt\ttext\trequired\t",
        "input_image\timage\trequired\t",
        "aspect_ratio\tchoice\t16:9\t1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3",
        'inference --sandbox image "…" -m qwen-image-edit -i photo.png --aspect-ratio 9:16',
    ]


def test_a_model_in_json_is_the_object_of_the_api(program: Program) -> None:
    """With our version of the shape."""
    document = program("--sandbox", "models", "show", "qwen-image-edit", "--json").json

    assert (document["schema"], document["id"]) == (1, "qwen-image-edit")
    assert document["request_schema"]["required"] == ["prompt", "input_image"]


def test_an_alias_of_the_profile_is_shown(program: Program) -> None:
    """As ``-m`` takes it."""
    program("--sandbox", "config", "set", "aliases.fast", "flux-1-dev")

    assert program("--sandbox", "models", "show", "fast", "--jq", ".id").out == "flux-1-dev\n"


def test_a_model_that_is_not_there_has_neighbours(program: Program) -> None:
    """Exit 4 with the closest names."""
    done = program("--sandbox", "models", "show", "kling-video-v2-6-pro-text-to-vido")

    assert (done.code, done.err) == (
        4,
        (
            "error: no model named kling-video-v2-6-pro-text-to-vido\n"
            "  closest: kling-video-v2-6-pro-text-to-video, kling-video-v2-6-pro-image-to-video, "
            "kling-video-v2-5-turbo-pro-image-to-video\n"
            "  See:  inference --sandbox models search kling\n"
        ),
    )
