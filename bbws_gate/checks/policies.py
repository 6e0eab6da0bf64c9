"""IAM policies: do they speak of this environment, and do their statements do anything?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import regex
from bbws_gate.evidence.policy import DOCUMENT, PolicyStatement, Text
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Outcome, Severity

_ARN = regex(r"arn:[a-z-]+:([a-z0-9-]*):([a-z0-9*-]*):([0-9*]*):(.+)", re.DOTALL)


def words_of(text: str) -> set[str]:
    """The words of a name, a path or an ARN, in lower case; ``non-prod`` is one word."""
    whole = re.sub(r"(?i)(?<![a-z0-9])(non|not|pre)[-_](?=[a-z])", r"\1", text)
    return {word.casefold() for word in re.split(r"[^A-Za-z0-9]+", whole) if word}


def other_environments(project: ProjectEvidence) -> set[str]:
    """The names of the spec's other environments, in lower case."""
    return {name.casefold() for name in project.spec.environments if name != project.environment_name}


def is_of_another(project: ProjectEvidence, path: str) -> bool:
    """Whether a file says by its path that it is another environment's."""
    words = words_of(path)
    return project.environment_name.casefold() not in words and bool(words & other_environments(project))


@check(
    "IAM001",
    "policy-of-other-environment",
    severity=Severity.MEDIUM,
    category="Environment",
    work=works.ENVIRONMENT,
    why="The target's role may work on another environment's resources, and not on its own.",
    clear="Build the ARNs from the environment's account, region and names.",
)
def policy_of_other_environment(project: ProjectEvidence) -> Iterator[Outcome]:
    """Account, region and names in the ARNs of IAM policies (in Terraform, and in JSON files unless their path names another environment),
    against the spec's other environments.
    """
    for policy in project.policies:
        if policy.resource is None and is_of_another(project, policy.subject):
            continue
        arns = [text for statement in policy.statements for text in statement.texts() if _ARN.fullmatch(text.value)]
        foreign = [(text, said) for text in arns if (said := _foreign(project, text.value))]
        subject, item = f"policy/{policy.subject}", f"{policy.subject} is about {project.environment_name}"
        if not foreign:
            if any(project.environment.account and f":{project.environment.account}:" in text.value for text in arns):
                yield passed(subject, item, *(text.evidence for text in arns[:4]), project.target_evidence())
            continue
        saids = "; ".join(dict.fromkeys(said for _, said in foreign))
        seen = [text.evidence for text, _ in foreign]
        if policy.resource is None and project.environment_name.casefold() not in words_of(policy.subject):
            yield unverified(subject, item, f"it names {saids}, and nothing says for which environment it is", *seen)
            continue
        yield failed(
            subject,
            item,
            *seen,
            project.target_evidence(),
            title=f"{policy.subject} names {saids}",
            expected=f"ARNs of {project.environment_name}",
            actual=", ".join(evidence.value for evidence in seen),
            because_of=() if policy.resource is None else (f"LEK001/resource/{policy.resource.address}/*",),
        )


def _foreign(project: ProjectEvidence, arn: str) -> str:
    """What of another environment an ARN carries; empty when it carries none."""
    match = _ARN.fullmatch(arn)
    if match is None:
        return ""
    _, region, account, name = match.groups()
    own = project.environment
    for other, target in project.spec.environments.items():
        if other == project.environment_name:
            continue
        if own.account is not None and account == target.account != own.account:
            return f"account {account} ({other})"
        if own.region is not None and region == target.region and region not in (own.region, *own.other_regions):
            return f"region {region} ({other})"
    words = words_of(name)
    found = sorted(words & other_environments(project))
    return f"{found[0]} in {name[:60]}" if found and project.environment_name.casefold() not in words else ""


@check(
    "IAM005",
    "allow-shadowed-by-deny",
    severity=Severity.MEDIUM,
    category="Resources",
    work=works.RESOURCES,
    why="A denial wins over every permission: whoever relies on this one is refused.",
    clear="Narrow the Deny, give it a condition, or remove the Allow.",
)
def allow_shadowed_by_deny(project: ProjectEvidence) -> Iterator[Outcome]:
    """Allow statements whose every action, resource and principal an unconditional Deny of the same policy takes in."""
    for policy in project.policies:
        denials = [each for each in policy.statements if each.effect == "Deny" and _whole(each) and not each.conditions]
        for number, statement in enumerate(policy.statements):
            if statement.effect != "Allow" or not _whole(statement):
                continue
            denial = next((each for each in denials if _shadows(each, statement)), None)
            if denial is not None:
                yield failed(
                    f"policy/{policy.subject}/statement/{number + 1}",
                    f"Statement {number + 1} of {policy.subject} can allow something",
                    statement.evidence,
                    denial.evidence,
                    title=f"A Deny of {policy.subject} takes away all that statement {number + 1} allows",
                    expected="a permission that has an effect",
                    actual=f"{statement.evidence.value}, and {denial.evidence.value}",
                )


_UNIQUE = ("aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy", DOCUMENT)
"""Where a statement's name is refused when it is there twice
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html)."""


@check(
    "IAM006",
    "statement-name-repeated",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="A Sid must be unique within a policy: plan or apply stops there.",
    clear="Rename or merge one of the statements.",
)
def statement_name_repeated(project: ProjectEvidence) -> Iterator[Outcome]:
    """Names (``Sid``) of the statements of IAM policies and policy documents: two that are the same in one policy."""
    for policy in project.policies:
        first: dict[str, PolicyStatement] = {}
        for statement in policy.statements:
            earlier = first.setdefault(statement.sid, statement)
            if policy.resource is None or policy.resource.type not in _UNIQUE or not statement.sid or earlier is statement:
                continue
            yield failed(
                f"policy/{policy.subject}/sid/{statement.sid}",
                f"Statement {statement.sid} of {policy.subject} has its name alone",
                statement.evidence,
                earlier.evidence,
                title=f"{policy.subject} has two statements called {statement.sid}",
                expected=f"one statement called {statement.sid}",
                actual=f"{earlier.evidence.value}, and {statement.evidence.value}",
            )


def _whole(statement: PolicyStatement) -> bool:
    return bool(statement.actions) and not statement.negated and not statement.unknown


def _shadows(denial: PolicyStatement, allow: PolicyStatement) -> bool:
    people = [text.value for _, text in denial.principals]
    return (
        _cover(denial.actions, allow.actions)
        and _cover(denial.resources, allow.resources)
        and ("*" in people or {text.value for _, text in allow.principals} <= set(people))
    )


def _cover(wider: Iterable[Text], narrower: Iterable[Text]) -> bool:
    patterns = [covering(text.value) for text in wider]
    return all(any(pattern.fullmatch(text.value) for pattern in patterns) for text in narrower)


def covering(pattern: str) -> re.Pattern[str]:
    """What an IAM pattern takes in, patterns that are narrower included: ``*`` any text, ``?`` one character."""
    parts = {"*": ".*", "?": "[^*]"}
    return re.compile("".join(parts.get(character, re.escape(character)) for character in pattern), re.IGNORECASE | re.DOTALL)
