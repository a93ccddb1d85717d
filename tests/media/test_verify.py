"""Downloads are only done when their container is whole."""

import io
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import DamagedError
from inference_cli.media import kinds
from inference_cli.media.reader import CutError
from inference_cli.media.verify import Facts, examine, verify
from tests.support import samples


def look(data: bytes) -> Facts:
    """The facts of some bytes."""
    return examine(io.BytesIO(data), len(data))


WHOLE: list[tuple[str, bytes, Facts]] = [
    (name, data, Facts(kind, len(data), *rest))
    for name, data, kind, rest in (
        ("png", samples.png(3, 2), kinds.PNG, (3, 2, None)),
        ("jpeg", samples.jpeg(16, 8), kinds.JPEG, (16, 8, None)),
        ("webp", samples.webp(4, 3), kinds.WEBP, (4, 3, None)),
        ("webp lossy", samples.webp_lossy(300, 200), kinds.WEBP, (300, 200, None)),
        ("gif", samples.gif(2, 5), kinds.GIF, (2, 5, None)),
        ("gif animated", samples.gif(2, 5, frames=3), kinds.GIF, (2, 5, 1.5)),
        ("mp4", samples.mp4(64, 48, 2.5), kinds.MP4, (64, 48, 2.5)),
        ("mov", samples.mp4(64, 48, 2.5, brand=b"qt  "), kinds.MOV, (64, 48, 2.5)),
        ("m4a", samples.m4a(2.5), kinds.M4A, (None, None, 2.5)),
        ("avif", samples.avif(5, 4), kinds.AVIF, (5, 4, None)),
        ("webm", samples.webm(64, 48, 2.5), kinds.WEBM, (64, 48, 2.5)),
        ("webm live", samples.webm(64, 48, 2.5, known=False), kinds.WEBM, (64, 48, 2.5)),
        ("wav", samples.wav(0.5), kinds.WAV, (None, None, 0.5)),
        ("mp3", samples.mp3(3), kinds.MP3, (None, None, 3 * 1152 / 44100)),
        ("mp3 bare", samples.mp3(1, tag=False), kinds.MP3, (None, None, 1152 / 44100)),
        ("ogg", samples.ogg(1.5), kinds.OGG, (None, None, 1.5)),
        ("flac", samples.flac(1.5), kinds.FLAC, (None, None, 1.5)),
        ("aac", samples.aac(), kinds.AAC, (None, None, None)),
        ("pdf", samples.pdf(), kinds.PDF, (None, None, None)),
    )
]


@pytest.mark.parametrize(("data", "facts"), [row[1:] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_a_whole_file_tells_its_facts(data: bytes, facts: Facts) -> None:
    """Kind, size, pixels and seconds come from the container."""
    assert look(data).duration == pytest.approx(facts.duration)
    assert look(data) == Facts(facts.kind, facts.size, facts.width, facts.height, look(data).duration)


@pytest.mark.parametrize(
    "data",
    [
        samples.png(),
        samples.jpeg(),
        samples.webp(),
        samples.webp_lossy(),
        samples.gif(frames=2),
        samples.mp4(),
        samples.m4a(),
        samples.avif(),
        samples.webm(),
        samples.wav(0.01),
        samples.mp3(counted=True),
        samples.ogg(),
    ],
    ids=["png", "jpeg", "webp", "webp lossy", "gif", "mp4", "m4a", "avif", "webm", "wav", "mp3", "ogg"],
)
def test_every_cut_is_noticed(data: bytes) -> None:
    """A file that ends too early, at whatever byte, is refused."""
    survivors = []
    for length in range(len(data)):
        try:
            look(data[:length])
        except CutError:
            continue
        survivors.append(length)
    assert survivors == []


def test_an_mp3_without_a_count_is_cut_only_inside_a_frame() -> None:
    """Without the encoder's count a whole number of frames is a whole file."""
    data = samples.mp3(3, tag=False)
    frame = len(data) // 3
    whole = []
    for length in range(len(data) + 1):
        try:
            look(data[:length])
        except CutError:
            continue
        whole.append(length)
    assert whole == [frame, 2 * frame, 3 * frame]


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    """Nothing but a cut comes out, whatever the bytes are."""
    try:
        look(data)
    except CutError:
        return


@given(st.sampled_from([row[1] for row in WHOLE]), st.data())
def test_any_damage_gets_an_answer(data: bytes, draw: st.DataObject) -> None:
    """Bytes changed anywhere lead to facts or to a cut, never to another error."""
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        broken[draw.draw(st.integers(0, len(broken) - 1))] = draw.draw(st.integers(0, 255))
    try:
        look(bytes(broken))
    except CutError:
        return


DAMAGED: list[tuple[bytes, str]] = [
    (b"", "it is empty"),
    (b"<!DOCTYPE html><p>gone", "it is an HTML page"),
    (b"<?xml version='1.0'?><Error/>", "it is an XML text"),
    (b'{"error": 1}', "it is a JSON text"),
    (b"hello", "it is no picture, film or sound that is known here"),
    (samples.png()[:-20], "it ends inside the PNG chunk IDAT"),
    (samples.png().replace(b"IDAT", b"IDAX"), "a PNG chunk does not match its checksum"),
    (samples.png(0, 2), "it has no pixels"),
    (samples.png()[:8] + samples.png()[33:], "its first PNG chunk is not the header"),
    (b"\xff\xd8\xff\xd9", "it has no picture"),
    (b"\xff\xd8\xff\xe0\x00\x02\x00", "a JPEG segment does not end where it says"),
    (b"\xff\xd8\xff\x01\xff\xd9", "it has no picture"),
    (samples.webp()[:12], "it is shorter than its RIFF size says"),
    (b"RIFF\x04\x00\x00\x00WEBP", "it has no picture"),
    (b"RIFF\x0e\x00\x00\x00WEBPVP8L\x02\x00\x00\x00\x00\x00", "its WebP picture has no header"),
    (b"RIFF\x0e\x00\x00\x00WEBPVP8L\x09\x00\x00\x00\x00\x00", "a WebP chunk goes beyond its RIFF size"),
    (b"GIF89a" + bytes(7) + b"\x3b", "it has no picture"),
    (b"GIF89a" + bytes(7) + b"\x99", "it has a block that no GIF has"),
    (samples.box(b"ftyp", b"isom"), "it has no movie header"),
    (samples.box(b"ftyp", b"isom") + samples.box(b"moov"), "it has no movie data"),
    (samples.box(b"ftyp", b"isom") + b"\x00\x00\x00\x04moov", "a box is smaller than its own header"),
    (samples.box(b"ftyp", b"isom") + b"\x00\x00\x01\x00mdat", "it ends inside the box 'mdat'"),
    (samples.box(b"ftyp", b"avif"), "it has no picture"),
    (
        samples.webm()[:40] + samples.webm()[40:].replace(b"\x16\x54\xae\x6b", b"\x15\x49\xa9\x66"),
        "it has no tracks",
    ),
    (b"\x1a\x45\xdf\xa3\x80\x1c\x53\xbb\x6b\x80", "it has no segment"),
    (b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x81\x00", "it has an element that no WebM has"),
    (b"\x1a\x45\xdf\xa3\xff", "it has no EBML header"),
    (b"\x1a\x45\xdf\xa3\x00", "it has an element that no WebM has"),
    (b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff\x16\x54\xae\x6b\xff", "it has an element without a size"),
    (b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x82\x80\x80", "it has an element that no WebM has"),
    (b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff" + samples.element(0x1654AE6B, b"\xae\x80"), "it has no media"),
    (b"RIFF\x04\x00\x00\x00WAVE", "it has no samples"),
    (b"RIFF\xff\xff\xff\xffWAVEdata\x10\x00\x00\x00\x00", "it ends inside its samples"),
    (b"ID3\x04\x00\x00\x00\x00\x00\x00", "it has no sound"),
    (samples.mp3() + b"junk", "a frame does not begin where the one before it ends"),
    (samples.mp3() + b"\xff\xfb\xf0\x00", "a frame has a rate that no MP3 has"),
    (samples.mp3() + b"\xff\xfb", "it ends inside a frame"),
    (samples.ogg() + b"junk", "a page does not begin where the one before it ends"),
    (samples.flac()[:42], "it has no sound"),
    (samples.aac() + bytes(7), "a frame does not begin where the one before it ends"),
    (b"%PDF-1.7 and no end", "its end is missing"),
    (b"BM\x40\x00\x00\x00\x00\x00\x00\x00\x36", "it is shorter than it says"),
]


@pytest.mark.parametrize(("data", "why"), DAMAGED, ids=[f"{n} {why}" for n, (_, why) in enumerate(DAMAGED)])
def test_damage_is_named(data: bytes, why: str, tmp_path: Path) -> None:
    """The error says what is wrong with the file, and exits with the code of damage."""
    path = tmp_path / "fox.bin"
    path.write_bytes(data)
    with pytest.raises(DamagedError) as error:
        verify(path)
    assert str(error.value) == f"fox.bin is damaged: {why}"


def test_a_good_download_is_verified_from_its_path(tmp_path: Path) -> None:
    """The name of the file plays no part."""
    path = tmp_path / "film.txt"
    path.write_bytes(samples.mp4(64, 48, 2.5))
    assert verify(path) == Facts(kinds.MP4, len(samples.mp4()), 64, 48, 2.5)


def test_a_large_scan_is_read_in_blocks() -> None:
    """An end marker that falls on the seam of two blocks is found."""
    start, end = samples.jpeg()[:-3], b"\xff\xd9"
    for pad in range((1 << 16) - 12, (1 << 16) + 2):
        data = start + bytes(pad) + end
        assert look(data) == Facts(kinds.JPEG, len(data), 16, 8)


def test_trailing_bytes_are_let_through() -> None:
    """What stands behind the end of a picture is not ours to refuse."""
    for data in (samples.png(), samples.jpeg(), samples.gif(), samples.webp()):
        assert look(data + b"more").size == len(data) + 4
    assert look(samples.mp3() + b"TAG" + bytes(125)).duration == pytest.approx(3 * 1152 / 44100)


def test_a_film_on_its_side_is_measured_as_shown() -> None:
    """A quarter turn in the track's matrix swaps width and height."""
    moov = samples.box(b"moov", samples.movie_header(1), samples.track(b"vide", 64, 48, turned=True))
    data = samples.box(b"ftyp", b"isom") + moov + samples.box(b"mdat")
    assert look(data) == Facts(kinds.MP4, len(data), 48, 64, 1.0)


def test_a_fragmented_film_tells_its_length_elsewhere() -> None:
    """With no duration in its header, the one of its fragments counts."""
    extends = samples.box(b"mvex", samples.box(b"mehd", bytes(4), (4000).to_bytes(4, "big")))
    for tail, seconds in ((extends, 4.0), (samples.box(b"mvex"), None), (b"", None)):
        moov = samples.box(b"moov", samples.movie_header(0), samples.track(b"vide", 8, 6), tail)
        data = samples.box(b"ftyp", b"iso5") + moov + samples.box(b"mdat")
        assert look(data) == Facts(kinds.MP4, len(data), 8, 6, seconds)


def test_boxes_may_be_long_or_open() -> None:
    """A 64-bit size and a last box that runs to the end of the file are read."""
    long = b"\x00\x00\x00\x01mdat" + (20).to_bytes(8, "big") + bytes(4)
    moov = samples.box(b"moov", samples.movie_header(1), samples.box(b"trak", bytes(4)), samples.track(b"vide", 8, 6))
    data = samples.box(b"ftyp", b"isom") + long + b"\x00\x00\x00\x00free"
    whole = samples.box(b"ftyp", b"isom") + long + moov + b"\x00\x00\x00\x00free"
    with pytest.raises(CutError):
        look(data)
    assert look(whole) == Facts(kinds.MP4, len(whole), 8, 6, 1.0)


def test_a_picture_without_properties_has_no_size() -> None:
    """An AVIF whose boxes tell no size is whole nevertheless."""
    data = samples.box(b"ftyp", b"avif") + samples.box(b"meta", bytes(4)) + samples.box(b"mdat")
    assert look(data) == Facts(kinds.AVIF, len(data))


def test_a_streamed_wav_runs_to_the_end() -> None:
    """A writer that could not go back leaves the sizes open."""
    data = bytearray(samples.wav(0.5))
    data[4:8] = b"\xff\xff\xff\xff"
    at = data.index(b"data") + 4
    data[at : at + 4] = b"\xff\xff\xff\xff"
    assert look(bytes(data)) == Facts(kinds.WAV, len(data), duration=0.5)


def test_an_animated_webp_takes_the_size_of_its_canvas() -> None:
    """Frames are whole pictures too."""
    canvas = bytes(4) + (9).to_bytes(3, "little") + (7).to_bytes(3, "little")
    data = b"RIFF\x2e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + canvas + b"ANMF\x10\x00\x00\x00" + bytes(16)
    assert look(data) == Facts(kinds.WEBP, len(data), 10, 8)


def test_a_vorbis_stream_tells_its_rate() -> None:
    """The rate stands in the first header; a page may have no position of its own."""
    head = b"\x01vorbis" + bytes(5) + (8000).to_bytes(4, "little")
    page = b"OggS\x00\x02" + bytes(20) + bytes([1, len(head)]) + head
    middle = b"OggS\x00\x00" + b"\xff" * 8 + bytes(12) + bytes([1, 1, 0])
    last = b"OggS\x00\x04" + (12000).to_bytes(8, "little") + bytes(12) + bytes([1, 1, 0])
    assert look(page + last + middle).duration == 1.5
    assert look(middle + last).duration is None


def test_headers_may_hold_more_than_is_looked_at() -> None:
    """Other entries beside the tracks, other blocks before a FLAC's description, a bitmap that is whole."""
    tracks = samples.element(0x1654AE6B, b"\xec\x80" + samples.element(0xAE, b""))
    cluster = samples.element(0x1F43B675, b"\xe7\x81\x00")
    data = samples.element(0x1A45DFA3, b"") + samples.element(0x18538067, tracks + cluster)
    assert look(data) == Facts(kinds.WEBM, len(data))
    flac = samples.flac(1.5)
    longer = b"fLaC" + b"\x04\x00\x00\x02hi" + flac[4:]
    assert look(longer).duration == 1.5
    bitmap = b"BM\x0e\x00\x00\x00" + bytes(8)
    assert look(bitmap) == Facts(kinds.BMP, 14)
    assert look(b"II*\x00" + bytes(8)) == Facts(kinds.TIFF, 12)


def test_an_mp3_whose_count_would_be_beyond_its_frame() -> None:
    """It tells none."""
    short = b"\xff\xf3\x14\x00"  # MPEG-2, 8 kbit/s, 24 kHz: 24 bytes a frame
    assert look(short + bytes(16) + b"Xing").duration == pytest.approx(576 / 24000)
