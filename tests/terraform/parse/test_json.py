"""Terraform's JSON syntax."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.parse import parse_json, parse_json_values
from bbws_gate.terraform.syntax import Body

from .shown import shown


def body_of(text: str) -> Body:
    parsed = parse_json(text.encode(), "main.tf.json")
    assert parsed.problems == ()
    assert parsed.body is not None
    return parsed.body


def value_of(text: str) -> str:
    """The expression that a resource's argument becomes."""
    (block,) = body_of(f'{{"resource": {{"t": {{"n": {{"x": {text}}}}}}}}}').blocks
    (attribute,) = block.body.attributes
    return shown(attribute.value)


VALUES = [
    ("1", "1"),
    ("-1.5e1", "-15"),
    ("-0", "Unary('-', 0)"),
    ("null", "None"),
    ("[true, false]", "TupleCons((True, False))"),
    ('"a"', "'a'"),
    ('"${a}"', "Template((Name('a')))"),
    ('"a-${b.c[0]}"', "Template(('a-', Index(GetAttr(Name('b'), 'c'), 0)))"),
    ('"$${a} %%{b}"', "'${a} %{b}'"),
    (r'"a\n%{ if b ~}\n  c %{ endif }\\n"', "Template(('a\\n', IfDirective(Name('b'), ('  c '), ()), '\\\\n'))"),
    (r'"${\n1\n+\n2}"', "Template((Binary('+', 1, 2)))"),
    (r'"\u00e9\/\b\f\ud83d\ude00\ud800"', "'\u00e9/\\x08\\x0c\U0001f600\ufffd'"),
    ('"e\u0301"', "'\u00e9'"),
    ('{"a": 1, "${b}": {"//": 2}}', "ObjectCons((('a', 1), (Template((Name('b'))), ObjectCons((('//', 2))))))"),
    ('[{"a": "x"}]', "TupleCons((ObjectCons((('a', 'x')))))"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_value__tree(text: str, expected: str) -> None:
    assert value_of(text) == expected


BODIES: list[tuple[str, list[str]]] = [
    ("{}", []),
    ('{"//": "said"}', []),
    ('{"locals": null}', []),
    ('{"locals": {"//": "said", "a": 1}}', ["Block('locals', (), Body((Attribute('a', 1)), ()))"]),
    (
        '[{"locals": [{"a": 1}, {"b": 2}]}, {"locals": {}}]',
        [
            "Block('locals', (), Body((Attribute('a', 1)), ()))",
            "Block('locals', (), Body((Attribute('b', 2)), ()))",
            "Block('locals', (), Body((), ()))",
        ],
    ),
    (
        '{"resource": [{"t": [{"a": [{}, {}]}, {"b": {}}]}, {"u": {"c": {}}}]}',
        [
            "Block('resource', ('t', 'a'), Body((), ()))",
            "Block('resource', ('t', 'a'), Body((), ()))",
            "Block('resource', ('t', 'b'), Body((), ()))",
            "Block('resource', ('u', 'c'), Body((), ()))",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_blocks__arrays_are_allowed_at_every_level(text: str, expected: list[str]) -> None:
    body = body_of(text)
    assert body.attributes == ()
    assert [shown(block) for block in body.blocks] == expected


ATTRIBUTES = [
    ("variable", '{"v": {"type": "list(string)"}}', "Attribute('type', Call('list', (Name('string')), False))"),
    ("variable", '{"v": {"default": "${a}"}}', "Attribute('default', '${a}')"),
    ("variable", '{"v": {"description": "${a}"}}', "Attribute('description', '${a}')"),
    ("output", '{"o": {"value": "${a}"}}', "Attribute('value', Template((Name('a'))))"),
    ("module", '{"m": {"source": "./${a}"}}', "Attribute('source', './${a}')"),
    ("module", '{"m": {"name": "./${a}"}}', "Attribute('name', Template(('./', Name('a'))))"),
    ("module", '{"m": {"providers": {"aws": "aws.b"}}}', "Attribute('providers', ObjectCons((('aws', GetAttr(Name('aws'), 'b')))))"),
    (
        "module",
        '{"m": {"providers": {"aws.b": "aws"}}}',
        "Attribute('providers', ObjectCons(((GetAttr(Name('aws'), 'b'), Name('aws')))))",
    ),
    ("moved", '{"from": "a.b[0]"}', "Attribute('from', Index(GetAttr(Name('a'), 'b'), 0))"),
    ("import", '{"id": "${a}"}', "Attribute('id', Template((Name('a'))))"),
    ("import", '{"to": "a.b"}', "Attribute('to', GetAttr(Name('a'), 'b'))"),
    ("terraform", '{"required_version": ">= 1"}', "Attribute('required_version', '>= 1')"),
    ("provider", '{"aws": {"region": "${a}"}}', "Attribute('region', Template((Name('a'))))"),
]


@pytest.mark.parametrize(("kind", "content", "expected"), ATTRIBUTES)
def test_attribute__strings_are_read_as_terraform_reads_them(kind: str, content: str, expected: str) -> None:
    (block,) = body_of(f'{{"{kind}": {content}}}').blocks
    assert [shown(attribute) for attribute in block.body.attributes] == [expected]


def test_terraform_block__backend_and_providers_are_literal_blocks() -> None:
    (block,) = body_of('{"terraform": {"backend": {"s3": {"bucket": "b-${x}"}}, "required_providers": {"aws": {"version": "1"}}}}').blocks
    assert [shown(inner) for inner in block.body.blocks] == [
        "Block('backend', ('s3'), Body((Attribute('bucket', 'b-${x}')), ()))",
        "Block('required_providers', (), Body((Attribute('aws', ObjectCons((('version', '1'))))), ()))",
    ]


def test_resource__own_blocks_and_references() -> None:
    (block,) = body_of(
        """{"resource": {"t": {"n": {
             "depends_on": ["a.b"], "provider": "aws.east", "for_each": "${c}",
             "lifecycle": {"ignore_changes": ["tags"], "precondition": {"condition": "${d}", "error_message": "no"}},
             "provisioner": [{"local-exec": {"command": "x", "when": "destroy"}}],
             "dynamic": {"setting": {"for_each": [1], "iterator": "it", "content": {"k": "${it.value}", "dynamic": {"in": {}}}}},
             "timeouts": {"create": "5m"},
             "nested": [{"k": 1}]}}}}"""
    ).blocks
    assert [shown(attribute) for attribute in block.body.attributes] == [
        "Attribute('depends_on', TupleCons((GetAttr(Name('a'), 'b'))))",
        "Attribute('provider', GetAttr(Name('aws'), 'east'))",
        "Attribute('for_each', Template((Name('c'))))",
        "Attribute('nested', TupleCons((ObjectCons((('k', 1))))))",
    ]
    lifecycle, provisioner, dynamic, timeouts = block.body.blocks
    assert shown(lifecycle.body.attributes) == "(Attribute('ignore_changes', TupleCons((Name('tags')))))"
    assert [inner.type for inner in lifecycle.body.blocks] == ["precondition"]
    assert provisioner.labels == ("local-exec",)
    assert shown(provisioner.body.attributes) == "(Attribute('command', 'x'), Attribute('when', Name('destroy')))"
    assert dynamic.labels == ("setting",)
    assert shown(dynamic.body.attributes) == "(Attribute('for_each', TupleCons((1))), Attribute('iterator', Name('it')))"
    (content,) = dynamic.body.blocks
    assert shown(content) == (
        "Block('content', (), Body((Attribute('k', Template((GetAttr(Name('it'), 'value'))))), (Block('dynamic', ('in'), Body((), ())))))"
    )
    assert shown(timeouts) == "Block('timeouts', (), Body((Attribute('create', '5m')), ()))"


def test_places__are_those_of_the_json_text() -> None:
    text = '{\n "resource": {"t": {\n  "n": {\n   "a": "é${b}",\n   "c": "\\n${d}"\n  }\n }}\n}\n'
    (block,) = body_of(text).blocks
    assert (block.span.line, block.span.end_line, block.header.line, block.header.end_line) == (3, 6, 3, 3)
    first, second = block.body.attributes
    data = text.encode()
    assert data[first.span.start : first.span.end].decode() == '"a": "é${b}"'
    assert [data[part.span.start : part.span.end].decode() for part in first.value.parts] == ["é", "b"]  # type: ignore[union-attr]
    # Where a string has escapes, offsets inside it say nothing about the file: the whole string is the place.
    assert {data[part.span.start : part.span.end].decode() for part in second.value.parts} == {'"\\n${d}"'}  # type: ignore[union-attr]
    assert second.value.span.line == 5


REFUSED = [
    ("", 1, "HCL001", "the end of the file"),
    ("1", 1, "HCL001", "a JSON object is required"),
    ("[1]", 1, "HCL001", "an object is required"),
    ('{"locals": 1}', 1, "HCL001", "an object or array is required"),
    ('{"resource": {"t": 1}}', 1, "HCL001", "whose keys are labels"),
    ('{"resource": {"t": [1]}}', 1, "HCL001", "whose keys are labels"),
    ('{"locals": {"a": 1,}}', 1, "HCL001", "a quoted key"),
    ('{"locals": {"a": [1,]}}', 1, "HCL001", "a JSON value"),
    ('{"locals": {"a" 1}}', 1, "HCL001", "where ':'"),
    ('{"locals": {"a": 1 "b": 2}}', 1, "HCL001", "',' or '}'"),
    ('{"locals": {a: 1}}', 1, "HCL001", "a quoted key"),
    ('{"locals": {"a": 01}}', 1, "HCL001", "not a JSON number"),
    ('{"locals": {"a": +1}}', 1, "HCL001", "not a JSON number"),
    ('{"locals": {"a": NaN}}', 1, "HCL001", "'NaN' is not a JSON value"),
    ('{"locals": {"a": -Infinity}}', 1, "HCL001", "not a JSON number"),
    ('{"locals":\n{"a": "\t"}}', 2, "HCL001", "not closed on its line"),
    ('{"locals":\n{"a": "\\q"}}', 2, "HCL001", "an escape that JSON does not know"),
    ('{"locals": {}} x', 1, "HCL001", "'x' where the end of the file"),
    ('{"locals": {}}}', 1, "HCL001", "'}' where the end of the file"),
    ('{"locals": {"a": "${"}}', 1, "HCL001", "never closed"),
    ('{"locals": {\n"a": "b ${c d}"}}', 2, "HCL001", "found 'd'"),
    ('{"resource": {"t": {"n": {\n\n"depends_on": ["${a.b}"]}}}}', 3, "HCL001", "'$' means nothing"),
    ("\ufeff{}", 1, "HCL004", "byte order mark"),
    ('{"locals": {"a": "\0"}}', 1, "HCL004", "NUL"),
    ("# comment", 1, "HCL001", "'#' is not JSON"),
]


@pytest.mark.parametrize(("text", "line", "code", "words"), REFUSED)
def test_json__what_terraform_refuses(text: str, line: int, code: str, words: str) -> None:
    parsed = parse_json(text.encode(), "main.tf.json")
    (problem,) = parsed.problems
    assert parsed.body is None
    assert words in problem.message
    assert (problem.code, problem.place.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('{"locals": {"a": 1,\n"a": 2}}', "HCL002", 2),
        ('{"locals": {"a": {"b": 1,\n"b": 2}}}', "HCL002", 2),
        ('{"locals": {"a": {"\u00e9": 1,\n"e\u0301": 2}}}', "HCL002", 2),
        ('{\n"locale": {}}', "HCL005", 2),
        ('{"resource": {\n"t": {}}}', "HCL005", 2),
    ],
)
def test_json__what_is_wrong_beside_the_rest(text: str, code: str, line: int) -> None:
    parsed = parse_json(text.encode(), "main.tf.json")
    assert parsed.body is not None
    assert [(problem.code, problem.place.line) for problem in parsed.problems] == [(code, line)]


def test_json__a_block_type_twice_is_two_blocks() -> None:
    body = body_of('{"output": {"a": {"value": 1}}, "output": {"b": {"value": 2}}}')
    assert [block.labels for block in body.blocks] == [("a",), ("b",)]


def test_values__strings_are_verbatim() -> None:
    parsed = parse_json_values(b'{"//": 0, "a": {"k${1}": "${2}"}, "locals": [1.5]}', "a.tfvars.json")
    assert parsed.problems == ()
    assert parsed.body is not None
    assert shown(parsed.body) == (
        "Body((Attribute('a', ObjectCons((('k${1}', '${2}')))), Attribute('locals', TupleCons((Fraction(3, 2))))), ())"
    )


@pytest.mark.parametrize("text", ["[]", "[{}]", "1"])
def test_values__must_be_one_object(text: str) -> None:
    (problem,) = parse_json_values(text.encode(), "a.tfvars.json").problems
    assert (problem.code, problem.message) == ("HCL001", "a JSON object is required at the top")
