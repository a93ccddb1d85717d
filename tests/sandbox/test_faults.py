import httpx
import pytest

from tests.support.offline import IMAGE, SMALL, VIDEO, Offline, read_until_it_breaks


def direct(offline: Offline, prompt: str, path: str = "/ai/images/generate") -> httpx.Response:
    """A picture at once."""
    return offline.post(path, model=IMAGE, prompt=prompt, size=SMALL)


def test_refused_at_once(offline: Offline) -> None:
    """On the direct routes and on the queue."""
    assert direct(offline, "sandbox:refuse").status_code == 400
    assert offline.post("/ai/queue", model=IMAGE, prompt="sandbox:refuse").status_code == 400


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("fail", "The model failed to generate a result"),
        ("moderation", "The request was blocked by the content policy of the model's provider"),
    ],
)
def test_a_failed_generation_is_refunded(offline: Offline, word: str, message: str) -> None:
    """Queued: failed with the message; direct: 400 with it."""
    (identity,) = offline.enqueue(VIDEO, f"a fox sandbox:{word}")
    row = offline.ended(identity)
    assert (row["status"], row["error_message"]) == ("failed", message)
    answer = direct(offline, f"sandbox:{word}")
    assert (answer.status_code, answer.json()["error"]["detail"]) == (400, message)
    assert offline.credits() == "100.000000"


def test_the_words_of_a_shot_count_too(offline: Offline) -> None:
    """As each shot has a prompt."""
    answer = offline.post(
        "/ai/queue", model="kling-video-o3-pro-reference-to-video", multi_prompt=[{"prompt": "sandbox:fail"}, 7]
    )
    assert offline.ended(answer.json()["generations"][0]["generation_id"])["status"] == "failed"


def test_only_some_of_a_request_fail(offline: Offline) -> None:
    """Every second one."""
    ids = offline.enqueue(prompt="sandbox:partial", num_generations=3)
    assert [offline.ended(identity)["status"] for identity in ids] == ["succeeded", "failed", "succeeded"]


def test_credits_run_out_by_a_word(offline: Offline) -> None:
    """402; in 2026-04 as a text in a 400."""
    text = "Insufficient credits: add credits to your account to go on"
    answer = direct(offline, "sandbox:credits")
    assert (answer.status_code, answer.json()["error"]["detail"]) == (402, text)
    older = direct(offline, "sandbox:credits", "/images/generate")
    assert (older.status_code, older.json()) == (400, {"error": {"message": text}})


def test_credits_run_out_by_themselves(offline: Offline) -> None:
    """A hundred dollars are 285 films of 35 cents; the next is refused and nothing of it is kept."""
    for _ in range(71):
        offline.enqueue(VIDEO, num_generations=4)
    offline.enqueue(VIDEO)
    assert offline.credits() == "0.250000"
    assert offline.post("/ai/queue", model=VIDEO, prompt="x").status_code == 402
    assert offline.sandbox.status().generations == 285
    offline.sandbox.reset()
    assert (offline.credits(), offline.sandbox.status().generations) == ("100.000000", 0)


@pytest.mark.parametrize(("word", "status", "retry"), [("429", 429, "1"), ("500", 500, None), ("502", 502, None)])
def test_temporary_failures(offline: Offline, word: str, status: int, retry: str | None) -> None:
    """Every time; nothing is charged."""
    for _ in range(2):
        answer = direct(offline, f"sandbox:{word}")
        assert (answer.status_code, answer.headers.get("retry-after")) == (status, retry)
    assert offline.credits() == "100.000000"


def test_busy_once(offline: Offline) -> None:
    """The second time it works."""
    assert [direct(offline, "sandbox:busy").status_code for _ in range(2)] == [429, 200]


def test_a_connection_that_drops_before_the_request_was_accepted(offline: Offline) -> None:
    """There is no generation."""
    for path in ("/ai/images/generate", "/ai/queue"):
        with pytest.raises(httpx.RemoteProtocolError):
            offline.post(path, model=IMAGE, prompt="sandbox:cut")
    assert offline.sandbox.status().generations == 0


def test_a_connection_that_drops_after_the_request_was_accepted(offline: Offline) -> None:
    """There is one, and it was paid for."""
    for path in ("/ai/images/generate", "/ai/queue"):
        with pytest.raises(httpx.RemoteProtocolError):
            offline.post(path, model=IMAGE, prompt="sandbox:drop")
    assert (offline.sandbox.status().generations, offline.credits()) == (2, "99.980000")


def test_slow(offline: Offline) -> None:
    """Twenty times as long."""
    direct(offline, "sandbox:slow")
    assert offline.time.slept == [pytest.approx(12.0)]


def test_a_generation_that_vanishes(offline: Offline) -> None:
    """It is there while it runs, and then nowhere."""
    (identity,) = offline.enqueue(prompt="sandbox:vanish")
    assert offline.row(identity)["status"] == "queued"
    offline.time.now += 10
    assert offline.api.get(f"/ai/queue/{identity}").status_code == 404
    assert offline.api.get(f"/ai/generations/{identity}").status_code == 404
    assert offline.api.get("/ai/generations").json()["count"] == 0
    assert offline.api.get("/ai/queue", params={"status": "succeeded"}).json()["count"] == 0


def test_a_success_without_a_url(offline: Offline) -> None:
    """The contract's field is null."""
    (identity,) = offline.enqueue(prompt="sandbox:nourl")
    row = offline.ended(identity)
    assert (row["status"], row["result_url"]) == ("succeeded", None)


def test_a_url_that_has_expired_already(offline: Offline) -> None:
    """Direct and queued, however often one asks."""
    assert offline.media.get(direct(offline, "sandbox:expired").json()["images"][0]["url"]).status_code == 403
    (identity,) = offline.enqueue(prompt="sandbox:expired")
    assert offline.media.get(offline.ended(identity)["result_url"]).status_code == 403


def test_a_download_that_breaks_and_can_be_resumed(offline: Offline) -> None:
    """Half of the bytes, then no connection; the rest by a range."""
    url = direct(offline, "sandbox:broken").json()["images"][0]["url"]
    with offline.media.stream("GET", url) as answer:
        got = read_until_it_breaks(answer)
    size = int(answer.headers["content-length"])
    assert len(got) == size // 2
    rest = offline.media.get(url, headers={"Range": f"bytes={len(got)}-", "If-Range": answer.headers["etag"]})
    assert rest.status_code == 206
    assert len(got + rest.content) == size


def test_a_download_that_is_damaged(offline: Offline) -> None:
    """Half of the file, under a length that agrees."""
    answer = offline.media.get(direct(offline, "sandbox:damaged").json()["images"][0]["url"])
    assert answer.content.startswith(b"\x89PNG")
    assert b"IEND" not in answer.content
