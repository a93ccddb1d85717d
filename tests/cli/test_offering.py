"""What commands leave for TAB."""

from pathlib import Path

import pytest

from inference_cli.completion.answers import answer
from tests.support.program import Program


def test_a_list_of_models_is_offered(program: Program, tmp_path: Path) -> None:
    """All of them, whatever the list is filtered by, with their parameters and the profile's aliases."""
    env = dict(program.env)
    program("config", "set", "aliases.fast", "qwen-image-edit", "--profile", "sandbox")
    assert answer(["model", "words", "--sandbox", "image", "-m", ""], env, "/") == "fast\talias of qwen-image-edit\n"

    assert program("--sandbox", "models", "list").code == 0

    offered = answer(["model", "words", "--sandbox", "image", "-m", ""], env, "/").splitlines()
    assert (offered[0], "qwen-image-edit\tQwen Image Edit" in offered, len(offered) > 30) == (
        "fast\talias of qwen-image-edit",
        True,
        True,
    )
    values = answer(["parameter", "words", "--sandbox", "image", "-p", "output_quality="], env, "/")
    assert values == "output_quality=standard\noutput_quality=high\n"
    assert (program.home / "cache" / "completion" / "profiles").exists()


@pytest.mark.parametrize("lost", [True, False])
def test_what_was_lost_is_offered_again_by_the_next_list(program: Program, *, lost: bool) -> None:
    """Deleted or damaged, while the list itself is fresh."""
    assert program("--sandbox", "models", "list").code == 0
    (file,) = (program.home / "cache" / "completion").glob("*/sandbox")
    before = file.read_bytes()
    if lost:
        file.unlink()
    else:
        file.write_bytes(before[:5])

    assert program("--sandbox", "models", "list").code == 0

    assert file.read_bytes() == before


def test_a_cache_that_cannot_be_written_is_no_failure(program: Program) -> None:
    """The list is what was asked for."""
    program.home.mkdir()
    (program.home / "cache").mkdir()
    (program.home / "cache" / "completion").touch()

    listed = program("--sandbox", "models", "list")

    assert (listed.code, listed.err) == (0, "")
