"""`inference config`, run in this process."""

from pathlib import Path

import pytest

from tests.support.program import Program, program_in


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program with an empty home."""
    return program_in(tmp_path)


def _file(program: Program) -> Path:
    return Path(program.env["INFERENCE_CONFIG_DIR"]) / "config.toml"


def test_a_value_that_is_set_is_in_force(program: Program) -> None:
    """It is said on stderr, and read back on stdout."""
    done = program("config", "set", "confirm_above", "2.50")

    assert (done.code, done.out, done.err) == (
        0,
        "",
        "  confirm_above = 2.50  (profile default)\n",
    )
    assert program("config", "get", "confirm_above").out == "2.50\n"


def test_a_new_profile_is_made_by_its_first_value(program: Program) -> None:
    """And said to be new, so that a slip of the hand is seen."""
    assert (
        program("config", "set", "api", "2026-04", "--profile", "work").err == "  api = 2026-04  (profile work, new)\n"
    )
    assert program("config", "get", "api", "--profile", "work").out == "2026-04\n"
    assert program("config", "get", "api").out == "auto\n"


def test_the_list_tells_value_and_source_and_masks_the_token(program: Program) -> None:
    """Tab-separated in a pipe (fault F16)."""
    program("config", "set", "namespace", "my-org")

    done = program("config", "list", INFERENCE_API_KEY="canary-token-4711")

    file = _file(program)
    assert done.lines == [
        "profile\tdefault\tdefault",
        "base_url\thttps://hub.oxen.ai/api\tdefault",
        "token\t…4711\tenvironment INFERENCE_API_KEY",
        f"namespace\tmy-org\tprofile default ({file})",
        "api\tauto\tdefault",
        "confirm_above\t1.00\tdefault",
        "sandbox_speed\t100.0\tenvironment INFERENCE_SANDBOX_SPEED",
    ]


def test_the_whole_list_holds_what_is_not_set(program: Program) -> None:
    """With what it is for."""
    assert "model_image\t\tnot set: default model for image" in program("config", "list", "--all").lines


def test_the_list_is_a_document_too(program: Program) -> None:
    """For jq, with money as a number."""
    assert program("config", "list", "--jq", '.data[] | select(.key == "confirm_above")').json == {
        "key": "confirm_above",
        "value": 1.0,
        "source": "default",
    }


def test_what_is_not_set_is_not_found(program: Program) -> None:
    """Exit 4 and the way to set it; what does not exist is exit 2 and the closest."""
    missing, unknown = program("config", "get", "namespace"), program("config", "get", "name_space")

    assert (missing.code, missing.out, missing.err) == (
        4,
        "",
        "error: namespace is not set\n  Set it:  inference config set namespace VALUE\n",
    )
    assert (unknown.code, unknown.err.splitlines()[1]) == (2, "  closest: namespace")


def test_a_value_is_removed_once(program: Program) -> None:
    """The second time there is nothing to remove."""
    program("config", "set", "namespace", "my-org")

    assert [program("config", "unset", "namespace").code for _ in range(2)] == [0, 4]
    assert program("config", "unset", "namespace", "--profile", "wrok").code == 4


def test_a_token_is_never_set_on_the_command_line(program: Program) -> None:
    """Exit 2, and the token is not repeated (fault F1)."""
    done = program("config", "set", "token", "canary-token-4711")

    assert done.code == 2
    assert "canary" not in done.err
    assert "inference auth login" in done.err


def test_the_path_is_printed_even_when_the_file_is_damaged(program: Program) -> None:
    """So that it can be put right."""
    file = _file(program)
    file.parent.mkdir(parents=True)
    file.write_text("[[")

    assert program("config", "path").lines == [str(file)]
    damaged = program("config", "list")
    assert damaged.code == 2
    assert f"error: {file}, line 1: " in damaged.err


def test_a_bad_value_in_the_file_can_be_put_right_here(program: Program) -> None:
    """Although every other command refuses it, naming the line."""
    file = _file(program)
    file.parent.mkdir(parents=True)
    file.write_text("[profiles.default]\napi = 'new' # hm\nconfirm_above = -1\n")
    assert "line 2" in program("config", "get", "api").err

    assert program("config", "set", "api", "current").code == 0
    assert program("config", "unset", "confirm_above").code == 0
    assert program("config", "get", "api").out == "current\n"
    assert file.read_text() == '[profiles.default]\napi = "current" # hm\n'


def test_profiles_are_listed_and_one_is_used(program: Program) -> None:
    """The built-in ones among them."""
    program("config", "set", "base_url", "https://office.example/api", "--profile", "work")

    used = program("config", "use", "work")

    assert (used.code, used.err) == (0, "  work is the default profile now\n")
    assert program("config", "profiles").lines == [
        "default\thttps://hub.oxen.ai/api\t",
        "work\thttps://office.example/api\tin use",
        "sandbox\thttps://api.sandbox.invalid/api\t",
    ]
    assert program("config", "profiles", "--jq", ".data[1]").json == {
        "profile": "work",
        "base_url": "https://office.example/api",
        "in_use": True,
    }
    assert program("config", "use", "wrok").code == 4


def test_a_garbled_variable_is_named(program: Program) -> None:
    """Exit 2 (fault H13)."""
    done = program("config", "list", INFERENCE_MAX_COST="much")

    assert (done.code, done.err.startswith("error: INFERENCE_MAX_COST must be an amount")) == (2, True)


def test_a_project_file_that_moves_the_api_is_refused(program: Program) -> None:
    """Exit 2, naming it (fault F6)."""
    (program.cwd / "inference.toml").write_text('base_url = "https://evil.example"\n')

    done = program("config", "list")

    assert done.code == 2
    assert "inference.toml, line 1: a project file cannot set base_url" in done.err
