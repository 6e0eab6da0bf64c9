"""A change, its people, and what an assessment makes of what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bbws_gate.assess import assess, snapshot
from bbws_gate.checks.base import Check, Work
from bbws_gate.checks.outcomes import failed, passed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.govern import Snapshot
from bbws_gate.model import Assessment, Change, Evidence, Outcome, Person, Place, Record, Remark, Review, Severity, Thread
from tests.checks.case import SPEC, Case, project

AUTHOR, PUSHER, ANN, BEN, CLEO, STRANGER = (
    Person(number, name) for number, name in enumerate(["author", "pusher", "ann", "ben", "cleo", "x"], 1)
)
BOT = Person(90, "robot[bot]", bot=True)
HEAD, EARLIER, OLDEST = "a" * 40, "b" * 40, "c" * 40
CHANGE = Change(7, HEAD, AUTHOR, (AUTHOR, PUSHER), commits=(OLDEST, EARLIER, HEAD))
MEMBERS = {"dba": frozenset({ANN.id, BEN.id, AUTHOR.id, PUSHER.id, BOT.id}), "lead": frozenset({CLEO.id, ANN.id})}
ROLES = "roles: {dba: {users: [ann]}, lead: {users: [cleo]}}\n"

_WORK = Work("mend", "Mend it", "dba", "2h", "build")
_ASKED = Evidence(Place(SPEC, 8, 8), "asked for")


def outcome(subject: str, *, bad: bool, because_of: tuple[str, ...] = ()) -> Outcome:
    """A line about a subject."""
    if bad:
        return failed(subject, f"{subject} is right", _ASKED, title=f"{subject} is wrong", expected="a", actual="b", because_of=because_of)
    return passed(subject, f"{subject} is right", _ASKED)


def check(code: str = "AAA001", *bad: str, severity: Severity = Severity.LOW, good: tuple[str, ...] = ("x",)) -> Check:
    """A check that finds fault with some subjects."""

    def run(_: ProjectEvidence) -> Iterator[Outcome]:
        yield from (outcome(subject, bad=True) for subject in bad)
        yield from (outcome(subject, bad=False) for subject in good)

    return Check(code, code.lower(), severity, "Tables", _WORK, "sees", "why", "clear", run)


def remark(text: str, author: Person | None = ANN, *, id_: int = 1, at: int = 10, edited: bool = False, thread: str = "") -> Remark:
    """A comment, written on the tenth of January at some minute."""
    return Remark(id_, author, text, f"2026-01-10T08:{at:02}:00Z", edited, thread, f"https://example.test/{id_}")


def review(state: str = "approved", author: Person | None = ANN, *, id_: int = 1, at: int = 10, commit: str = HEAD) -> Review:
    """A review of the change."""
    return Review(id_, author, state, commit, "", f"2026-01-10T08:{at:02}:00Z")


def record(
    *said: Remark | Review | Thread,
    change: Change | None = CHANGE,
    members: Mapping[str, frozenset[int]] = MEMBERS,
    writers: frozenset[int] = frozenset(),
    unreadable: Mapping[str, str] | None = None,
) -> Record:
    """A record of what was said."""
    return Record(
        change,
        tuple(each for each in said if isinstance(each, Remark)),
        tuple(each for each in said if isinstance(each, Review)),
        tuple(each for each in said if isinstance(each, Thread)),
        members,
        writers,
        unreadable or {},
    )


def judge(
    spec: str,
    said: Record | None,
    *checks: Check,
    approved: Mapping[str, Snapshot] | None = None,
    today: str = "2026-01-12",
    commit: str = HEAD,
    own_spec: str = "",
    spec_edited: bool = False,
    own_templates: str = "",
    templates_edited: bool = False,
    look: Callable[[], ProjectEvidence] | None = None,
) -> Assessment:
    """The assessment of a small project."""
    evidence = look() if look is not None else project(Case("", "", {}, spec=ROLES + spec))
    return assess(
        evidence,
        commit=commit,
        assessed_at=f"{today}T09:00:00Z",
        checks=checks or (check(),),
        record=said,
        approved=approved,
        own_spec=own_spec,
        spec_edited=spec_edited,
        own_templates=own_templates,
        templates_edited=templates_edited,
    )


def content(spec: str, *checks: Check, own_spec: str = "", own_templates: str = "") -> Snapshot:
    """What was approved at another commit."""
    return snapshot(
        project(Case("", "", {}, spec=ROLES + spec)), own_spec=own_spec, own_templates=own_templates, checks=checks or (check(),)
    )
