"""``@…`` in a message."""

from pathlib import Path

import pytest

from inference_cli.conversation.mentions import Mentions, find, output

FILES = {"photo.png", "my fox.png", "a/b.pdf", "Makefile", "odd."}
OUTPUTS = (Path("one.png"), Path("two.mp4"))


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("What is in @photo.png?", Mentions(("photo.png",))),
        ("compare @1 (@last) and @a/b.pdf.", Mentions(("one.png", "two.mp4", "a/b.pdf"))),
        ('@"my fox.png" and @my\\ fox.png', Mentions(("my fox.png",))),
        ("@odd. is a name, @Makefile too", Mentions(("odd.", "Makefile"))),
        ("write to me@photo.png and @someone", Mentions()),
        ("@phto.png, @3 and @x/y", Mentions((), ("phto.png", "3", "x/y"))),
        ("@property\n@app.get('/x')\n@pytest.fixture\n@types/node", Mentions((), ("types/node",))),
        ("@ alone, @@photo.png", Mentions()),
    ],
)
def test_mentions(text: str, mentions: Mentions) -> None:
    """Files that are there, in order, once; what looks like one and is not, for a note."""
    assert find(text, is_file=FILES.__contains__, outputs=OUTPUTS) == mentions


def test_outputs() -> None:
    """By number from 1, or the last."""
    assert [output(name, OUTPUTS) for name in ("1", "2", "last", "3", "0", "x")] == [
        Path("one.png"),
        Path("two.mp4"),
        Path("two.mp4"),
        None,
        None,
        None,
    ]
    assert output("last", ()) is None
