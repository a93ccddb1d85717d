"""Where results go, checked before the request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inference_cli.errors import LocalError, UsageError
from inference_cli.jobs.naming import OutputSpec, Place
from inference_cli.jobs.target import is_special, is_there, prepare
from tests.support.folders import private


def test_good_places_stay_as_they_are(tmp_path: Path) -> None:
    """A file in a folder, a folder, a template; an existing folder gets its slash."""
    for target in (f"{tmp_path}/fox.png", f"{tmp_path}/", f"{tmp_path}/{{n}}.png", None):
        assert prepare(OutputSpec(target)) == OutputSpec(target)
    assert prepare(OutputSpec(str(tmp_path))) == OutputSpec(f"{tmp_path}/")


def test_a_dash_is_stdout() -> None:
    """-o - means the stream."""
    assert prepare(OutputSpec("-")) == OutputSpec(stdout=True)
    assert prepare(OutputSpec(stdout=True)) == OutputSpec(stdout=True)


def test_D17_bad_places_are_refused_before_anything_is_sent(tmp_path: Path) -> None:
    """A missing folder, a file for a folder, no name, a name too long, a NUL: exit 2."""
    (tmp_path / "file").write_bytes(b"")
    for target, message in {
        f"{tmp_path}/no/fox.png": f"there is no folder {tmp_path}/no",
        f"{tmp_path}/no/": f"there is no folder {tmp_path}/no",
        f"{tmp_path}/file/fox.png": f"{tmp_path}/file is a file, not a folder",
        "": "-o names no file",
        "a\0b": "-o names no file",
        f"{tmp_path}/{'x' * 300}": "-o: the file name is too long",
        "{what}.png": "-o: no placeholder {what}",
    }.items():
        with pytest.raises(UsageError) as caught:
            prepare(OutputSpec(target))
        assert caught.value.message == message


def test_D17_a_read_only_folder_is_11(tmp_path: Path) -> None:
    """Tried as another user where this one is root, since root may write anywhere."""
    folder = tmp_path / "ro"
    folder.mkdir()
    folder.chmod(0o555)
    program = (
        "import os, sys\n"
        "from inference_cli.errors import LocalError\n"
        "from inference_cli.jobs.naming import OutputSpec\n"
        "from inference_cli.jobs.target import prepare\n"
        "for parent in sys.argv[2:]: os.chmod(parent, 0o755)\n"
        "if os.getuid() == 0: os.setresuid(65534, 65534, 0)\n"
        "try: prepare(OutputSpec(sys.argv[1]))\n"
        "except LocalError as error: print(error.message)\n"
        "if os.getresuid()[2] == 0: os.setresuid(0, 0, 0)\n"
    )
    parents = map(str, private(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", program, f"{folder}/fox.png", *parents], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == (f"the folder {folder} cannot be written to\n", "")


@pytest.mark.skipif(os.getuid() != 0 or not Path("/sys/kernel").is_dir(), reason="only root on Linux is told yes")
def test_D17_what_root_may_do_is_tried_not_asked() -> None:
    """A folder of the kernel says yes to root, and takes no file."""
    with pytest.raises(LocalError) as caught:
        prepare(OutputSpec("/sys/kernel/fox.png"))
    assert caught.value.message == "the folder /sys/kernel cannot be written to"


def test_D16_devices_and_pipes_are_special(tmp_path: Path) -> None:
    """They are written to, never replaced; files, folders and what is not there are ordinary."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"")
    assert is_special(tmp_path / "pipe")
    assert is_special(Path("/dev/null"))
    assert is_special(Path("/dev/stdout"))
    assert not is_special(tmp_path / "file")
    assert not is_special(tmp_path / "none")
    assert prepare(OutputSpec("/dev/stdout")) == OutputSpec("/dev/stdout")


def test_no_clobber_sees_what_is_there_already(tmp_path: Path) -> None:
    """Only a name that is known beforehand, and taken, spares the request."""
    (tmp_path / "fox-2.png").write_bytes(b"")
    spec = OutputSpec(f"{tmp_path}/fox.png", no_clobber=True)
    assert [is_there(Place(spec, n=n, count=2)) for n in (1, 2)] == [False, True]
    assert not is_there(Place(OutputSpec(f"{tmp_path}/fox.png"), n=2, count=2))
    assert not is_there(Place(OutputSpec(f"{tmp_path}/{{id}}.png", no_clobber=True), n=2, count=2))
    assert not is_there(Place(OutputSpec(None, no_clobber=True), n=1, count=1))
