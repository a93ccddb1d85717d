"""What a reset of the sandbox removes, and what it says about the rest."""

import subprocess
import sys
from errno import ENOTDIR
from pathlib import Path

import pytest

from inference_cli.sandbox.leftovers import LeftoverError, remove
from tests.support.folders import private


def test_folders_go_with_all_that_is_in_them(tmp_path: Path) -> None:
    """A link inside goes too, but not what it leads to; a folder that is not there is gone already."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(b"c")
    (tmp_path / "others").mkdir()
    (tmp_path / "a" / "link").symlink_to(tmp_path / "others")
    (tmp_path / "file").write_bytes(b"where a folder should be")
    remove(tmp_path / name for name in ("a", "none", "file"))
    assert [path.name for path in tmp_path.iterdir()] == ["others"]


def test_a_link_in_place_of_a_folder_stays(tmp_path: Path) -> None:
    """With what it leads to, and is told; what comes behind it is removed all the same."""
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "a").write_bytes(b"a")
    (tmp_path / "media").symlink_to(tmp_path / "others")
    (tmp_path / "inputs").mkdir()
    with pytest.raises(LeftoverError) as caught:
        remove(tmp_path / name for name in ("media", "inputs"))
    assert (caught.value.errno, caught.value.strerror) == (
        ENOTDIR,
        f"{tmp_path}/media could not be removed: Not a directory",
    )
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["media", "others", "others/a"]


def test_what_may_not_be_removed_is_counted(tmp_path: Path) -> None:
    """Tried as another user, since root may remove anything: the rest is gone."""
    for name in ("media", "inputs"):
        (tmp_path / name).mkdir()
        for file in ("a", "b", "c"):
            (tmp_path / name / file).write_bytes(b"picture")
    for path in (*private(tmp_path), tmp_path / "media"):
        path.chmod(0o755)
    (tmp_path / "inputs").chmod(0o777)
    tmp_path.chmod(0o777)
    (tmp_path / "media").chmod(0o555)
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from inference_cli.sandbox.leftovers import LeftoverError, remove\n"
        "if os.getuid() == 0: os.setresuid(65534, 65534, 0)\n"
        "try: remove(Path(sys.argv[1]) / name for name in ('media', 'inputs'))\n"
        "except LeftoverError as error: print(error.strerror)\n"
        "if os.getresuid()[2] == 0: os.setresuid(0, 0, 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    first = next((tmp_path / "media").iterdir())
    assert (done.stdout, done.stderr) == (f"{first} and 2 more could not be removed: Permission denied\n", "")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == [
        "media",
        "media/a",
        "media/b",
        "media/c",
    ]
