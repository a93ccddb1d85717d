import itertools

from inference_cli.sandbox.chat.markdown import pages, tour

KINDS = [
    "# ", "\n### ", "###### ", "\n- one", "\n  - two", "\n    1. ", "\n7. ", "- [x]", "- [ ]", "\n|:---", "\n> ", "> > ",
    "```python\n", "```javascript\n", "```rust\n", "```sql\n", "```diff\n", "\n~~~\n", "\n    code", "](https://", "![",
    "<https://", "**", "~~", "[^1]:", "  \n", "\\\n", "\n---\n", "<details>", "<kbd>", "<!--", "\n$$\n", "$e^", "&amp;",
    "שועל", "ثعلب", "狐", "👩‍🚀", "\u0301",
]  # fmt: skip


def test_everything_is_there() -> None:
    """Every kind of Markdown that a model may write, and lines that do not fit any terminal."""
    text = tour()
    assert [kind for kind in KINDS if kind not in f"\n{text}"] == []
    assert max(map(len, text.splitlines())) > 400


def test_it_goes_on_for_ever() -> None:
    """Each round with its number."""
    text = "".join(itertools.islice(pages(), 40))
    assert text.startswith(tour())
    assert [text.count(f"\n## Round {number}\n") for number in (1, 2, 3)] == [0, 1, 1]
