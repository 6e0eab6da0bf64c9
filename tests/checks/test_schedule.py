from __future__ import annotations

import pytest

from bbws_gate.checks.schedule import in_words, longest_gap

HOUR, DAY = 60, 1440


@pytest.mark.parametrize(
    ("expression", "gap"),
    [
        ("cron(0 * * * ? *)", HOUR),
        ("cron(30 0-23 * * ? *)", HOUR),
        ("cron(0 5 ? * * *)", DAY),
        ("cron(0/15 * * * ? *)", 15),
        ("cron(0 0/12 * * ? *)", 12 * HOUR),
        ("cron(0 9,17 * * ? *)", 16 * HOUR),
        ("cron(0 2 ? * SUN *)", 7 * DAY),
        ("cron(0 2 ? * 1 *)", 7 * DAY),
        ("cron(0 2 ? * MON-FRI *)", 3 * DAY),
        ("cron(0 2 1 * ? *)", 31 * DAY),
        ("cron(0 2 L * ? *)", 31 * DAY),
        ("cron(0 2 ? * 2#1 *)", 35 * DAY),
        ("cron(0 2 ? * 6L *)", 35 * DAY),
        ("cron(0 2 1 1 ? *)", 365 * DAY),
        ("cron(0 2 1 JAN,JUL ? *)", 184 * DAY),
        ("rate(1 hour)", HOUR),
        ("rate(12 hours)", 12 * HOUR),
        ("rate(7 days)", 7 * DAY),
    ],
)
def test_longest_gap__regular_and_irregular_schedules(expression: str, gap: int) -> None:
    assert longest_gap(expression) == gap


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "hourly",
        "cron(0 2 * * *)",
        "cron(60 * * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0/0 * * * ? *)",
        "cron(0 2 31 2 ? *)",
        "cron(0 2 * FOO ? *)",
        "cron(0 2 ? * 8#1 *)",
        "cron(0 2 * * ? 2030)",
        "rate(0 hours)",
        "rate(many hours)",
    ],
)
def test_longest_gap__what_cannot_be_read_has_none(expression: str) -> None:
    assert longest_gap(expression) is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (HOUR, "hourly"),
        (DAY, "daily"),
        (7 * DAY, "weekly"),
        (31 * DAY, "monthly"),
        (15, "up to 15 minutes apart"),
        (2 * HOUR, "up to 2 hours apart"),
        (3 * DAY, "up to 3 days apart"),
    ],
)
def test_in_words__names_the_rhythm(minutes: int, words: str) -> None:
    assert in_words(minutes) == words
