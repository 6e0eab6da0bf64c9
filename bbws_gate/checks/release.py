"""The release: its tag in git, and its section in the changelog."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import fill


@check(
    "REP005",
    "release-tag-elsewhere",
    severity=Severity.LOW,
    category="Repository",
    work=works.DOCUMENTS,
    why="The environment would get this commit under the name of another one: nobody can tell later what was deployed.",
    clear="Give the environment a release_tag for this release, or assess the commit that is tagged.",
)
def release_tag_elsewhere(project: ProjectEvidence) -> Iterator[Outcome]:
    """The environment's ``release_tag`` among git's tags: that it points at the commit under assessment, or is still to be made. A checkout
    without history may not hold the tag (``fetch-tags: true``).
    """
    tag, tags = project.environment.release_tag, project.tags
    if tag is None or tags is None:
        return
    name = fill(tag, project.spec.names(project.environment_name))
    subject, item, asked = "repository/tag", f"Tag {name} is this commit's, or still free", project.target_evidence("release_tag")
    tagged = tags.commits.get(name)
    if tagged == project.commit:
        yield passed(subject, item, asked)
    elif tagged is not None:
        yield failed(
            subject,
            item,
            asked,
            *_section(project, name),
            title=f"Tag {name} is commit {tagged[:12]}, not {project.commit[:12]}",
            expected=f"{name} at {project.commit[:12]}, or no such tag yet",
            actual=f"{name} at {tagged[:12]}",
        )
    elif tags.complete:
        yield passed(subject, item, asked)
    else:
        yield unverified(subject, item, "the checkout is shallow and may lack the tag", asked)


@check(
    "REP004",
    "changelog-lacks-release",
    severity=Severity.LOW,
    category="Repository",
    work=works.DOCUMENTS,
    why="Whoever looks for what changed with this release finds nothing.",
    clear="Add a section for the release to the changelog.",
)
def changelog_lacks_release(project: ProjectEvidence) -> Iterator[Outcome]:
    """CHANGELOG.md: that it has a heading for the environment's ``release_tag``."""
    tag, changelog = project.environment.release_tag, project.documents.get("CHANGELOG.md")
    if tag is None or changelog is None:
        return
    name = fill(tag, project.spec.names(project.environment_name))
    subject, item, asked = "repository/changelog", f"CHANGELOG.md speaks of {name}", project.target_evidence("release_tag")
    found = _section(project, name)
    if found:
        yield passed(subject, item, *found, asked)
        return
    newest = changelog.headings[1:2] or changelog.headings[:1]
    yield failed(
        subject,
        item,
        *(Evidence(heading.place, heading.text) for heading in newest),
        asked,
        title=f"CHANGELOG.md has no section for {name}",
        expected=f"a heading with {name.removeprefix('v')}",
        actual=", ".join(heading.text for heading in changelog.headings[1:4]) or "no sections",
    )


def _section(project: ProjectEvidence, tag: str) -> tuple[Evidence, ...]:
    """The changelog's heading for a release."""
    changelog = project.documents.get("CHANGELOG.md")
    pattern = rf"(?<![\w.-])v?{re.escape(tag.removeprefix('v'))}(?![\w.-]*\w)"
    headings = changelog.headings if changelog is not None else ()
    return tuple(Evidence(heading.place, heading.text) for heading in headings if re.search(pattern, heading.text))[:1]
