"""JSON as the log keeps it."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.redaction import Redactor
from inference_cli.conversation.blobs import Blobs
from inference_cli.conversation.keeping import Keeping, MissingError, referred, sendable, words_of

DATA = bytes(range(256))
BASE64 = base64.b64encode(DATA).decode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


def keeping(folder: Path, *secrets: str) -> Keeping:
    """One piece of JSON on its way."""
    return Keeping(Blobs(folder), Redactor(secrets))


@pytest.mark.parametrize(
    "value",
    [
        f"data:image/png;base64,{BASE64}",
        f"see ![it](data:image/png;base64,{BASE64}) and data:;base64,{BASE64}",
        {"file": {"file_data": f"data:application/pdf;base64,{BASE64}"}},
        {"input_audio": {"data": BASE64, "format": "wav"}},
        {"audio": {"data": base64.b64encode(DATA * 300).decode(), "transcript": "hi"}},
        [{"b64_json": BASE64}],
        f"data:text/plain;charset=utf-8;base64,{BASE64}",
    ],
)
def test_bytes_become_references(tmp_path: Path, value: Any) -> None:
    """Wherever they stand, and come back as they were."""
    one = keeping(tmp_path)
    kept = one.value(value)
    assert BASE64[:40] not in json.dumps(kept)
    assert sendable(kept, Blobs(tmp_path), one.found) == value
    assert BASE64[:40] not in json.dumps(referred(kept))
    assert f"attachment:{next(iter(one.found))}" in json.dumps(referred(kept))
    with pytest.raises(MissingError):
        sendable(kept, Blobs(tmp_path), ())


@pytest.mark.parametrize(
    "value",
    [
        "data:image/png;base64,",
        f"data:image/png;base64,{BASE64}A",  # no base64 of anything
        "data:image/png,plain",
        {"data": "a word"},
        {"other": BASE64},  # a text that looks like that
        "x" * 100_000 + ";base64,",
    ],
)
def test_what_only_looks_like_it_stays(tmp_path: Path, value: Any) -> None:
    """Nothing is lost for what would not come back."""
    one = keeping(tmp_path)
    assert sendable(one.value(value), Blobs(tmp_path), one.found) == value


@given(JSON)
def test_other_json_is_what_it_was(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    """Neither keys nor numbers nor text are touched."""
    one = keeping(tmp_path_factory.getbasetemp())
    assert one.value(value) == value
    assert sendable(one.value(value), Blobs(tmp_path_factory.getbasetemp()), ()) == value


def test_words() -> None:
    """The text of a message of any form; what is no text is left out."""
    assert words_of({"content": "hi"}) == "hi"
    assert words_of({"content": [{"type": "image_url"}, {"type": "text", "text": "a"}, "odd", {"text": "b"}]}) == "a\nb"
    assert words_of({"content": None}) == ""
    assert words_of({}) == ""
    assert words_of({"content": "\ud800x"}) == "?x"
