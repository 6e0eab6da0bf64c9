"""What is created for the target and carries another environment's name, host or account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe, shown
from bbws_gate.checks.outcomes import failed
from bbws_gate.deferred import regex
from bbws_gate.evidence.expected_resources import NAMES
from bbws_gate.evidence.policy import DOCUMENT
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.strings import texts
from bbws_gate.model import Evidence, Outcome, Place, Severity
from bbws_gate.terraform.stack import Path, Provider, Resource

_NAMING = frozenset(
    {"name", "name_prefix", "bucket_prefix", "alias", "domain", "domain_name", "hostname", "Name", "Environment", *NAMES.values()}
)
"""Arguments and tags that say what something is called."""


@check(
    "LEK001",
    "other-environment-in-value",
    severity=Severity.MEDIUM,
    category="Environment",
    work=works.ENVIRONMENT,
    why="A literal of another environment was copied along: the target reads from there, writes to there, or is taken for it.",
    clear="Let the value follow from a variable of the environment.",
)
def other_environment_in_value(project: ProjectEvidence) -> Iterator[Outcome]:
    """Evaluated arguments of every resource and data source, and default_tags of providers: account numbers of the spec's other
    environments anywhere; their names as a word of names, buckets, hosts, ARNs, Environment tags and environment variables. What follows
    from a variable is right by itself and not seen.
    """
    if len(project.spec.environments) == 1:
        return
    leaks: dict[tuple[Place, Path], list[tuple[Resource, str]]] = {}
    for resource in project.stack.resources:
        for path, text in texts(resource):
            # Names in a policy document's ARNs are told with the policy, IAM001.
            found = _carried(project, _told(resource, path), text) if resource.type != DOCUMENT else _account(project, text)
            # An instance's key is its name in the code, the same in every environment.
            if found and _other_environment(project, str(resource.key or "")) != found:
                leaks.setdefault((resource.trace.place(path), path), []).append((resource, found))
    for (_, path), found_there in leaks.items():
        # One line that makes several environments' names is about environments; nobody copied it.
        if len({other for _, other in found_there}) == 1:
            yield from (_leak(project, resource, path, other) for resource, other in found_there)
    for provider in project.stack.providers:
        yield from _of_provider(project, provider)


def _told(resource: Resource, path: Path) -> Path:
    """The path of a value; of a look-up by tag (``filter`` with name and values), that of the tag."""
    if path[:1] != ("filter",) or "values" not in path:
        return path
    by = resource.get(*path[:2], "name")
    return ("tags", by.removeprefix("tag:")) if isinstance(by, str) and by.startswith("tag:") else path


def _carried(project: ProjectEvidence, path: Path, text: str) -> str:
    """The other environment that a text carries; empty when it carries none."""
    found = _account(project, text)
    is_variable = "variables" in path and path[-1] not in _MODES and _SINGLE_NAME.fullmatch(text) is not None
    named = text if path[-1] in _NAMING or is_variable else ""
    host = _HOST.fullmatch(text) if "://" in text else None
    for name in (named, host[1] if host is not None else "", text.rpartition(":")[2] if text.startswith("arn:") else ""):
        if name and not found:
            found = _other_environment(project, name)
    return found


def _account(project: ProjectEvidence, text: str) -> str:
    """The other environment whose account number stands in a text."""
    numbers = _ACCOUNT.findall(text) if len(text) >= _ACCOUNT_DIGITS else ()
    if not numbers:
        return ""
    accounts = {
        target.account: name
        for name, target in project.spec.environments.items()
        if target.account is not None and target.account != project.environment.account
    }
    return next((accounts[number] for number in numbers if number in accounts), "")


_ACCOUNT_DIGITS = 12
_ACCOUNT = regex(r"(?<!\d)\d{12}(?!\d)")
_HOST = regex(r"[a-z]+://((?:[A-Za-z0-9_-]+\.)+[A-Za-z]{2,})(?::\d+)?(?:/.*)?")
_MODES = ("NODE_ENV", "RAILS_ENV", "RACK_ENV", "FLASK_ENV", "ASPNETCORE_ENVIRONMENT")
"""Variables that say how software runs, whatever the environment is called."""
_SINGLE_NAME = regex(r"[\w./:@-]{2,200}")


def _other_environment(project: ProjectEvidence, name: str) -> str:
    """The other environment whose name stands in a name that does not also carry the target's. Longer names are read first: nothing of
    ``lab`` is in ``shop-cheap-lab``.
    """
    text, found = _joined(name), ""
    for each in sorted(project.spec.environments, key=lambda each: (-len(each), each)):
        if _joined(each) not in text:
            continue
        if each == project.environment_name:
            return ""
        found = found or each
        text = text.replace(_joined(each), "-")
    return found


@lru_cache(maxsize=1024)
def _joined(name: str) -> str:
    """The words of a name, each with a hyphen on both sides: ``-cheap-lab-`` is in one, or is not. ``non-prod`` is one word."""
    words = f"-{'-'.join(word.casefold() for word in re.split(r'[^A-Za-z0-9]+', name) if word)}-"
    return re.sub(r"-(non|not|pre)-(?=.)", r"-\1", words)


def _of_provider(project: ProjectEvidence, provider: Provider) -> Iterator[Outcome]:
    """Tags that a provider gives to everything."""
    blocks = provider.attributes.get("default_tags")
    for position, block in enumerate(blocks if isinstance(blocks, list) else ()):
        tags = block.get("tags") if isinstance(block, dict) else None
        for key, value in tags.items() if isinstance(tags, dict) else ():
            path: Path = ("default_tags", position, "tags", key)
            found = _carried(project, path, value) if isinstance(value, str) else ""
            if not found:
                continue
            called = f"provider {provider.name}{f'.{provider.alias}' if provider.alias else ''}"
            yield failed(
                f"{called.replace(' ', '/')}/default_tags/{key}",
                f"Default tag {key} of {called} is of {project.environment_name}",
                Evidence(provider.trace.place(path), f"{key} = {shown(value)}", provider.trace.steps(path)),
                project.target_evidence(),
                title=f"Default tag {key} of {called} carries {found}, not {project.environment_name}",
                expected=f"nothing of {found} in {project.environment_name}",
                actual=f"{key} = {shown(value)}",
                because_of=(f"TAG002/tags/{key}",),
            )


def _leak(project: ProjectEvidence, resource: Resource, path: Path, other: str) -> Outcome:
    seen = observe(resource, *path).evidence
    dotted = ".".join(str(part) for part in path)
    table = project.logical_names.get(resource.address, "")
    return failed(
        f"resource/{resource.address}/{dotted}",
        f"{dotted} of {resource.address} is of {project.environment_name}",
        seen,
        project.target_evidence(),
        title=f"{dotted} of {resource.address} carries {other}, not {project.environment_name}",
        expected=f"nothing of {other} in {project.environment_name}",
        actual=seen.value,
        because_of=(f"NAM001/table/{table}", f"TAG002/tags/{path[-1]}", f"RES002/resource/{resource.type}"),
    )
