"""Terraform's JSON syntax (https://github.com/hashicorp/hcl/blob/main/json/spec.md) to the same tree as the native one."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.model import Place
from bbws_gate.terraform.parse.depth import check_depth
from bbws_gate.terraform.parse.derive import parse_expression, parse_template
from bbws_gate.terraform.parse.json_reader import JsonArray, JsonMember, JsonObject, JsonScalar, JsonValue, read_json
from bbws_gate.terraform.parse.json_schema import ROOT, VALUES, BlockType, Reading, Schema
from bbws_gate.terraform.parse.relocate import relocated
from bbws_gate.terraform.parse.source import ParsedFile, ParseError
from bbws_gate.terraform.parse.strings import normalised
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Attribute, Block, Body, Expression, Literal, Name, ObjectCons, Span, TupleCons, Unary

_COMMENT = "//"


def parse_json(text: bytes, path: str) -> ParsedFile:
    """One ``.tf.json`` file; ``body`` is None when it cannot be read. Raises nothing.

    Inside a resource, JSON does not tell an attribute from a nested block: only Terraform's own blocks (lifecycle, provisioner,
    connection, dynamic, timeouts) become blocks, all else an attribute with an object or tuple.
    """
    return _parse(text, path, ROOT)


def parse_json_values(text: bytes, path: str) -> ParsedFile:
    """One ``.tfvars.json`` file: attributes whose values are constants, strings taken verbatim. Raises nothing."""
    return _parse(text, path, VALUES)


def _parse(text: bytes, path: str, schema: Schema) -> ParsedFile:
    reading = _Syntax()
    try:
        root = read_json(text, path)
        if isinstance(root, JsonScalar) or (schema is VALUES and not isinstance(root, JsonObject)):
            raise ParseError("a JSON object is required at the top", root.span.place)
        body = reading.body(root, schema)
    except ParseError as error:
        return ParsedFile(None, (error.problem,))
    return ParsedFile(body, tuple(reading.problems))


class _Syntax:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def body(self, value: JsonValue, schema: Schema) -> Body:
        """The content of a block; an array of objects counts as one object with all their members."""
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for member in _members(value, "an object is required here, with arguments and blocks"):
            kind = schema.blocks.get(member.name)
            if member.name == _COMMENT:
                continue
            if kind is not None:
                blocks += self._blocks(member, kind, member.name, ())
            elif schema.only_blocks:
                self._problem("HCL005", f"Terraform knows no block type {member.name!r}", member.key.span.place)
            elif member.name in attributes:
                first = attributes[member.name].span.line
                self._problem("HCL002", f"{member.name!r} was already set on line {first}; each may be set once", member.key.span.place)
            else:
                expression = self._expression(member.value, schema.readings.get(member.name, schema.default))
                check_depth(expression)
                attributes[member.name] = Attribute(member.name, expression, _span(member))
        return Body(tuple(attributes.values()), tuple(blocks), value.span)

    def _blocks(self, member: JsonMember, kind: BlockType, type_name: str, labels: tuple[str, ...]) -> Iterator[Block]:
        if len(labels) < kind.labels:
            members = _members(member.value, f"an object is required here, whose keys are labels of {type_name!r}")
            for inner in members:
                yield from self._blocks(inner, kind, type_name, (*labels, inner.name))
            if not members:
                self._problem("HCL005", f"a label is missing for {type_name!r}", member.value.span.place)
            return
        value = member.value
        if isinstance(value, JsonScalar):
            if value.value is not None:
                raise ParseError(f"an object or array is required here, the content of {type_name!r} blocks", value.span.place)
            return
        for content in value.items if isinstance(value, JsonArray) else (value,):
            first, last = (content.span if isinstance(value, JsonArray) else member.key.span), content.span
            span = first._replace(end=last.end, end_line=last.end_line)
            header = first._replace(end=max(first.end, last.start + 1), end_line=max(first.end_line, last.line))
            yield Block(type_name, labels, self.body(content, kind.body), span, header)

    def _expression(self, value: JsonValue, reading: Reading) -> Expression:
        if isinstance(value, JsonScalar):
            return _scalar(value, reading)
        if isinstance(value, JsonArray):
            return TupleCons(tuple([self._expression(item, reading) for item in value.items]), value.span)
        names: dict[str, JsonMember] = {}
        items = []
        for member in value.members:
            if names.setdefault(normalised(member.name), member) is not member:
                first = names[normalised(member.name)].key.span.line
                self._problem("HCL002", f"the key {member.name!r} stands twice in one object, first on line {first}", member.key.span.place)
                continue
            key = _scalar(member.key, reading)
            items.append((Literal(key.name, key.span) if isinstance(key, Name) else key, self._expression(member.value, reading)))
        return ObjectCons(tuple(items), value.span)

    def _problem(self, code: str, message: str, place: Place) -> None:
        self.problems.append(ParseError(message, place, code).problem)


def _members(value: JsonValue, required: str) -> list[JsonMember]:
    if isinstance(value, JsonScalar) and value.value is not None:
        raise ParseError(required, value.span.place)
    if isinstance(value, JsonScalar):
        return []
    if isinstance(value, JsonObject):
        return list(value.members)
    members: list[JsonMember] = []
    for item in value.items:
        if not isinstance(item, JsonObject):
            raise ParseError(required, item.span.place)
        members += item.members
    return members


def _scalar(scalar: JsonScalar, reading: Reading) -> Expression:
    value, span = scalar.value, scalar.span
    if isinstance(value, float):
        # JSON's -0, which cty keeps apart from 0.
        return Unary("-", Literal(0, span), span)
    if not isinstance(value, str):
        return Literal(value, span)
    if reading is Reading.LITERAL:
        return Literal(normalised(value), span)
    parse = parse_expression if reading is Reading.EXPRESSION else parse_template
    try:
        expression = parse(value, span.path, span.line)
    except ParseError as error:
        raise ParseError(error.message, span.place, error.code) from None
    if isinstance(expression, Literal):
        return Literal(expression.value, span)
    return relocated(expression, lambda inner: _inside(inner, span) if scalar.verbatim else span)


def _inside(inner: Span, string: Span) -> Span:
    offset = string.start + 1
    return Span(string.path, inner.start + offset, inner.end + offset, string.line, string.line)


def _span(member: JsonMember) -> Span:
    end = member.value.span
    return member.key.span._replace(end=end.end, end_line=end.end_line)
