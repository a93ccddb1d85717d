import pytest

from inference_cli.api.redaction import Redactor

TOKEN = "canary-token-0123456789/+="


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"it was {TOKEN}.", "it was ***."),
        ("it was canary-token-0123456789%2F%2B%3D.", "it was ***."),
        (
            "GET https://m.example/a.png?X-Amz-Signature=abc&X-Amz-Date=2026&size=2 now",
            "GET https://m.example/a.png?X-Amz-Signature=***&X-Amz-Date=***&size=2 now",
        ),
        ("/a?sig=a&Expires=1&Key-Pair-Id=K&token=t#x", "/a?sig=***&Expires=***&Key-Pair-Id=***&token=***"),
        ("'https://user:secret@proxy.example:8080/'", "'https://***@proxy.example:8080/'"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("signature of a design, token count 5", "signature of a design, token count 5"),
    ],
)
def test_secrets_are_masked_wherever_they_stand(text: str, shown: str) -> None:
    """Tokens as they are and percent-encoded, signed query values, user names in URLs; ordinary words stay."""
    assert Redactor([TOKEN, None]).text(text) == shown


def test_a_very_short_secret_is_not_searched_for() -> None:
    """Masking ``abc`` everywhere would hide words, not secrets."""
    assert Redactor(["abc"]).text("abcdef") == "abcdef"


def test_a_secret_learnt_later_is_masked_from_then_on() -> None:
    """Tokens may be exchanged during a command; of two, the longer one is looked for first."""
    redactor = Redactor(["abcd"])
    redactor.add("abcdefgh")
    assert redactor.text("abcdefgh abcd") == "*** ***"


@pytest.mark.parametrize(
    "name",
    ["Authorization", "proxy-authorization", "Cookie", "SET-COOKIE", "X-Api-Key", "apikey", "x-amz-security-token"],
)
def test_headers_that_are_secrets_by_name(name: str) -> None:
    """Their whole value is masked, whatever it looks like."""
    assert Redactor().header(name, "anything at all") == f"{name}: ***"


def test_other_headers_are_shown_without_what_is_secret_in_them() -> None:
    """A Location may hold a signature."""
    assert Redactor().header("location", "https://x/?sig=1") == "location: https://x/?sig=***"


def test_a_document_loses_the_token_and_keeps_its_links() -> None:
    """In keys and values at any depth; the signature of a result's URL is the user's own."""
    link = "https://media.example/x?Signature=abc"
    said = {"error": [f"no {TOKEN}", 7, None], TOKEN: {"url": link}}

    assert Redactor([TOKEN]).document(said) == {"error": ["no ***", 7, None], "***": {"url": link}}


def test_what_is_kept_loses_tokens_and_what_is_secret_in_urls_only() -> None:
    """A talk about keys and tokens stays what it was."""
    kept = Redactor(["test-canary-token"]).kept
    assert kept("use test-canary-token") == "use ***"
    assert kept("https://me:pw@host/?X-Amz-Signature=abc&size=2 and s3+x://u@h?key=1") == (
        "https://***@host/?X-Amz-Signature=***&size=2 and s3+x://***@h?key=***"
    )
    for text in ("f?key=1&token=2", "Authorization: Bearer $TOKEN", "a://", "me@host", "x" * 100_000 + "://"):
        assert kept(text) == text
