from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bbws_gate.errors import PublishError
from bbws_gate.publish.failures import ApiFailure, Limited, Refused, Uncertain
from bbws_gate.publish.github import Answer
from bbws_gate.publish.sending import Sender
from tests.publish.fake import FakeClock

DONE = Answer("done", {})


@dataclass
class Script:
    """A request that ends as told, one ending per send."""

    clock: FakeClock
    endings: list[ApiFailure | Answer[str]]
    times: list[float] = field(default_factory=list)

    def __call__(self) -> Answer[str]:
        self.times.append(self.clock.time)
        ending = self.endings.pop(0)
        if isinstance(ending, ApiFailure):
            raise ending
        return ending

    @property
    def gaps(self) -> list[float]:
        return [round(later - earlier, 3) for earlier, later in zip(self.times, self.times[1:], strict=False)]


def sending(*endings: ApiFailure | Answer[str], patience: float = 300.0) -> tuple[Sender, Script]:
    clock = FakeClock()
    return Sender(clock, patience=patience, jitter=lambda: 0.0), Script(clock, list(endings))


def limited(status: int = 403, **headers: str) -> Limited:
    return Limited("limit", status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_write__a_good_answer_is_sent_once() -> None:
    sender, script = sending(DONE)
    assert sender.write(script) == DONE
    assert len(script.times) == 1


def test_write__refused_is_not_repeated() -> None:
    sender, script = sending(Refused("no", status=422))
    with pytest.raises(Refused):
        sender.write(script)
    assert len(script.times) == 1


def test_write__uncertain_but_found_is_adopted() -> None:
    sender, script = sending(Uncertain("502"))
    assert sender.write(script, find=lambda: Answer("found", {})).data == "found"
    assert len(script.times) == 1


def test_write__uncertain_and_not_found_is_repeated_with_growing_pauses() -> None:
    sender, script = sending(Uncertain("502"), Uncertain("reset"), Uncertain("timeout"), DONE)
    assert sender.write(script, find=lambda: None) == DONE
    assert script.gaps == [1.0, 2.0, 4.0]


def test_write__uncertain_for_ever_ends_after_four_sends() -> None:
    sender, script = sending(*[Uncertain("502")] * 10)
    with pytest.raises(PublishError, match="4 tries"):
        sender.write(script, find=lambda: None)
    assert len(script.times) == 4


def test_write__the_last_uncertain_one_is_looked_for_too() -> None:
    looks: list[None] = [None, None, None]
    find: Callable[[], Answer[str] | None] = lambda: looks.pop() if looks else DONE  # noqa: E731
    sender, script = sending(*[Uncertain("502")] * 4)
    assert sender.write(script, find=find) == DONE


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        (limited(retry_after="7"), 7),
        (limited(429, retry_after="7"), 7),
        (limited(429), 60),
        (limited(403), 60),
        (limited(403, x_ratelimit_remaining="0", x_ratelimit_reset="1700000030"), 30),
        (limited(403, retry_after="7", x_ratelimit_remaining="0", x_ratelimit_reset="1700009999"), 7),
        (limited(403, retry_after="soon"), 60),
    ],
)
def test_limit__nothing_is_sent_before_the_allowed_time(limit: Limited, seconds: float) -> None:
    sender, script = sending(limit, DONE)
    assert sender.write(script) == DONE
    assert script.gaps == [seconds]


def test_limit__without_a_time_waits_longer_each_time() -> None:
    sender, script = sending(limited(), limited(), DONE, patience=1_000)
    sender.read(script)
    assert script.gaps == [60.0, 120.0]


def test_limit__longer_than_the_patience_ends_at_once_and_names_the_time() -> None:
    sender, script = sending(limited(x_ratelimit_remaining="0", x_ratelimit_reset="1700003000"), DONE)
    with pytest.raises(PublishError, match="until 23:03 UTC"):
        sender.write(script)
    assert script.clock.slept == []


def test_limit__patience_is_shared_by_all_requests_of_a_run() -> None:
    sender, script = sending(limited(retry_after="200"), DONE, limited(retry_after="200"), DONE)
    sender.read(script)
    with pytest.raises(PublishError):
        sender.read(script)
    assert sum(script.clock.slept) == 200


def test_limit__used_up_by_a_good_answer_holds_the_next_request() -> None:
    sender, script = sending(Answer("done", {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000020"}), DONE)
    assert sender.write(script).data == "done"
    sender.read(script)
    assert script.gaps == [20.0]


@pytest.mark.parametrize("kind", [Refused, Uncertain])
def test_limit__used_up_by_a_bad_answer_holds_the_next_request(kind: type[ApiFailure]) -> None:
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000020"}
    sender, script = sending(kind("no", status=404, headers=headers), DONE)
    with contextlib.suppress(Refused):
        sender.read(script)
    if kind is Refused:
        sender.read(script)
    assert script.gaps == [20.0]


def test_write__unavailable_until_a_time_that_the_answer_names() -> None:
    sender, script = sending(Uncertain("503", status=503, headers={"retry-after": "30"}), DONE)
    sender.write(script)
    assert script.gaps == [30.0]


def test_write__a_second_apart_without_spending_patience() -> None:
    sender, script = sending(*[DONE] * 400, patience=1.0)
    for _ in range(400):
        sender.write(script)
    assert set(script.gaps) == {1.0}


def test_read__is_not_paced() -> None:
    sender, script = sending(DONE, DONE)
    sender.read(script)
    sender.read(script)
    assert script.gaps == [0.0]
