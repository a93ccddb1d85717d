from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, strategies as st

from inference_cli.sandbox.signing import Signer, Verdict

SIGNER = Signer(b"0123456789abcdef", "https://media.example")


def parts(url: str) -> tuple[str, dict[str, str]]:
    """Path and query of a URL."""
    found = urlsplit(url)
    return found.path, dict(parse_qsl(found.query))


@given(expires=st.integers(0, 10**12), wait=st.integers(-(10**12), 10**12))
def test_a_url_is_good_until_it_expires(expires: int, wait: int) -> None:
    """Before its moment it is good, from then on it has expired."""
    path, query = parts(SIGNER.url("/results/a.png", expires))
    assert SIGNER.verdict(path, query, expires + wait) is (Verdict.GOOD if wait < 0 else Verdict.EXPIRED)


@given(place=st.integers(0, 63), letter=st.sampled_from("0123456789abcdefé"))
def test_a_changed_signature_is_forged(place: int, letter: str) -> None:
    """One character is enough."""
    path, query = parts(SIGNER.url("/results/a.png", 100))
    changed = query["Signature"][:place] + letter + query["Signature"][place + 1 :]
    expected = Verdict.GOOD if changed == query["Signature"] else Verdict.FORGED
    assert SIGNER.verdict(path, {**query, "Signature": changed}, 1) is expected


@pytest.mark.parametrize("query", [{}, {"Expires": "100"}, {"Expires": "soon", "Signature": "x"}])
def test_a_query_without_its_parts_is_forged(query: dict[str, str]) -> None:
    """Missing or nonsense."""
    assert SIGNER.verdict("/results/a.png", query, 1) is Verdict.FORGED


def test_another_path_time_or_key_is_forged() -> None:
    """A signature is good for one path, one moment and one key."""
    path, query = parts(SIGNER.url("/results/a.png", 100))
    assert SIGNER.verdict("/results/b.png", query, 1) is Verdict.FORGED
    assert SIGNER.verdict(path, {**query, "Expires": "999"}, 1) is Verdict.FORGED
    assert Signer(b"another key here", SIGNER.base).verdict(path, query, 1) is Verdict.FORGED
