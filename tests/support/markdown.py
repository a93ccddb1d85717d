"""Markdown for tests: an answer with everything in it, and scraps that make odd ones."""

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import strategies as st

from inference_cli.terminal.markdown.containers import Marks
from inference_cli.terminal.markdown.document import Markdown

SAMPLE = r'''
# The red fox

A **red fox** (*Vulpes vulpes*) is the largest of the true foxes, and `one` of the most [widely distributed](https://example.com/foxes) members of the order Carnivora; see https://example.com/a_b_c.

## Where it lives
It lives across the entire Northern Hemisphere:
- North America, **and** Europe
  - forests
  - towns, where it finds much more food than anywhere else in the wide wide world of foxes
    1. one
    2. two
- Asia
- [x] done
- [ ] open

1. First item

   with a second paragraph
2. Second:
   ```python
   def fox(n: int) -> str:
       """A fox."""
       return f"{n} foxes"  # red
   ```
10. Tenth

> A quote with **bold**
> and more.
>
> > Nested.

| Name | Size | Note |
|------|-----:|:----:|
| Red fox | 90 cm | common `code` |
| 北極狐 | 60 cm | white 🦊 |

| Very long heading of a column | Another long heading | Third |
|---|---|---|
| A cell with a lot of text that has to be wrapped, since it is long | x | Another cell with a lot of text in it, which wraps too |
| b | c | d |

---

```js
/* a
 b */
const x = `t ${y}`; // a very long line of code that does not fit into the terminal at all, not even nearly, no
```

Setext
======

<details>
<summary>HTML &amp; more</summary>
</details>

שלום עולם, this is **right to left**. 日本語のテキストはどこでも折り返すことができます。日本語のテキストはどこでも折り返すことができます。

    indented code

### Third level
End.
'''.lstrip("\n")
"""Headings, lists in each other, quotes, tables, code, long lines, wide and right-to-left text, emoji, HTML."""

SCRAPS = [
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "!",
        "a",
        "b c",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "|",
        " ",
    ),
    *("|--|--|\n", "```\n", "```py\n", "#", "~~", "\\", "<", "https://a.b/c", "&amp;", "---\n", "===\n", "<b>", "'''"),
    *("字", "。", "e\u0301", "👩\u200d🚀", "❤\ufe0f", "é", "\u05d0\u2067", "\x1b[31m", "\r", "\t", "- [x] ", "/*"),
    *("x" * 50, "x y " * 120, "|a|b|\n|-|-|\n", "|1|2|\n" * 25),
]
"""Pieces of which nearly every state of the reader is made within a few."""

odd_answers = st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join)
cuts = st.lists(st.integers(0, 3_000), max_size=8)


def pieces(text: str, places: Iterable[int]) -> list[str]:
    """A text cut at some places."""
    ends = [0, *sorted(min(place, len(text)) for place in places), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]


def drawn(parts: Iterable[str], width: int, *, looking: bool = False) -> list[str]:
    """The lines of a document that arrives in parts.

    Args:
        parts: safe text.
        width: columns.
        looking: ask after each part how it would end, as a redraw does.
    """
    markdown = Markdown(width, marks=Marks())
    lines: list[str] = []
    for part in parts:
        lines += markdown.feed(part)
        if looking:
            markdown.preview()
    return lines + markdown.end()
