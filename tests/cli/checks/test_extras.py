"""Optional packages."""

from inference_cli.cli.checks.extras import EXTRAS, extras
from inference_cli.terminal.checklist import Finding


def _absent(module: str) -> object:
    raise ModuleNotFoundError(f"No module named {module!r}", name=module)


def test_what_is_installed_is_said_with_its_purpose() -> None:
    """One line each, in the order of the table."""
    found = list(extras(load=lambda _: object()))

    assert [one.check for one in found] == [f"extra {name}" for name in EXTRAS]
    assert found[2] == Finding("ok", "extra keyring", "installed: a token in the system's keyring")


def test_a_missing_extra_is_a_fault_only_where_it_is_needed() -> None:
    """Each line has the exact command."""
    found = {one.check: one for one in extras({"sandbox"}, _absent)}

    assert found["extra media"] == Finding(
        "ok",
        "extra media",
        "not installed; it is for looking into pictures and films",
        "Install it:  pip install 'inference-cli[media]'",
    )
    assert found["extra sandbox"] == Finding(
        "failure",
        "extra sandbox",
        "the settings need it, and starlette, uvicorn, PIL, av is not installed",
        "Install it:  pip install 'inference-cli[sandbox]'",
    )


def test_a_package_that_fails_is_told_from_one_that_is_absent() -> None:
    """Installed badly, or without what it needs itself."""

    def load(module: str) -> object:
        if module == "av":
            raise OSError("libavcodec.so: cannot open shared object file")
        if module == "keyring":
            raise ModuleNotFoundError("No module named 'jaraco'", name="jaraco")
        return object()

    found = {one.check: one for one in extras(load=load)}

    assert (found["extra media"].state, found["extra media"].message) == ("warning", "av (OSError) cannot be loaded")
    assert found["extra keyring"].message == "keyring (without jaraco) cannot be loaded"
    assert found["extra keyring"].fix == "Install it:  pip install --force-reinstall 'inference-cli[keyring]'"
