"""What TAB offers where no script can know it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.completion import snapshot
from inference_cli.completion.answers import answer
from inference_cli.completion.snapshot import Offer
from inference_cli.jobs.journal import Journal
from inference_cli.origin import Origin, parse_origin
from inference_cli.profile.config import ConfigFile
from inference_cli.profile.settings import SANDBOX_URL, Flags, choose
from tests.support.jobs import journal_in, order_for
from tests.support.talks import log_in, talk

HUB, OTHER = "https://hub.oxen.ai", "https://other.example"
OFFERS: list[Offer] = [
    (
        "org/Pic-1:a",
        ("image",),
        "Picture",
        (
            ("prompt", "text, required", ()),
            ("aspect_ratio", "choice", ("16:9", "1:1")),
            ("images", "list of images", ()),
            ("quality", "choice", ("422 HQ",)),
        ),
    ),
    ("film", ("video",), "Film", (("loop", "yes/no", ("true", "false")),)),
    ("still-film", ("video",), "", (("start", "choice", ("now",)),)),
    ("retouch", ("image", "text"), "", (("mask", "image", ()),)),
    ("own", (), "", ()),
]
DEFAULTS = {"image": "org/Pic-1:a", "edit": "retouch", "video": "film", "image_to_video": "still-film"}
CONFIG = """
default_profile = "default"
[profiles.default.aliases]
pic = "org/Pic-1:a"
clip = "film"
[profiles.work]
base_url = "https://other.example/api"
model_image = "pic2"
[profiles.work.aliases]
pic2 = "elsewhere"
"""

Ask = Callable[..., list[str]]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Folders with models of two origins and three profiles."""
    env = {f"INFERENCE_{kind}_DIR": str(tmp_path / kind.lower()) for kind in ("CONFIG", "STATE", "CACHE")}
    folder = tmp_path / "cache" / "completion"
    snapshot.write(folder, profile="default", origin=HUB, offers=OFFERS, defaults=DEFAULTS)
    elsewhere: list[Offer] = [("elsewhere", ("image",), "", (("k", "choice", ("v",)),))]
    snapshot.write(folder, profile="work", origin=OTHER, offers=elsewhere, defaults=DEFAULTS)
    sandboxed: list[Offer] = [("sandboxed", ("image",), "", ())]
    snapshot.write(folder, profile="sandbox", origin=str(parse_origin(SANDBOX_URL)), offers=sandboxed, defaults={})
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text(CONFIG)
    return env


@pytest.fixture
def ask(env: dict[str, str], tmp_path: Path) -> Ask:
    """The candidates for some words, without descriptions."""

    def asked(kind: str, *words: str, **more: str) -> list[str]:
        lines = answer([kind, "words", *words], env | more, str(tmp_path)).splitlines()
        return [line.partition("\t")[0] for line in lines]

    return asked


def test_models_are_those_that_the_command_can_use(ask: Ask) -> None:
    """What makes something else is left out, with the aliases of it; what is not known stays."""
    assert ask("model", "image", "-m", "") == ["pic", "org/Pic-1:a", "retouch", "own"]
    assert ask("model", "video", "--model=") == ["clip", "film", "still-film", "own"]
    everything = ["pic", "clip", "org/Pic-1:a", "film", "still-film", "retouch", "own"]
    assert ask("model", "models", "show", "") == everything
    assert ask("model", "queue", "list", "-m", "") == everything
    assert ask("model", "queue", "submit", "-m", "") == everything


def test_descriptions_stand_behind_a_tab(env: dict[str, str]) -> None:
    """Where there is one."""
    shown = answer(["model", "words", "image", "-m", ""], env, "/").splitlines()
    assert shown == ["pic\talias of org/Pic-1:a", "org/Pic-1:a\tPicture", "retouch", "own"]
    assert answer(["profile", "words", ""], env, "/") == (
        f"default\t{HUB}\nsandbox\thttps://api.sandbox.invalid\nwork\t{OTHER}\n"
    )


def test_a_whole_line_is_understood_too(env: dict[str, str]) -> None:
    """As bash has it, with the program's name, quotes and all."""
    line = "~/bin/inference --sandbox image 'a fox' -m "
    assert answer(["model", "line", line], env, "/") == "sandboxed\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["image", "-p", ""], ["prompt=", "aspect_ratio=", "images=", "quality="]),
        (["image", "-p", "aspect_ratio=1:1", "-p", "images=@a", "-p", ""], ["prompt=", "images=", "quality="]),
        (["image", "-p", "quality:=1", "-p", "as"], ["prompt=", "aspect_ratio=", "images="]),
        (["image", "-p", "aspect_ratio="], ["aspect_ratio=16:9", "aspect_ratio=1:1"]),
        (["image", "--param=aspect_ratio=16:"], ["aspect_ratio=16:9", "aspect_ratio=1:1"]),
        (["image", "-pquality="], ["quality=422 HQ"]),
        (["image", "-p", "prompt="], []),
        (["image", "-p", "nothing="], []),
        (["image", "-p", "aspect_ratio:="], []),
        (["image", "-i", "a.png", "-p", ""], ["mask="]),
        (["video", "-p", "loop="], ["loop=true", "loop=false"]),
        (["video", "--first-frame=a.png", "-p", ""], ["start="]),
        (["video", "-i", "a.png", "--video", "b.mp4", "-p", ""], []),
        (["video", "-m", "pic", "-p", "quality="], ["quality=422 HQ"]),
        (["image", "--model=film", "-p", ""], ["loop="]),
        (["image", "-mfilm", "-p", ""], ["loop="]),
        (["image", "-m", "unknown", "-p", ""], []),
        (["queue", "submit", "-p", ""], []),
        (["queue", "submit", "-m", "clip", "-p", ""], ["loop="]),
        (["--profile", "work", "image", "-p", ""], ["k="]),
        ([""], []),
    ],
)
def test_parameters_are_those_of_the_model(ask: Ask, words: list[str], expected: list[str]) -> None:
    """That of the line, an alias resolved, else the one that the command would use; what was given is left out."""
    assert ask("parameter", *words) == expected


def test_default_models_are_taken_as_settings_are(ask: Ask, tmp_path: Path) -> None:
    """The environment before the project file before the profile before the service's own."""
    assert ask("parameter", "image", "-p", "", INFERENCE_MODEL_IMAGE="clip") == ["loop="]
    (tmp_path / "inference.toml").write_text('model_image = "mine"\n[aliases]\nmine = "retouch"\n')
    assert ask("parameter", "image", "-p", "") == ["mask="]
    assert ask("model", "image", "-m", "")[:2] == ["pic", "mine"]
    assert ask("parameter", "image", "-p", "", INFERENCE_MODEL_IMAGE="film") == ["loop="]


@pytest.mark.parametrize("flag", [[], ["--sandbox"], ["--profile", "work"], ["--profile=sandbox"]])
@pytest.mark.parametrize("offline", ["", "1", "yes", "0"])
@pytest.mark.parametrize("named", ["", "work", " work "])
def test_the_profile_is_chosen_as_the_program_does(
    ask: Ask, env: dict[str, str], flag: list[str], offline: str, named: str
) -> None:
    """Where it would refuse the contradiction, anything may be offered."""
    more = {"INFERENCE_SANDBOX": offline, "INFERENCE_PROFILE": named}
    offered = {"default": "pic", "work": "pic2", "sandbox": "sandboxed"}
    if "work" in flag and offline in {"1", "yes"}:
        return
    root = Flags(sandbox="--sandbox" in flag, profile=flag[-1].split("=")[-1] if "--profile" in str(flag) else None)
    file = ConfigFile(Path(env["INFERENCE_CONFIG_DIR"]) / "config.toml")
    profile = str(choose(root, env | more, file).value)

    assert ask("model", *flag, "image", "-m", "", **more)[0] == offered[profile]


def test_another_base_url_is_another_origin(ask: Ask) -> None:
    """By flag or variable, for every profile but the sandbox."""
    assert ask("model", "--base-url", "https://HUB.oxen.ai:443/x", "models", "show", "")[2:3] == ["org/Pic-1:a"]
    assert ask("model", "--base-url=https://x.example", "models", "show", "") == ["pic", "clip"]
    assert ask("model", "models", "show", "", OXEN_BASE_URL="https://x.example") == ["pic", "clip"]
    assert ask("model", "--sandbox", "models", "show", "", INFERENCE_BASE_URL="https://x.example") == ["sandboxed"]


def _accept(journal: Journal, folder: Path, identity: str) -> None:
    (intent,) = journal.plan(order_for(prompt="waves\n\x1b[31m" + "w" * 100), cwd=folder)
    journal.sending(intent)
    journal.accepted(intent, [identity], status="queued")


def test_generations_come_from_the_journal(ask: Ask, env: dict[str, str], tmp_path: Path) -> None:
    """Of the origin in force; whole ids, the newest first, ``last`` before them; what has ended cannot be cancelled."""
    assert ask("generation", "queue", "wait", "") == []
    state = tmp_path / "state"
    with journal_in(state, origin=parse_origin(HUB)) as journal:
        for identity in ("a" * 36, "b" * 36):
            _accept(journal, tmp_path, identity)
        assert ask("generation", "queue", "cancel", "") == ["last", "b" * 36, "a" * 36]
        journal.moved([("b" * 36, "succeeded", "completed", None)])
    with journal_in(state, origin=Origin("https", "other.example", 443)) as journal:
        for number in range(60):
            _accept(journal, tmp_path, f"{number:036}")

    assert ask("generation", "queue", "wait", "") == ["last", "b" * 36, "a" * 36]
    assert ask("generation", "queue", "cancel", "") == ["a" * 36]
    assert ask("generation", "--profile", "work", "history", "show", "")[:2] == ["last", f"{59:036}"]
    assert len(ask("generation", "--profile", "work", "history", "show", "")) == 51
    lines = answer(["generation", "words", "queue", "wait", ""], env, "/").splitlines()
    assert lines[2].startswith(f"{'a' * 36}\tqueued waves [31mwww")
    assert len(lines[2]) <= 36 + 1 + 80


def test_conversations_come_from_the_log(ask: Ask, env: dict[str, str], tmp_path: Path) -> None:
    """Of the origin in force; whole ids, the one talked in last first, ``last`` before them."""
    env["INFERENCE_DATA_DIR"] = str(tmp_path / "data")
    assert ask("conversation", "logs", "show", "") == []
    with log_in(tmp_path / "data", origin=HUB) as log, log_in(tmp_path / "data", origin=OTHER) as other:
        first, second = talk(log, ("a \x1b[31mfox", "yes")), talk(log, ("snow", "no"))
        elsewhere = talk(other, ("rain", "no"))
        for command in (["logs", "show", ""], ["logs", "delete", ""], ["chat", "--cid", ""]):
            assert ask("conversation", *command) == ["last", second, first]
    assert ask("conversation", "--profile", "work", "logs", "export", "") == ["last", elsewhere]
    lines = answer(["conversation", "words", "logs", "show", ""], env, "/").splitlines()
    assert lines[2] == f"{first}\tclaude-sonnet-4-6 a [31mfox"


@settings(max_examples=100)
@given(
    st.sampled_from(["model", "parameter", "generation", "conversation", "profile"]),
    st.lists(st.text() | st.sampled_from(["-m", "-p", "--model=", "--", "--profile", "image", "queue"]), max_size=6),
)
def test_any_line_has_an_answer(tmp_path_factory: pytest.TempPathFactory, kind: str, words: list[str]) -> None:
    """With nothing on the disk, that is two profiles at most."""
    names = ("CONFIG", "STATE", "DATA", "CACHE")
    env = {f"INFERENCE_{name}_DIR": str(tmp_path_factory.getbasetemp()) for name in names}

    offered = answer([kind, "words", *words], env, "/")
    assert offered.count("\n") == (2 if kind == "profile" else 0)
    assert answer([kind, "line", " ".join(words)], env, "/") == offered or words
