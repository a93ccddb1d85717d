"""What TAB offers of the models, on disk."""

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.completion.snapshot import HEADER, Offer, Snapshot, file_of, shown, write

ORIGIN = "https://hub.oxen.ai"
OFFERS: list[Offer] = [
    (
        "a/b:c",
        ("image", "text"),
        "Alpha",
        (("size", "choice", ("1K", "2K, wide")), ("prompt", "text, required", ())),
    ),
    ("b", (), "", ()),
]


def written(folder: Path, offers: list[Offer], profile: str = "work") -> Snapshot:
    """What comes back."""
    write(folder, profile=profile, origin=ORIGIN, offers=offers, defaults={"image": "a/b:c"})
    return Snapshot(file_of(str(folder), profile, ORIGIN))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Models with what they make, their parameters and values, and the service's defaults."""
    snapshot = written(tmp_path / "completion", OFFERS)

    assert snapshot.models() == [["a/b:c", "image,text", "Alpha"], ["b", "", ""]]
    assert snapshot.parameters("a/b:c") == [["size", "choice", "1K", "2K, wide"], ["prompt", "text, required"]]
    assert (snapshot.parameters("b"), snapshot.parameters("a"), snapshot.parameters("")) == ([], [], [])
    assert snapshot.defaults() == {"image": "a/b:c"}


def test_it_is_private_and_each_profile_and_origin_has_one(tmp_path: Path) -> None:
    """Names are no paths, whatever they hold."""
    write(tmp_path, profile="../../x", origin=ORIGIN, offers=OFFERS, defaults={})
    file = Path(file_of(str(tmp_path), "../../x", ORIGIN))

    assert (file.stat().st_mode & 0o777, file.parent.parent) == (0o600, tmp_path)
    assert Snapshot(str(file)).models()
    assert not Snapshot(file_of(str(tmp_path), "x", ORIGIN)).models()
    assert not Snapshot(file_of(str(tmp_path), "../../x", "https://other.example")).models()


def test_text_from_outside_stays_on_its_line(tmp_path: Path) -> None:
    """A name that is no plain word, or would be taken for a flag, is not offered; a description is made harmless."""
    bad = ("x\nmodel\tevil\t\t", "-rf", "", " a", "\x1b[31m", "a\u202eb")
    values = ("1", *bad)
    offers: list[Offer] = [(name, (), "", ()) for name in bad]
    offers += [
        ("good", ("image",), "A\x1b[31m\n\tB\u202e", (("k", "choice\n", values), *((name, "", ()) for name in bad)))
    ]

    snapshot = written(tmp_path, offers)

    assert snapshot.models() == [["good", "image", "A [31m B"]]
    assert snapshot.parameters("good") == [["k", "choice", "1"]]


@settings(max_examples=50)
@given(st.binary(max_size=300), st.booleans())
def test_any_file_can_be_read(tmp_path_factory: pytest.TempPathFactory, data: bytes, headed: bool) -> None:
    """Damage offers less, and is no error."""
    file = tmp_path_factory.mktemp("snapshot") / "file"
    file.write_bytes((HEADER.encode() if headed else b"") + data)
    snapshot = Snapshot(str(file))

    assert headed or file.read_bytes().startswith(HEADER.encode()) or not snapshot.models()
    assert all(len(row) == 3 for row in snapshot.models())
    assert isinstance(snapshot.parameters("x"), list)
    assert isinstance(snapshot.defaults(), dict)


def test_what_cannot_be_read_or_written_offers_nothing(tmp_path: Path) -> None:
    """No file, a folder in its place, a pipe that nobody writes to, a folder that cannot be made."""
    import os

    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()

    for name in ("nothing", "folder", "pipe", "file", "file/inside"):
        assert Snapshot(str(tmp_path / name)).models() == []
    assert written(tmp_path / "file" / "inside", OFFERS).models() == []


def test_descriptions_are_short() -> None:
    """One line of at most eighty characters."""
    assert shown("  a \n b\t") == "a b"
    assert shown("w" * 200) == "w" * 79 + "…"
