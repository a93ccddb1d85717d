"""What the shell's completion may offer, kept where TAB finds it without starting much."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.cli.session import Session


def offer_on_tab(session: "Session", models: Iterable["Model"]) -> None:
    """Let TAB offer these models in place of those before, and the profiles as they are now.

    It never fails: what cannot be kept is not offered.

    Args:
        session: whose profile and origin the models are of.
        models: all that there are.
    """
    from inference_cli.catalogue.defaults import MODELS
    from inference_cli.catalogue.offers import offers
    from inference_cli.completion import snapshot

    folder, settings = session.paths.cache / "completion", session.settings
    snapshot.write(
        folder, profile=settings.profile, origin=str(settings.origin), offers=offers(models), defaults=MODELS
    )
    offer_profiles(session)


def is_offered(session: "Session") -> bool:
    """Whether TAB has a list of models for the profile and origin of a session."""
    from inference_cli.completion import snapshot

    folder, settings = str(session.paths.cache / "completion"), session.settings
    return snapshot.is_there(snapshot.file_of(folder, settings.profile, str(settings.origin)))


def offer_profiles(session: "Session") -> None:
    """Let TAB offer the profiles as they are now, without reading TOML, which would take it longer than all else."""
    from inference_cli.completion import profiles

    profiles.write(session.paths.cache / "completion", session.paths.config_file)
