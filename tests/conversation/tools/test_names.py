from hypothesis import given, strategies as st

from inference_cli.conversation.tools.names import is_name, named


@given(st.lists(st.text(max_size=90), max_size=8))
def test_every_text_gets_a_name_of_its_own(texts: list[str]) -> None:
    """Within the pattern, and never twice."""
    names: list[str] = []
    for text in texts:
        names.append(named(text, names))
    assert all(map(is_name, names))
    assert len(set(names)) == len(texts)


def test_a_name_stays_as_it_is() -> None:
    """Where it may, and the same text always gets the same name."""
    assert named("github_create-issue") == "github_create-issue"
    assert named("files/read it!") == "files_read_it"
    assert named("☃") == "tool"
    assert named("x" * 80) == named("x" * 80) != named("x" * 81)
    assert not is_name("")
    assert not is_name("x\n")
