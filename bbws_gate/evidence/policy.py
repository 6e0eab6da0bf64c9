"""IAM policies: who may do what to what, from JSON files, from JSON in arguments, and from ``aws_iam_policy_document``.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Place
from bbws_gate.notation import Malformed, Mapping, Node, Scalar, Sequence, json
from bbws_gate.terraform.stack import Path, Plain, Resource

DOCUMENT = "aws_iam_policy_document"


class Text(NamedTuple):
    """One known text of a policy: an action, an ARN, a value."""

    value: str
    evidence: Evidence


class Condition(NamedTuple):
    """One condition key of a statement."""

    test: str
    """``StringLike``"""
    variable: str
    """``token.actions.githubusercontent.com:sub``"""
    values: tuple[Text, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PolicyStatement:
    """One statement, as far as it is known."""

    effect: str
    actions: tuple[Text, ...]
    resources: tuple[Text, ...]
    principals: tuple[tuple[str, Text], ...]
    """``("Federated", arn)``; ``("*", "*")`` for everyone."""
    conditions: tuple[Condition, ...]
    evidence: Evidence
    negated: bool
    """Whether it says what it is not about: ``NotAction``, ``NotResource``, ``NotPrincipal``."""
    unknown: str
    """Why parts of it cannot be known; empty when all of it is."""
    sid: str = ""
    """Its name; empty when it has none, or none that can be known."""

    def texts(self) -> Iterator[Text]:
        """Resources, principals and values of conditions."""
        yield from self.resources
        yield from (text for _, text in self.principals)
        yield from (value for condition in self.conditions for value in condition.values)


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy document."""

    subject: str
    """``aws_iam_role.deploy/assume_role_policy``, or the file's path."""
    resource: Resource | None
    """What holds it; None for a file."""
    statements: tuple[PolicyStatement, ...]

    @property
    def unknown(self) -> str:
        """Why it may say more than is known."""
        return next((each.unknown for each in self.statements if each.unknown), "")


_Where = Callable[[Node], Place]


def policy_from_file(text: bytes, path: str) -> Policy | None:
    """The policy that a JSON file holds; None for JSON that is no policy.

    Raises:
        Malformed: not sound JSON.
    """
    root = json.parse(text, path)
    statements = _statements(root, lambda node: Place(path, node.line, node.end_line))
    return Policy(path, None, statements) if statements else None


def policies_of(resource: Resource) -> Iterator[Policy]:
    """The policies that a resource or data source holds: its statements, or JSON in its arguments."""
    if resource.type == DOCUMENT and resource.mode == "data":
        blocks = resource.get("statement")
        found = tuple(
            _block(resource, position, block) for position, block in enumerate(blocks if isinstance(blocks, list) else ()) if block
        )
        yield Policy(resource.address, resource, found)
        return
    for path, text in _json_arguments(resource):
        place = resource.trace.place(path)
        try:
            statements = _statements(json.parse(text.encode(), place.path), _always(place))
        except Malformed:
            continue
        if statements:
            yield Policy(f"{resource.address}/{'.'.join(map(str, path))}", resource, statements)


def _always(place: Place) -> _Where:
    return lambda _: place


def _json_arguments(resource: Resource) -> Iterator[tuple[Path, str]]:
    for name, value in resource.attributes.items():
        if isinstance(value, str):
            if '"Statement"' in value and value.lstrip().startswith("{"):
                yield (name,), value
        elif name == "inline_policy" and isinstance(value, list):
            for position, block in enumerate(value):
                text = block.get("policy") if isinstance(block, dict) else None
                if isinstance(text, str):
                    yield (name, position, "policy"), text


def _statements(root: Node, where: _Where) -> tuple[PolicyStatement, ...]:
    node = root.get("Statement") if isinstance(root, Mapping) else None
    items = node.items if isinstance(node, Sequence) else (node,) if isinstance(node, Mapping) else ()
    return tuple(_statement(item, where) for item in items if isinstance(item, Mapping) and item.get("Effect") is not None)


def _statement(node: Mapping, where: _Where) -> PolicyStatement:
    def texts(key: str) -> tuple[Text, ...]:
        return tuple(_texts(node.get(key), where))

    principal = node.get("Principal")
    principals = (
        tuple((kind, text) for kind, value in principal.items.items() for text in _texts(value, where))
        if isinstance(principal, Mapping)
        else tuple(("*", text) for text in _texts(principal, where))
    )
    conditions = node.get("Condition")
    effect = next((text.value for text in texts("Effect")), "")
    return PolicyStatement(
        effect=effect,
        actions=texts("Action"),
        resources=texts("Resource"),
        principals=principals,
        conditions=tuple(_conditions(conditions, where)) if isinstance(conditions, Mapping) else (),
        evidence=Evidence(where(node), f"{effect} {', '.join(text.value for text in texts('Action'))}"[:120]),
        negated=any(node.get(key) is not None for key in ("NotAction", "NotResource", "NotPrincipal")),
        unknown="",
        sid=next((text.value for text in texts("Sid")), ""),
    )


def _texts(node: Node | None, where: _Where) -> Iterator[Text]:
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and isinstance(item.value, str):
            yield Text(item.value, Evidence(where(item), item.value[:120]))


def _conditions(node: Mapping, where: _Where) -> Iterator[Condition]:
    for test, keys in node.items.items():
        for variable, value in keys.items.items() if isinstance(keys, Mapping) else ():
            found = tuple(_texts(value, where))
            shown = f"{test} {variable}: {', '.join(text.value for text in found)}"
            yield Condition(test, variable, found, Evidence(where(value), shown[:120]))


def _block(resource: Resource, position: int, block: Plain) -> PolicyStatement:
    """One ``statement`` block; https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document"""
    at: Path = ("statement", position)
    given = block if isinstance(block, dict) else {}
    effect, unknown = given.get("effect", "Allow"), reason(block)
    parts = _Parts(resource)
    actions, resources = parts.texts((*at, "actions")), parts.texts((*at, "resources"))
    principals = tuple(
        (str(resource.get(*at, "principals", number, "type")), text)
        for number in parts.blocks((*at, "principals"))
        for text in parts.texts((*at, "principals", number, "identifiers"))
    )
    conditions = tuple(parts.condition((*at, "condition", number)) for number in parts.blocks((*at, "condition")))
    shown = f"{effect if isinstance(effect, str) else 'unknown'} {', '.join(text.value for text in actions)}"
    return PolicyStatement(
        effect=effect if isinstance(effect, str) else "",
        actions=actions,
        resources=resources,
        principals=principals,
        conditions=conditions,
        evidence=Evidence(resource.trace.place(at), shown[:120]),
        negated=any(given.get(key) is not None for key in ("not_actions", "not_resources", "not_principals")),
        unknown=unknown or reason(effect) or parts.unknown,
        sid=sid if isinstance(sid := given.get("sid"), str) else "",
    )


class _Parts:
    """Reads parts of a resource; remembers the first that cannot be known."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self.unknown = ""

    def _known(self, value: Plain) -> bool:
        self.unknown = self.unknown or reason(value)
        return not reason(value)

    def blocks(self, path: Path) -> range:
        value = self._resource.get(*path)
        return range(len(value)) if self._known(value) and isinstance(value, list) else range(0)

    def texts(self, path: Path) -> tuple[Text, ...]:
        value = self._resource.get(*path)
        parts = value if isinstance(value, list) else [value]
        evidence = self._resource.trace.place(path)
        steps = self._resource.trace.steps(path)
        return tuple(Text(part, Evidence(evidence, part[:120], steps)) for part in parts if self._known(part) and isinstance(part, str))

    def condition(self, path: Path) -> Condition:
        test, variable = self._resource.get(*path, "test"), self._resource.get(*path, "variable")
        values = self.texts((*path, "values"))
        shown = f"{test if self._known(test) else 'unknown'} {variable if self._known(variable) else 'unknown'}: "
        text = shown + ", ".join(value.value for value in values)
        name = variable if isinstance(variable, str) else ""
        return Condition(test if isinstance(test, str) else "", name, values, Evidence(self._resource.trace.place(path), text[:120]))
