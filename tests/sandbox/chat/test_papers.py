import zlib

import pytest

from inference_cli.sandbox.chat.papers import look
from inference_cli.sandbox.chat.seen import Seen
from tests.support.chatting import pdf


def paper(*objects: bytes, end: bytes = b"%%EOF\n") -> bytes:
    """A PDF of those objects; its cross-references are nobody's business here."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>\nstartxref\n0\n" + end


def packed(*objects: bytes, end: bytes = b"\n") -> bytes:
    """An object stream, as PDF 1.5 has them."""
    data = zlib.compress(b" ".join(objects))
    head = b"<< /Type /ObjStm /N %d /Filter /FlateDecode /Length %d >>" % (len(objects), len(data))
    return head + b"\nstream\r" * (end == b"\r\n") + b"\nstream" * (end == b"\n") + b"\n" + data + b"\nendstream"


ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Resources << /Font << >> >> /Kids [3 0 R 4 0 R] /Count 5 >>"
BRANCH = b"<< /Type/Pages/Parent 2 0 R/Count 3>>"
PAGE = b"<< /Type /Page /Parent 2 0 R >>"
OUTLINES = b"<< /Type /Outlines /Count 99 >>"


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (paper(ROOT, TREE, BRANCH, PAGE), 5),
        (paper(ROOT, OUTLINES, PAGE, PAGE), 2),
        (paper(packed(ROOT, TREE, BRANCH)), 5),
        (paper(packed(ROOT, PAGE, PAGE, end=b"\r\n")), 2),
        (paper(ROOT, b"<< /Type /ObjStm >>\nstream\n" + PAGE + b"\nendstream"), 1),
        (paper(ROOT, PAGE, b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nbroken\nendstream"), 1),
        (pdf(7), 7),
    ],
)
def test_pages_are_counted(content: bytes, pages: int) -> None:
    """By the root of the tree, wherever it is kept, else one by one; what else is counted in a PDF does not count."""
    seen = look(content)
    assert seen.facts.startswith(f"PDF, {pages} page")
    assert seen.tokens == pages * 258


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b"(A \\(good\\) f\\157x\\\n!)", "A (good) fox!"),
        (b"(caf\xe9)", "café"),
        (b"<FEFF 0066 006F 0078>", "fox"),
        (b"(\xef\xbb\xbf\xe7\x8b\x90)", "狐"),
        (b"<666F7>", "fop"),
        (b"( )", None),
    ],
)
def test_the_title(written: bytes, title: str | None) -> None:
    """As text strings are written: escaped, in hexadecimal, in three encodings; a blank one is none."""
    expected = "PDF, 1 page" if title is None else f"PDF, 1 page, titled “{title}”"
    assert look(paper(ROOT, PAGE, b"<< /Title %b /Author (x) >>" % written)) == Seen("file", expected, 258)


@pytest.mark.parametrize(
    "content", [b"", b"hello", paper(ROOT), paper(ROOT, PAGE, end=b""), pdf()[1:], pdf()[: len(pdf()) // 2]]
)
def test_what_is_no_pdf(content: bytes) -> None:
    """No beginning, no end, or no page."""
    with pytest.raises(ValueError):
        look(content)
