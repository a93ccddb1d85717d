from hypothesis import given, strategies as st

from inference_cli.conversation.tools.readable import readable

PAGE = """<!doctype html><html><head><title>A  page</title><style>x{}</style></head>
<body><h1>Fox &amp; hound</h1><script>evil()</script><p>Some
  <b>bold</b> words.<p>More.<ul><li>one<li><a href="https://x.example/a">two</a></ul>
<a href="#top">up</a> <a href="javascript:x">no</a><br>last
<table><tr><td>a<td>b</table><noscript>hidden <p>deep</p></noscript><svg><a href="/x">y</a></svg></body>"""


def test_a_page() -> None:
    """Title, headings, paragraphs, lists, links, tables; nothing that is not seen."""
    assert readable(PAGE) == (
        "A page\n\n# Fox & hound\n\nSome bold words.\n\nMore.\n\n- one\n- two <https://x.example/a>\n\nup no\nlast\n\n| a | b"
    )


def test_a_title_that_is_there_already() -> None:
    """Once."""
    assert readable("<title>Fox</title><h1>Fox</h1>") == "# Fox"
    assert readable("no html at all") == "no html at all"
    assert readable("") == ""


@given(st.text("<>/!-ap lidv&;\"'=#x\n", max_size=60))
def test_whatever_it_is(html: str) -> None:
    """Never an error, and never much longer than the page."""
    assert len(readable(html)) <= 4 * len(html)
