import pytest

from inference_cli.conversation.tools.given import faults_of, is_schema, read
from inference_cli.conversation.tools.tool import ToolFailedError
from tests.support.tools import TEXT


def test_arguments_that_fit() -> None:
    """As the model wrote them; nothing stands for none."""
    assert read('{"text": "ä"}', TEXT) == {"text": "ä"}
    assert read("  ", {"type": "object"}) == {}


def test_json_that_is_nested_too_deeply() -> None:
    """Refused, not crashed on."""
    with pytest.raises(ToolFailedError, match="not JSON"):
        read("[" * 100_000, TEXT)


def test_many_faults_are_not_all_told() -> None:
    """Eight of them will do."""
    found = faults_of(list(range(20)), {"items": {"type": "string"}})
    assert found[0] == '- [0]: 0 is not of type "string"'
    assert (len(found), found[-1]) == (9, "and 12 more")


def test_a_schema_that_is_none() -> None:
    """Nothing is fetched for one, either."""
    assert is_schema(TEXT)
    assert not is_schema({"type": "thing"})
    assert not is_schema({"$ref": "https://example.com/schema.json"})
    assert faults_of({}, {"type": "thing"}) == ["They could not be checked."]
