"""What an installation weighs."""

from importlib.metadata import distribution

from tests.benchmarks.weigh import files, needed


def test_the_core_needs_what_it_names_and_what_that_needs() -> None:
    """Its dependencies to the last, and nothing of its extras."""
    found = set(needed("Inference_CLI"))
    assert {"inference-cli", "typer", "rich", "httpx", "h11", "certifi"} <= found
    assert found.isdisjoint({"pytest", "ruff", "mypy", "starlette", "pillow", "keyring"})


def test_the_files_of_a_distribution_are_counted() -> None:
    """Code and metadata, each once; of an editable one its package."""
    assert {path.name for path in files(distribution("h11"))} >= {"_connection.py", "METADATA"}
    assert "__main__.py" in {path.name for path in files(distribution("inference-cli"))}
