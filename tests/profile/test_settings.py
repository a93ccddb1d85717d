"""Flag, then environment, project file, profile, default: each setting says where it came from."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from inference_cli.errors import NotFoundError, UsageError
from inference_cli.origin import Origin
from inference_cli.profile.config import ConfigFile
from inference_cli.profile.paths import Paths
from inference_cli.profile.settings import Flags, Setting, Settings, load
from inference_cli.profile.tokens import Token

HUB = "https://hub.oxen.ai/api"


@dataclass(frozen=True, slots=True)
class Home:
    """A home, and a working folder beside it."""

    paths: Paths
    cwd: Path

    @property
    def config(self) -> ConfigFile:
        """The configuration file."""
        return ConfigFile(self.paths.config_file)

    def load(self, flags: Flags | None = None, **env: str) -> Settings:
        """The settings under those flags and variables."""
        return load(flags or Flags(), env, self.cwd, self.paths)

    def make(self, profile: str) -> Settings:
        """The settings of a profile that may be new."""
        return load(Flags(profile=profile), {}, self.cwd, self.paths, create=True)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty one."""
    (tmp_path / "work").mkdir()
    folders = (tmp_path / "home" / name for name in ("config", "state", "data", "cache"))
    return Home(Paths(*folders), tmp_path / "work")


def test_without_anything_the_defaults_hold(home: Home) -> None:
    """The service's own origin, asked before more than a dollar is spent."""
    settings = home.load()

    assert (settings.profile, settings.sandbox, settings.base_url, settings.api) == ("default", False, HUB, "auto")
    assert settings.origin == Origin("https", "hub.oxen.ai", 443)
    assert (settings.namespace, settings.model("image"), settings.max_cost) == (None, None, None)
    assert (settings.confirm_above, settings.sandbox_speed) == (Decimal("1.00"), 1.0)
    assert settings.alias("some-model") == "some-model"


def test_each_layer_is_covered_by_the_one_above_it(home: Home) -> None:
    """Profile, project file, environment; the source is told in words."""
    config, project = home.paths.config_file, home.cwd / "inference.toml"

    def model() -> Setting | None:
        return home.load().model("image")

    home.config.set("default", "model_image", "of-profile")
    assert model() == Setting("of-profile", f"profile default ({config})")
    project.write_text('model_image = "of-project"\n')
    assert model() == Setting("of-project", f"project file {project}")
    assert home.load(INFERENCE_MODEL_IMAGE="of-environment").model("image") == Setting(
        "of-environment", "environment INFERENCE_MODEL_IMAGE"
    )


def test_the_base_url_comes_from_the_flag_the_environment_or_the_profile(home: Home) -> None:
    """The service's own variable is the last of them."""
    home.config.set("default", "base_url", "https://profile.example/api")
    flag = Flags(base_url="https://flag.example/api/")

    def base_url(flags: Flags | None = None, **env: str) -> Setting:
        return home.load(flags, **env).get("base_url")

    assert base_url(flag, INFERENCE_BASE_URL="https://env.example") == Setting(
        "https://flag.example/api", "flag --base-url"
    )
    assert base_url(INFERENCE_BASE_URL="https://env.example", OXEN_BASE_URL="https://oxen.example") == Setting(
        "https://env.example", "environment INFERENCE_BASE_URL"
    )
    assert base_url(OXEN_BASE_URL="https://oxen.example") == Setting(
        "https://oxen.example", "environment OXEN_BASE_URL"
    )
    assert base_url().value == "https://profile.example/api"


def test_the_profile_comes_from_the_flag_the_environment_or_the_file(home: Home) -> None:
    """In that order."""
    for name in ("flagged", "exported", "used"):
        home.config.set(name, "api", "current")
    home.config.use("used")

    assert home.load(Flags(profile="flagged"), INFERENCE_PROFILE="exported").chosen == Setting(
        "flagged", "flag --profile"
    )
    assert home.load(INFERENCE_PROFILE="exported").chosen == Setting("exported", "environment INFERENCE_PROFILE")
    assert home.load().chosen == Setting("used", str(home.paths.config_file))


def test_a_profile_that_does_not_exist_is_refused(home: Home) -> None:
    """Exit 4, with what named it; a command that makes profiles may name a new one."""
    with pytest.raises(NotFoundError, match=r"no profile named wrok \(named by environment INFERENCE_PROFILE\)"):
        home.load(INFERENCE_PROFILE="wrok")

    assert home.make("new").profile == "new"
    with pytest.raises(UsageError, match="the name of a profile must be"):
        home.make("a b")


@pytest.mark.parametrize(
    ("flags", "env"),
    [
        (Flags(sandbox=True), {}),
        (Flags(profile="sandbox"), {}),
        (Flags(), {"INFERENCE_SANDBOX": "1"}),
        (Flags(), {"INFERENCE_PROFILE": "sandbox"}),
        (Flags(), {"INFERENCE_SANDBOX": "1", "INFERENCE_PROFILE": "work"}),
    ],
)
def test_the_sandbox_fixes_base_url_and_token(home: Home, flags: Flags, env: dict[str, str]) -> None:
    """No variable overrides them, and a damaged one does not matter."""
    home.config.set("work", "base_url", "https://work.example")

    settings = home.load(
        flags,
        **env,
        INFERENCE_BASE_URL="http://evil.example",
        INFERENCE_API_KEY="canary-token",
        OXEN_API_KEY="canary-2",
    )

    assert (settings.sandbox, settings.profile, settings.base_url, settings.namespace) == (
        True,
        "sandbox",
        "https://api.sandbox.invalid/api",
        "sandbox",
    )
    assert settings.token() == Token("sandbox-token", settings.origin, "built in")
    assert settings.get("token") == Setting("…oken", "built in")


def test_the_sandbox_takes_its_other_settings_from_its_profile(home: Home) -> None:
    """The generation of its API, and whose account it plays."""
    home.config.set("sandbox", "api", "2026-04")
    home.config.set("sandbox", "namespace", "somebody")

    settings = home.load(Flags(sandbox=True))

    assert (settings.api, settings.namespace) == ("2026-04", "somebody")


@pytest.mark.parametrize(
    ("flags", "env", "complaint"),
    [
        (Flags(sandbox=True, base_url="https://example.org"), {}, "--base-url does not go with the sandbox"),
        (Flags(base_url="https://example.org"), {"INFERENCE_SANDBOX": "1"}, "--base-url does not go with the sandbox"),
        (Flags(sandbox=True, profile="work"), {}, "--profile work does not go with --sandbox"),
        (Flags(profile="work"), {"INFERENCE_SANDBOX": "1"}, "--profile work does not go with INFERENCE_SANDBOX"),
        (Flags(), {"INFERENCE_SANDBOX": "perhaps"}, "INFERENCE_SANDBOX must be 1 or 0"),
        (Flags(base_url="http://example.org"), {}, "--base-url plain http is allowed on loopback only"),
        (Flags(base_url="example.org"), {}, "--base-url must be https://HOST"),
    ],
)
def test_what_contradicts_itself_is_refused(home: Home, flags: Flags, env: dict[str, str], complaint: str) -> None:
    """A promise that nothing is paid for is never overruled in silence."""
    home.config.set("work", "api", "current")

    with pytest.raises(UsageError) as caught:
        home.load(flags, **env)
    assert caught.value.message.startswith(complaint)


def test_a_project_file_cannot_move_the_api(home: Home) -> None:
    """Exit 2, naming the file (fault F6)."""
    (home.cwd / "inference.toml").write_text('base_url = "https://evil.example"\n')

    with pytest.raises(UsageError, match=r"inference\.toml, line 1: a project file cannot set base_url"):
        home.load(Flags(sandbox=True))


def test_aliases_of_the_project_and_the_profile_stand_together(home: Home) -> None:
    """A default model may be given by its alias; the project's own alias wins."""
    home.config.set("default", "aliases.fast", "profile-fast")
    home.config.set("default", "aliases.good", "profile-good")
    (home.cwd / "inference.toml").write_text('model_video = "fast"\n[aliases]\nfast = "project-fast"\n')

    settings = home.load()

    assert [settings.alias(name) for name in ("fast", "good", "other")] == ["project-fast", "profile-good", "other"]
    assert settings.model("video") == Setting("project-fast", f"project file {home.cwd / 'inference.toml'}")


def test_every_setting_is_explained_with_its_source_and_the_token_masked(home: Home) -> None:
    """What `config list` shows (fault F16)."""
    home.config.set("default", "aliases.fast", "m")
    home.config.set("default", "budget_month", "20")
    of_profile = f"profile default ({home.paths.config_file})"

    settings = home.load(INFERENCE_API_KEY="canary-token-4711", INFERENCE_MAX_COST="3")

    assert settings.explain() == [
        ("profile", Setting("default", "default")),
        ("base_url", Setting(HUB, "default")),
        ("token", Setting("…4711", "environment INFERENCE_API_KEY")),
        ("api", Setting("auto", "default")),
        ("confirm_above", Setting(Decimal("1.00"), "default")),
        ("budget_month", Setting(Decimal(20), of_profile)),
        ("aliases.fast", Setting("m", of_profile)),
        ("max_cost", Setting(Decimal(3), "environment INFERENCE_MAX_COST")),
        ("sandbox_speed", Setting(1.0, "default")),
    ]


def test_budgets_are_those_that_are_set(home: Home) -> None:
    """None is no budget; 0 is one."""
    assert home.load().budgets == {}
    home.config.set("default", "budget_month", "20")
    home.config.set("default", "budget_day", "0")
    assert home.load().budgets == {"budget_day": Decimal(0), "budget_month": Decimal(20)}


def test_one_setting_is_read_by_its_name(home: Home) -> None:
    """One that nobody set has no value; one that does not exist is answered with the closest."""
    settings = home.load(INFERENCE_MAX_COST="3")

    assert settings.get("profile") == Setting("default", "default")
    assert settings.get("max_cost") == Setting(Decimal(3), "environment INFERENCE_MAX_COST")
    assert (settings.max_cost, settings.get("namespace"), settings.get("token")) == (
        Decimal(3),
        Setting(None, "default"),
        Setting(None, "default"),
    )
    with pytest.raises(UsageError, match="no setting named name_space"):
        settings.get("name_space")


def test_a_namespace_comes_from_profile_or_project(home: Home) -> None:
    """The project's wins."""
    home.config.set("default", "namespace", "mine")
    assert home.load().namespace == "mine"
    (home.cwd / "inference.toml").write_text('namespace = "ours"\n')
    assert home.load().namespace == "ours"


def test_a_tag_comes_from_the_flag_the_environment_the_project_or_the_profile(home: Home) -> None:
    """CI sets the variable; a flag that is no tag is refused by its name."""
    assert home.load().tag() is None
    home.config.set("default", "tag", "of-profile")
    assert home.load().tag() == "of-profile"
    (home.cwd / "inference.toml").write_text('tag = "of-project"\n')
    assert home.load().tag() == "of-project"
    assert home.load(INFERENCE_TAG="build-7").tag() == "build-7"
    assert home.load(INFERENCE_TAG="build-7").tag("of-flag") == "of-flag"
    with pytest.raises(UsageError, match="--tag must be one word of 1 to 64 characters"):
        home.load().tag("")
