"""Where everything lies."""

from pathlib import Path

import pytest

from inference_cli.errors import UsageError
from inference_cli.profile.paths import Paths


def _overridden(folder: Path) -> dict[str, str]:
    return {f"INFERENCE_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}


def test_each_folder_has_a_variable(tmp_path: Path) -> None:
    """All files lie below the folders that the environment names."""
    paths = Paths.from_environment(_overridden(tmp_path))

    assert paths == Paths(tmp_path / "config", tmp_path / "state", tmp_path / "data", tmp_path / "cache")
    assert (paths.config_file, paths.tokens_file, paths.templates_folder) == (
        tmp_path / "config" / "config.toml",
        tmp_path / "config" / "tokens.toml",
        tmp_path / "config" / "templates",
    )
    assert (paths.journal_file, paths.origins_file, paths.sandbox_folder) == (
        tmp_path / "state" / "journal.sqlite3",
        tmp_path / "state" / "origins.toml",
        tmp_path / "state" / "sandbox",
    )


def test_without_a_variable_the_platform_decides() -> None:
    """Every folder is absolute and the program's own; an empty variable is as good as none."""
    paths = Paths.from_environment({"INFERENCE_CONFIG_DIR": " "})

    for folder in (paths.config, paths.state, paths.data, paths.cache):
        assert folder.is_absolute()
        assert "inference" in folder.parts


def test_a_relative_folder_is_one_below_the_working_folder(tmp_path: Path) -> None:
    """What is kept does not move when the program changes its folder."""
    paths = Paths.from_environment(_overridden(tmp_path) | {"INFERENCE_STATE_DIR": "here"})

    assert paths.state == Path.cwd() / "here"


def test_a_variable_that_names_a_file_is_refused_by_its_name(tmp_path: Path) -> None:
    """Fault H13: the variable is named."""
    (tmp_path / "state").write_text("")

    with pytest.raises(UsageError, match="INFERENCE_STATE_DIR names a file"):
        Paths.from_environment(_overridden(tmp_path))


def test_without_a_home_the_way_out_is_named() -> None:
    """Fault E10: neither a crash, nor settings that are strewn over working folders."""

    def homeless(_kind: str) -> Path:
        raise RuntimeError("could not determine the home directory")

    for platform in (homeless, Path):
        with pytest.raises(UsageError) as caught:
            Paths.from_environment({}, platform=platform)
        assert caught.value.message == "no home folder for the config files"
        assert caught.value.hint == "Set HOME, or name a folder with INFERENCE_CONFIG_DIR"
