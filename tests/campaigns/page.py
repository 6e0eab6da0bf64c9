"""docs/reliability.md: the campaign's figures beside those of PyGithub as it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tests.campaigns import baseline, deploying
from tests.campaigns.campaign import Outcome
from tests.campaigns.deploying import Asked
from tests.campaigns.faults import FAULTS
from tests.campaigns.kills import Death
from tests.campaigns.scenario import RATES
from tests.security import bombs
from tests.security.bombs import MEGABYTES, SECONDS, Cost

INVARIANTS = (
    "duplicate after one clean run",
    "missing after one clean run",
    "wrong after one clean run",
    "wrong success",
    "success before the rest",
    "wrongly blocked after one clean run",
    "sends per write",
    "sent too early",
    "a second clean run writes nothing",
)
"""In the campaign's words; each counts runs in which it did not hold."""
_STANDS = "an earlier success of the same commit stands"


def page(outcomes: Sequence[Outcome], asked: Sequence[Asked], deaths: Sequence[Death], costs: Sequence[Cost], first: int) -> str:
    """The whole page."""
    parts = (*_campaign(outcomes, first), *_deployments(asked), *_deaths(deaths), *_one_post(), *_many(), *_bombs(costs))
    return "\n".join((_INTRODUCTION, *parts, _LIMITS))


def broken(outcomes: Sequence[Outcome] | Sequence[Asked]) -> Counter[str]:
    """Runs in which an invariant did not hold."""
    return sum((Counter({invariant for invariant, _ in outcome.broken}) for outcome in outcomes), Counter())


def _campaign(outcomes: Sequence[Outcome], first: int) -> list[str]:
    failed, left = broken(outcomes), sum((Counter(set(outcome.left_after_fault)) for outcome in outcomes), Counter[str]())
    faults = sum((outcome.faults for outcome in outcomes), Counter[str]())
    shapes = Counter(outcome.shape.value for outcome in outcomes)
    return [
        _CAMPAIGN.format(
            runs=len(outcomes),
            first=first,
            last=first + len(outcomes) - 1,
            requests=sum(outcome.requests for outcome in outcomes),
            writes=sum(outcome.writes for outcome in outcomes),
            faults=sum(faults.values()),
            rates=", ".join(f"{rate:.0%}" for rate in RATES),
            sends=max(outcome.most_sends for outcome in outcomes),
        ),
        *_table("must never be", "runs in which it was", {invariant: failed[invariant] for invariant in INVARIANTS}),
        *_table("left after the disturbed run", "runs", {name: left[name] for name in ("duplicate", "missing", "wrong", _STANDS)}),
        _STANDING,
        *_table("how runs are disturbed, beside the faults", "runs", shapes),
        *_table("kind of fault", "times", {fault.name: faults[fault.name] for fault in FAULTS}),
    ]


def _deployments(asked: Sequence[Asked]) -> list[str]:
    failed = broken(asked)
    faults = sum(sum(each.faults.values()) for each in asked)
    endings = Counter((each.ending, each.allowed) for each in asked)
    return [
        _DEPLOYMENTS.format(runs=len(asked), requests=sum(each.requests for each in asked), faults=faults),
        *_table("must never be", "runs in which it was", {invariant: failed[invariant] for invariant in deploying.INVARIANTS}),
        "| the answer while GitHub failed | when the oracle allows | when it does not |",
        "| --- | ---: | ---: |",
        *(f"| {ending} | {endings[ending, True]} | {endings[ending, False]} |" for ending in ("allowed", "refused", "no answer")),
        "",
    ]


def _bombs(costs: Sequence[Cost]) -> list[str]:
    cases = {cost.bomb.case for cost in costs}
    wrong = sum(1 for cost in costs if cost.wrong)
    return [
        _BOMBS.format(count=len(costs), cases=len(cases), wrong=wrong, seconds=SECONDS, megabytes=MEGABYTES),
        bombs.HEAD,
        *map(bombs.row, sorted(costs, key=lambda cost: (cost.bomb.case[0], int(cost.bomb.case[1:])))),
        "",
    ]


def _table(what: str, number: str, rows: Mapping[str, int]) -> list[str]:
    return [f"| {what} | {number} |", "| --- | ---: |", *(f"| {name} | {count} |" for name, count in rows.items()), ""]


def _deaths(deaths: Sequence[Death]) -> list[str]:
    killed = sum(1 for death in deaths if death.was_killed)
    failed = sum(1 for death in deaths if death.broken)
    return [_DEATHS.format(last=max(death.at for death in deaths), killed=killed, failed=failed)]


def _one_post() -> list[str]:
    rows = []
    for ending in baseline.ENDINGS:
        theirs, ours = baseline.one_post(ending, baseline.with_pygithub), baseline.one_post(ending, baseline.with_gate)
        rows.append(f"| {ending.name} | {theirs[0]} / {theirs[1]} | {ours[0]} / {ours[1]} |")
    return [
        "## One POST",
        "",
        "Comments left / requests sent, over a real connection to the same server. PyGithub 2.10.0 repeats a POST ten times by default.",
        "",
        "| how it ends | PyGithub as it comes | the gate |",
        "| --- | ---: | ---: |",
        *rows,
        "",
    ]


def _many() -> list[str]:
    rows = []
    for rate in RATES:
        cells = (
            baseline.many(rate, 1, write) for write in (baseline.many_with_pygithub, baseline.many_with_gate, baseline.many_with_publisher)
        )
        rows.append(f"| {rate:.0%} | " + " | ".join(f"{doubled} / {missing}" for doubled, missing in cells) + " |")
    return [
        f"## {baseline.CREATES} creates",
        "",
        "Duplicates / missing, when so many requests fail before the work and as many after it.",
        "",
        "| each | PyGithub as it comes | the gate's write layer alone | the publisher, one run and a clean one |",
        "| --- | ---: | ---: | ---: |",
        *rows,
        "",
    ]


_INTRODUCTION = """# Reliability

<!-- Generated by `make faults`. -->

GitHub fails: it answers 502 after it has done the work, limits rates, drops connections, shows lists that lag. Jobs are cancelled and
killed, and two of them run at the same time. None of that may leave a second comment, lose an issue, or show success where there is none.

`make faults` plays seeds, a few thousand of them. Each seed is a repository with people's comments and perhaps an earlier verdict, a run
that is disturbed, one clean run, and one more that must write nothing. The publisher and PyGithub below it are the real ones; the server is
`tests/campaigns/server.py`, with a clock that moves when somebody waits. Whatever breaks prints its seed, and
`python -m tests.campaigns --runs 1 --seed N` plays it again.

| measure | elsewhere (the threat model's measurement) | measured here |
| --- | --- | --- |
| one POST, 502 always after the work: comments / requests | PyGithub's default retry 11 / 11, Octokit's 4 / 4 | *One POST* |
| duplicates per 1,000 creates when 10% fail | PyGithub 127, Octokit 127 | *300 creates* |
| missing per 1,000 creates when 10% fail | without any retry 77 | *300 creates* |
| sends of one write at most | 11 | *The campaign* |
| success or deployment against the oracle | an older success survives a failed write (by reading) | *The campaign*, *The question* |
| bombs that do not end within a minute | PyYAML's walk, Python's `re`, jsonschema's `pattern` | *Bombs* |
"""

_CAMPAIGN = """## The campaign

{runs} runs, seeds {first} to {last}: {requests} requests in the disturbed runs, {writes} of them writes, and {faults} faults
at rates of {rates} of all requests. The most sends of one write were {sends}; the rule is four.
"""

_STANDING = """That something is left after the disturbed run shows that the faults bite; the clean run is there to mend it. The last
line counts runs that found something to block on a commit that had passed before, and could not write to its check run in any way: a rate
limit forbade every request for longer than a run waits, or the process died before its first write. A run that sees no list covers the
earlier success with a new check run, and one that can make no new check run turns the success itself into the failure. A deployment is safe
from what is left: `verify` believes no check run and assesses anew.
"""

_DEPLOYMENTS = """## The question before a deployment

{runs} seeds more ask `verify` while GitHub fails: {requests} requests, {faults} of them faulty. Each draws who approved what, whether that
was taken back, edited, a bot's, an outsider's or the pusher's own, what was decided, who closed the issue of the manual work, what the
environment below holds and where the commit is. The oracle allows when every one of these facts is good.
"""

_BOMBS = """## Bombs

{count} inputs of {cases} cases (groups P and E of the threat model), each in a project of six environments, on the change and on its base
alike, through the whole command with its worker: `python -m tests.security.bombs`. Over {seconds:g} seconds of processor time, over
{megabytes:g} MB, or without the named reason: {wrong}.
"""

_DEATHS = """## Killed processes

A process that publishes was killed with SIGKILL at each of its {last} requests, before and after the server had done the work: {killed}
deaths. Success without everything else in place, or something doubled, missing or written again after one clean run: {failed}.
"""

_LIMITS = """## What this does not show

The server is our reading of GitHub's documentation, tested here and there against the npm package `emulate`, not github.com. A list that
answers `200 []` although there is something on it cannot be told from an empty one; the clean run mends what follows from that. A limit
that one run meets is not known to another at the same time. Bombs are measured on one machine, which others used at the same time; the
suite counts steps. In the campaign of deployments the assessment runs in the process that asks; the worker has tests of its own."""
