"""The optional packages: which of them can be imported, and how to get the others."""

from collections.abc import Callable, Collection, Iterator
from importlib import import_module

from inference_cli.terminal.checklist import Finding

EXTRAS = {
    "sandbox": (("starlette", "uvicorn", "PIL", "av"), "the API offline (--sandbox)"),
    "media": (("PIL", "av"), "looking into pictures and films"),
    "keyring": (("keyring",), "a token in the system's keyring"),
    "system-trust": (("truststore",), "the certificates of the system"),
    "yaml": (("yaml",), "YAML files"),
}


def extras(needed: Collection[str] = (), load: Callable[[str], object] = import_module) -> Iterator[Finding]:
    """A line per extra; one that is missing is a failure only where the settings need it.

    Args:
        needed: names of extras.
        load: imports a module.
    """
    for name, (modules, purpose) in EXTRAS.items():
        missing, broken = _tried(modules, load)
        fix = f"Install it:  pip install 'inference-cli[{name}]'"
        check = f"extra {name}"
        if broken:
            again = fix.replace("install '", "install --force-reinstall '")
            yield Finding("failure" if name in needed else "warning", check, f"{broken} cannot be loaded", again)
        elif missing and name in needed:
            yield Finding("failure", check, f"the settings need it, and {missing} is not installed", fix)
        elif missing:
            yield Finding("ok", check, f"not installed; it is for {purpose}", fix)
        else:
            yield Finding("ok", check, f"installed: {purpose}")


def _tried(modules: tuple[str, ...], load: Callable[[str], object]) -> tuple[str, str]:
    """The modules that are not there, and the first that is there and fails."""
    missing: list[str] = []
    for module in modules:
        try:
            load(module)
        except ModuleNotFoundError as error:
            if error.name != module:
                return "", f"{module} (without {error.name})"
            missing.append(module)
        except Exception as error:  # noqa: BLE001 - a package that is installed badly raises what it likes
            return "", f"{module} ({type(error).__name__})"
    return ", ".join(missing), ""
