from hypothesis import given, strategies as st

from inference_cli.conversation.tools.result import told


@given(st.text(st.characters(), max_size=60), st.integers(1, 80))
def test_every_result_can_be_sent(text: str, limit: int) -> None:
    """Valid UTF-8 without NUL, and no longer than allowed beside the sentence that says so."""
    found = told(text, limit)
    data = found.encode()
    assert "\0" not in found
    kept = found.partition("\n[cut here")[0] if "\n[cut here" in found else found
    assert len(kept.encode()) <= limit or len(data) <= limit + 2
    if len(text.encode("utf-8", "surrogatepass")) * 3 <= limit:
        assert len(found) == len(text) or "\ufffd" in found


def test_what_becomes_of_single_characters() -> None:
    """Escape sequences are data; what JSON cannot carry is replaced."""
    assert told("\x1b[31mred\x1b[0m") == "\x1b[31mred\x1b[0m"
    assert told("a\0b") == "a\ufffdb"
    assert told("a\ud800b").startswith("a\ufffd")
    assert told("ää", 3) == "ä\n[cut here: this is the beginning, 3 of 4 bytes]"
    assert told("ää", 4) == "ää"
