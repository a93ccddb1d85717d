"""What an installation weighs, asked of its own interpreter.  DISTRIBUTION.

Prints the number of distributions that the core needs, their bytes without bytecode, and with it.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path


def needed(name: str) -> dict[str, Distribution]:
    """A distribution and everything that it needs, extras left out; what is not installed is not needed here."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for requirement in found[name].requires or []:
            named = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
            if named and "extra ==" not in requirement:
                waiting.append(named[0])
    return found


def files(one: Distribution) -> set[Path]:
    """All its files; of an editable installation those of its packages too."""
    found = {Path(str(one.locate_file(file))).resolve() for file in one.files or []}
    for package in (one.read_text("top_level.txt") or one.name.replace("-", "_")).split():
        spec = find_spec(package) if package.isidentifier() else None
        for folder in (spec.submodule_search_locations or []) if spec else []:
            found |= {path.resolve() for path in Path(folder).rglob("*")}
    return {path for path in found if path.is_file()}


def main(name: str) -> None:
    """Print the three numbers."""
    distributions = needed(name)
    everything = set().union(*(files(one) for one in distributions.values()))
    plain = sum(path.stat().st_size for path in everything if path.suffix != ".pyc")
    compiled = sum(path.stat().st_size for path in everything if path.suffix == ".pyc")
    sys.stdout.write(f"{len(distributions)} {plain} {plain + compiled}\n")


if __name__ == "__main__":
    main(sys.argv[1])
