"""Variables are read, or refused by their names (fault H13)."""

from decimal import Decimal

import pytest

from inference_cli.errors import UsageError
from inference_cli.profile.keys import Setting
from inference_cli.profile.variables import BASE_URLS, first, settings, switch


def test_the_first_variable_that_is_set_counts() -> None:
    """The service's own names are the fall-back; an empty variable is as good as none."""
    ours, theirs = BASE_URLS

    assert first({ours: "a", theirs: "b"}, BASE_URLS) == Setting("a", "INFERENCE_BASE_URL")
    assert first({ours: " ", theirs: "b"}, BASE_URLS) == Setting("b", "OXEN_BASE_URL")
    assert first({}, BASE_URLS) is None


@pytest.mark.parametrize(
    ("word", "on"), [("1", True), ("true", True), (" YES ", True), ("0", False), ("off", False), ("", False)]
)
def test_a_switch_is_on_or_off(word: str, on: bool) -> None:
    """In the usual words."""
    assert switch({"INFERENCE_SANDBOX": word}, "INFERENCE_SANDBOX") is on


def test_everything_that_variables_set_is_found() -> None:
    """Each with the variable as its source."""
    env = {
        "INFERENCE_BASE_URL": "https://example.org/api/",
        "INFERENCE_MAX_COST": "0.50",
        "INFERENCE_MODEL_IMAGE": "m",
        "INFERENCE_MODEL_IMAGE_TO_VIDEO": "v",
        "INFERENCE_SANDBOX_SPEED": "10",
        "INFERENCE_API_KEY": "not a setting",
    }

    assert settings(env, fixed=False) == {
        "base_url": Setting("https://example.org/api", "environment INFERENCE_BASE_URL"),
        "max_cost": Setting(Decimal("0.50"), "environment INFERENCE_MAX_COST"),
        "model_image": Setting("m", "environment INFERENCE_MODEL_IMAGE"),
        "model_image_to_video": Setting("v", "environment INFERENCE_MODEL_IMAGE_TO_VIDEO"),
        "sandbox_speed": Setting(10.0, "environment INFERENCE_SANDBOX_SPEED"),
    }
    assert "base_url" not in settings(env, fixed=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INFERENCE_BASE_URL", "http://evil.example"),
        ("OXEN_BASE_URL", "nonsense"),
        ("INFERENCE_MAX_COST", "much"),
        ("INFERENCE_MODEL_CHAT", "two words"),
        ("INFERENCE_SANDBOX_SPEED", "0"),
        ("INFERENCE_SANDBOX_SPEED", "nan"),
        ("INFERENCE_SANDBOX_SPEED", "fast"),
    ],
)
def test_a_bad_variable_is_named(name: str, value: str) -> None:
    """Exit 2."""
    with pytest.raises(UsageError, match=f"^{name} "):
        settings({name: value}, fixed=False)


def test_a_switch_that_is_neither_is_named() -> None:
    """Half a wish for the sandbox must not end in a paid request."""
    with pytest.raises(UsageError, match="INFERENCE_SANDBOX must be 1 or 0"):
        switch({"INFERENCE_SANDBOX": "maybe"}, "INFERENCE_SANDBOX")
