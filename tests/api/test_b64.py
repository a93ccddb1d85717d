import base64
import io
import itertools
import json
import tracemalloc
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.api.b64 import Scanner
from inference_cli.api.failures import Garbled
from inference_cli.errors import DamagedError
from tests.support.api import Sinks


def scan(text: bytes, *cuts: int) -> tuple[Any, dict[int, bytes]]:
    """The JSON that is left and the decoded outputs, for a text cut at some places."""
    sinks = Sinks()
    scanner = Scanner(sinks)
    places = [0, *sorted(cuts), len(text)]
    for start, end in itertools.pairwise(places):
        scanner.feed(text[start:end])
    rest = scanner.finish()
    assert sorted(sinks.data) == list(range(scanner.count))
    return json.loads(rest), sinks.data


def feed_all(scanner: Scanner, *pieces: bytes) -> None:
    """Feed piece after piece."""
    for piece in pieces:
        scanner.feed(piece)


def expected(document: Any, found: dict[int, bytes] | None = None) -> tuple[Any, dict[int, bytes]]:
    """The same by way of json.loads: the slow and certain truth."""
    found = {} if found is None else found
    if isinstance(document, dict):
        result: dict[str, Any] = {}
        for key, value in document.items():
            if key == "b64_json" and isinstance(value, str) and value:
                found[len(found)] = base64.b64decode(value.partition(",")[2] if value.startswith("data:") else value)
                result[key] = f"inline:{len(found) - 1}"
            else:
                result[key] = expected(value, found)[0]
        return result, found
    if isinstance(document, list):
        return [expected(value, found)[0] for value in document], found
    return document, found


OTHER_KEYS = st.sampled_from(["b64", "b64_json ", "B64_JSON", "url", 'q"uote', "back\\slash", "ü", ""])
MEDIA = st.builds(
    lambda data, prefix: prefix + base64.b64encode(data).decode(),
    st.binary(max_size=40),
    st.sampled_from(["", "data:image/png;base64,"]),
).filter(lambda text: not text.endswith(","))
NO_MEDIA = st.sampled_from([None, 12, [], ["b64_json", "b64_json"], {}, {"url": "b64_json"}, {"B64_JSON": ["data:"]}])
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.sampled_from(["b64_json", "data:", "\\"])


def objects(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """JSON objects, with inline media first, last or nowhere."""
    plain = st.dictionaries(OTHER_KEYS, children, max_size=4)
    media = st.builds(lambda value: {"b64_json": value}, MEDIA | NO_MEDIA | plain)
    return plain | st.builds(dict.__or__, plain, media) | st.builds(dict.__or__, media, plain)


DOCUMENTS = st.recursive(LEAVES, lambda children: st.lists(children, max_size=3) | objects(children), max_leaves=12)


def spelled(document: Any, style: int) -> bytes:
    """The document as one of several servers would write it."""
    text = json.dumps(document, ensure_ascii=bool(style & 1), indent=style & 2 or None)
    if style & 4:
        text = text.replace("/", "\\/")
    if style & 8:
        text = text.replace("b64_json", "b64\\u005fj\\u0073on")
    return text.encode("utf-8", "surrogatepass" if style & 1 else "replace")


@given(DOCUMENTS, st.integers(0, 15), st.lists(st.integers(0, 10_000), max_size=8))
@settings(max_examples=300)
def test_scanning_agrees_with_parsing(document: Any, style: int, cuts: list[int]) -> None:
    """Whatever the document, its spelling and its pieces: the same JSON and the same bytes as json.loads gives."""
    text = spelled(document, style)
    wanted = expected(json.loads(text))
    assert scan(text, *(cut % (len(text) + 1) for cut in cuts)) == wanted


def test_every_split_in_two_agrees() -> None:
    """No byte is a bad place to cut: not in the key, the escape, the prefix, the padding."""
    text = (
        b'{"created": 1, "images": [{"b64\\u005fjson" : "data:image\\/png;base64,aGVs\\u002bG8\\/\\n d29ybGQ="},'
        b' {"url": "x\\"b64_json\\": \\"", "b64_json": null}, {"b64_json": ""}, {"b64_json":"aGk="}]}'
    )
    wanted = (
        {
            "created": 1,
            "images": [
                {"b64_json": "inline:0"},
                {"url": 'x"b64_json": "', "b64_json": None},
                {"b64_json": ""},
                {"b64_json": "inline:1"},
            ],
        },
        {0: base64.b64decode("aGVs+G8/d29ybGQ="), 1: b"hi"},
    )
    assert all(scan(text, cut) == wanted for cut in range(len(text) + 1))
    assert scan(text, *range(len(text))) == wanted


@given(st.binary(max_size=60), st.lists(st.tuples(st.integers(0, 90), st.sampled_from([" ", "\\n", "\\r\\n", "\\t"]))),
       st.lists(st.integers(0, 200), max_size=6), st.booleans())  # fmt: skip
def test_base64_in_lines(data: bytes, blanks: list[tuple[int, str]], cuts: list[int], escaped: bool) -> None:
    """Blanks anywhere, as they are or escaped, beside escaped slashes or not, and however it is cut."""
    text = base64.b64encode(data).decode()
    pieces = ["\\/" if escaped and letter == "/" else letter for letter in text]
    for place, blank in blanks:
        pieces.insert(min(place, len(text)), blank)
    document = f'{{"b64_json": "{"".join(pieces)}"}}'.encode()
    kept, found = scan(document, *(cut % (len(document) + 1) for cut in cuts))
    assert found.get(0, b"") == data
    assert kept == {"b64_json": "inline:0" if data else ""}


def test_four_letters_that_could_begin_a_data_url_are_media() -> None:
    """``data`` is valid base64 of three bytes."""
    assert scan(b'{"b64_json": "data"}') == ({"b64_json": "inline:0"}, {0: base64.b64decode("data")})


@pytest.mark.parametrize(
    "media",
    [
        "aGk",  # cut
        "a",
        "aGk=aGk=",  # goes on after its end
        "aGk==",
        "=aGk",
        "a!Gk",
        "aGk-",
        "aG\\u00fck",
        "aG\\\\k",
        "aG\\xk",
        'aGk=\\"',
        "\\ud800aGk",
        "data:image/png;base64",
        "data:" + "x" * 2000,
    ],
)
def test_damaged_base64_is_said_to_be_so(media: str) -> None:
    """Nothing that is not base64 is taken for it, at whatever place it is cut; the sink is never closed."""
    text = f'{{"b64_json": "{media}"}}'.encode()
    for cut in range(len(text)):
        sinks = Sinks()
        scanner = Scanner(sinks)
        with pytest.raises(DamagedError, match="not valid base64"):
            feed_all(scanner, text[:cut], text[cut:])
        assert (sinks.data, len(sinks.cut)) == ({}, scanner.count)


def test_a_cut_answer_is_no_json() -> None:
    """What was decoded so far is in the sink, which stays open; the rest cannot be parsed."""
    sinks = Sinks()
    scanner = Scanner(sinks)
    scanner.feed(b'{"b64_json": "aGVsbG8h')
    with pytest.raises(ValueError):
        json.loads(scanner.finish())
    assert (sinks.data, sinks.cut) == ({}, {0: b"hello!"})


def test_only_what_came_to_its_closing_quote_is_closed() -> None:
    """At whatever place an answer is cut: all bytes may be there, and still nobody knows that there are no more."""
    text = b'{"images": [{"b64_json": "aGk="}, {"b64_json": "aGVsbG8h"}]}'
    ends = [text.index(b'"}, ') + 1, text.index(b'"}]') + 1]
    for cut in range(len(text) + 1):
        sinks = Sinks()
        Scanner(sinks).feed(text[:cut])
        whole = {number: data for number, data in enumerate((b"hi", b"hello!")) if cut >= ends[number]}
        assert sinks.data == whole


def test_json_without_media_has_a_cap() -> None:
    """The cap counts what is kept, not the media."""
    scanner = Scanner(Sinks(), cap=1000)
    scanner.feed(b'{"b64_json": "' + b"aGk+" * 10_000 + b'", "text": "')
    with pytest.raises(Garbled, match="larger"):
        scanner.feed(b"x" * 1000)


def test_a_sink_that_fails_is_not_closed_and_its_error_stays_an_os_error() -> None:
    """A full disk is the caller's matter, and is not taken for a damaged answer."""

    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    full = Full()
    with pytest.raises(OSError, match="No space"):
        Scanner(lambda _: full).feed(b'{"b64_json": "aGVsbG8h')
    assert not full.closed


def test_A21_memory_does_not_grow_with_the_media() -> None:
    """24 MB of base64 in pieces of 64 kB are decoded with a few hundred kB at hand."""

    class Counter(io.RawIOBase):
        size = 0

        def write(self, data: Any) -> int:
            self.size += len(data)
            return len(data)

    counter = Counter()

    def sink(_: int) -> BinaryIO:
        return counter  # type: ignore[return-value] # a raw sink will do

    scanner = Scanner(sink)
    piece = b"QUJD" * 16384
    tracemalloc.start()
    try:
        scanner.feed(b'{"images": [{"b64_json": "')
        for _ in range(384):
            scanner.feed(piece)
        scanner.feed(b'"}]}')
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert json.loads(scanner.finish()) == {"images": [{"b64_json": "inline:0"}]}
    assert counter.size == 384 * 16384 * 3
    assert peak < 1_000_000
