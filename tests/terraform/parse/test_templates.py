"""Strings, heredocs and directives; each expected text was compared with what Terraform 1.11 outputs."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.parse import ParseError, parse_expression, parse_template
from bbws_gate.terraform.syntax import Literal

from .shown import shown, value_of

STRINGS = [
    (r'"a\n\r\t\"\\b"', "'a\\n\\r\\t\"\\\\b'"),
    (r'"\u0070rod"', "'prod'"),
    (r'"\U0001F600"', "'\U0001f600'"),
    (r'"e\u0301"', "'\u00e9'"),
    ('"e\u0301"', "'\u00e9'"),
    ('"$${a} %%{b}"', "'${a} %{b}'"),
    ('"$ % $a %a 100%"', "'$ % $a %a 100%'"),
    ('"$$${a}"', "'$${a}'"),
    ('"$$$${a}"', "'$$${a}'"),
    ('"%$${a}"', "'%${a}'"),
    (r'"$${\n}"', "'${\\n}'"),
    ('"#{a} // b /* c"', "'#{a} // b /* c'"),
    ('"a${b}c"', "Template(('a', Name('b'), 'c'))"),
    ('"${b}"', "Template((Name('b')))"),
    ('"${1}"', "1"),
    ('"${"x"}"', "'x'"),
    ('"${b}${c}"', "Template((Name('b'), Name('c')))"),
    ('"a${"b${"c${d}"}"}"', "Template(('a', Template(('b', Template(('c', Name('d')))))))"),
    ('"${ { a = "}" }["a"] }"', "Template((Index(ObjectCons((('a', '}'))), 'a')))"),
    ('"${\n1 +\n2\n}"', "Template((Binary('+', 1, 2)))"),
    ('"${~ b ~}"', "Template((Name('b')))"),
    ('"a ${~ b ~} c"', "Template(('a', Name('b'), 'c'))"),
    ('"  ${~ b ~}  "', "Template(('', Name('b'), ''))"),
    (r'"a \n${~ b ~}\t c"', "Template(('a', Name('b'), 'c'))"),
    ('"a $  ${~ b}"', "Template(('a $', Name('b')))"),
    ('"\u00a0${~ b}"', "Template(('', Name('b')))"),
]
DIRECTIVES = [
    ('"%{ if a }b%{ endif }"', "Template((IfDirective(Name('a'), ('b'), ())))"),
    ('"%{ if a }b%{ else }c%{ endif }d"', "Template((IfDirective(Name('a'), ('b'), ('c')), 'd'))"),
    ('"%{if a}%{endif}"', "Template((IfDirective(Name('a'), (), ())))"),
    ('"%{ for v in a }${v},%{ endfor }"', "Template((ForDirective(None, 'v', Name('a'), (Name('v'), ','))))"),
    ('"%{ for k, v in a }%{ endfor }"', "Template((ForDirective('k', 'v', Name('a'), ())))"),
    ('"x  %{~ if a ~}  b  %{~ else ~}  c  %{~ endif ~}  y"', "Template(('x', IfDirective(Name('a'), ('b'), ('c')), 'y'))"),
    (
        '"%{ if a }%{ for x in b }%{ if x }1%{ endif }%{ endfor }%{ else }2%{ endif }"',
        "Template((IfDirective(Name('a'), (ForDirective(None, 'x', Name('b'), (IfDirective(Name('x'), ('1'), ())))), ('2'))))",
    ),
]
HEREDOCS = [
    ("<<EOT\nEOT\n", "''"),
    ("<<EOT\na\n  b\nEOT\n", "'a\\n  b\\n'"),
    ("<<EOT\na\n   EOT  \n", "'a\\n'"),
    ("<<E\na\nEOT\nE\n", "'a\\nEOT\\n'"),
    ("<<a-b\nx\na-b\n", "'x\\n'"),
    ("<<été\nx\nété\n", "'x\\n'"),
    ('<<EOT\na\\n"b" $${c} %%{d}\nEOT\n', "'a\\\\n\"b\" ${c} %{d}\\n'"),
    ("<<EOT\r\na\r\nEOT\r\n", "'a\\r\\n'"),
    ("<<EOT\ncost $\n100%\nEOT\n", "'cost $\\n100%\\n'"),
    ("<<EOT\n${a}\nEOT\n", "Template((Name('a'), '\\n'))"),
    ("<<EOT\n${<<EOT\ninner\nEOT\n}\nEOT\n", "Template(('inner\\n', '\\n'))"),
    ("<<EOT\n${[\n1\n]}EOT\nEOT\n", "Template((TupleCons((1)), 'EOT\\n'))"),
    ("<<-EOT\n    a\n      b\n\n   \n    EOT\n", "'a\\n  b\\n\\n   \\n'"),
    ("<<-EOT\n\t\ta\n  b\n\tc\n    EOT\n", "'\\ta\\n b\\nc\\n'"),
    ("<<-EOT\r\n  foo\r\n\r\n   bar\r\n  EOT\r\n", "'foo\\r\\n\\r\\n bar\\r\\n'"),
    ("<<-EOT\n    a\n  ${b}\n      c\n    EOT\n", "Template(('  a\\n', Name('b'), '\\n    c\\n'))"),
    ("<<-EOT\n  ${a}  ${b}\n  EOT\n", "Template((Name('a'), '  ', Name('b'), '\\n'))"),
    ("<<-EOT\n    a ${b ~}   \n  c\n      ${~ d}\n    EOT\n", "Template(('    a ', Name('b'), '  c\\n', Name('d'), '\\n'))"),
    ("<<-EOT\n  a\n  %{ if b ~}\n    c\n  %{ endif ~}\n  EOT\n", "Template(('a\\n', IfDirective(Name('b'), ('    c\\n'), ())))"),
    ("<<EOT\na ${b ~}\n  c\n  ${~ d}\nEOT\n", "Template(('a ', Name('b'), '  c\\n', Name('d'), '\\n'))"),
    ("<<-EOT\n\u3000\u3000a\n\u3000b\n\u3000EOT\n", "'\\u3000a\\nb\\n'"),
    ("[<<A\nx\nA\n, <<B\ny\nB\n]", "TupleCons(('x\\n', 'y\\n'))"),
    ("f(<<A\nx\nA\n)", "Call('f', ('x\\n'), False)"),
]


@pytest.mark.parametrize(("source", "expected"), [case for case in STRINGS + DIRECTIVES + HEREDOCS if case[1]])
def test_string__tree(source: str, expected: str) -> None:
    assert shown(value_of(source)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "''"),
        ("plain \\n $ %", "'plain \\\\n $ %'"),
        ('say "${a}"\n', "Template(('say \"', Name('a'), '\"\\n'))"),
        ("$${a}", "'${a}'"),
        ("${a}", "Template((Name('a')))"),
        ("a\n  ${~ b ~}\n  c", "Template(('a\\n', Name('b'), '  c'))"),
        ("\ufeffa${b}", "Template(('a', Name('b')))"),
        ("\ufeffa", "'a'"),
        ("e\u0301", "'\u00e9'"),
        ("a\rb${c}", "'a\\rb${c}'"),
        ("a%", "'a%'"),
        ("%\r\n${~ a}", "Template(('%\\r', Name('a')))"),
        ("%%\r\n${~ a}", "Template(('%%', Name('a')))"),
    ],
)
def test_parse_template__has_no_quotes_and_no_backslash_escapes(text: str, expected: str) -> None:
    assert shown(parse_template(text, "a.tftpl", 1)) == expected


def test_parse_template__lines_count_from_the_first() -> None:
    with pytest.raises(ParseError, match="means nothing") as refused:
        parse_template("a\nb ${ ' }", "a.tftpl", 10)
    assert str(refused.value.place) == "a.tftpl:11"


def test_parse_expression__ignores_newlines() -> None:
    assert shown(parse_expression("1 +\n2", "-var", 1)) == "Binary('+', 1, 2)"
    assert shown(parse_expression('object({\n a = optional(string, "x")\n})', "-var", 1)).startswith("Call('object', (ObjectCons(")


@pytest.mark.parametrize("text", ["", "1 2", "a = 1", "1\n2", "[", "}", "a }"])
def test_parse_expression__refuses_what_is_not_one_expression(text: str) -> None:
    with pytest.raises(ParseError):
        parse_expression(text, "-var", 1)


def test_parse_template__lone_surrogate_is_refused() -> None:
    with pytest.raises(ParseError, match="surrogate"):
        parse_template("a\ud800", "a.tftpl", 1)


def test_string__long_and_plain_is_itself() -> None:
    text = "x" * 900_000
    value = value_of(f'"{text}"')
    assert isinstance(value, Literal)
    assert value.value == text
