"""What Terraform refuses is refused, with the line and one line of words."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.parse import parse_native

from .shown import problem_of

SYNTAX = [
    ("a = 1 b = 2", 1, "found 'b' where"),
    ("a = 1, b = 2", 1, "found ','"),
    ("a = 1 +\n2", 1, "found the end of the line where an expression should be"),
    ("a = 1\n+ 2", 2, "found '+'"),
    ("a = true ?\n1 : 2", 1, "found the end of the line"),
    ("a = true ? 1\n: 2", 1, "found the end of the line"),
    ("a =\n1", 1, "where an expression should be"),
    ("a\n= 1", 1, "found the end of the line"),
    ("a = {b = 1 c = 2}", 1, "found 'c' where"),
    ("a = {b = 1\n, c = 2}", 2, "found ','"),
    ("a = {b = 1 +\n 2}", 1, "found the end of the line"),
    ("a = {b =\n 2}", 1, "found the end of the line"),
    ("a = {,}", 1, "found ','"),
    ("a = { for = 1 }", 1, "found '='"),
    ("a = [,]", 1, "found ','"),
    ("a = [1 2]", 1, "found '2'"),
    ("a = f(,)", 1, "found ','"),
    ("a = f(b..., c)", 1, "found ','"),
    ("a = [for x in y : x...]", 1, "found '...'"),
    ("a = [for x in y : x => y]", 1, "found '=>'"),
    ("a = {for x in y : x}", 1, "found '}'"),
    ("a = [", 1, "'[' is never closed"),
    ("a = (\n1", 1, "'(' is never closed"),
    ("b {\n\n", 1, "'{' is never closed"),
    ("a = [1)", 1, "found ')' where ']' should close '[' of line 1"),
    ("a = 1\n}", 2, "'}' closes nothing"),
    ("a = 1 ~}", 1, "'~}' closes nothing"),
    ('a = "b', 1, "'\"' is never closed"),
    ('a = "b\nc"', 1, "goes over the end of its line"),
    ('a = "${b"', 1, "never closed"),
    ('a = "${}"', 1, "found '}' where an expression should be"),
    ('a = "${b c}"', 1, "found 'c'"),
    ('a = "${b:c}"', 1, "found ':'"),
    (r'a = "\d"', 1, r"the escape \d does not exist"),
    (r'a = "\${b}"', 1, r"the escape \$ does not exist"),
    (r'a = "\u12"', 1, r"the escape \u does not exist"),
    (r'a = "\ud800"', 1, "not a Unicode character"),
    (r'a = "\UFFFFFFFF"', 1, "not a Unicode character"),
    (r'a = "x\d${b}"', 1, r"the escape \d does not exist"),
    ('a = "%{ if b }c"', 1, "the directive %{ if } is never closed"),
    ('a = "%{ for x in b }c"', 1, "the directive %{ for } is never closed"),
    ('a = "%{ endif }"', 1, "%{ endif } without the directive"),
    ('a = "%{ else }"', 1, "%{ else } without the directive"),
    ('a = "%{ for x in b }%{ else }%{ endfor }"', 1, "%{ else } without"),
    ('a = "%{ if b }%{ endfor }"', 1, "%{ endfor } without"),
    ('a = "%{ if b }%{ else }%{ else }%{ endif }"', 1, "%{ else } without"),
    ('a = "%{ while b }"', 1, "found 'while'"),
    ("a = <<E\nx\n", 1, "the heredoc E is never closed"),
    ("a = <<E\nx\nE", 1, "the heredoc E is never closed"),
    ("\na = << E\nx\nE\n", 2, "'<<' begins a heredoc only with a marker"),
    ("a = <<E # c\nx\nE\n", 1, "'<<' begins a heredoc only with a marker"),
    ("a = <<E\nx\n\rE\n", 1, "never closed"),
    ("a = <<E\nx\rE\nE\n", 1, "carriage return"),
    ("a = <<E\n${x}\ry\nE\n", 2, "carriage return"),
    ("a = 'b'", 1, "use double quotes"),
    ("a = `b`", 1, "use a heredoc"),
    ("a = 1; b = 2", 1, "use a new line"),
    ("a = b & c", 1, "did you mean &&?"),
    ("a = b ** c", 1, "found '*'"),
    ("a = “b”", 1, "'“' means nothing"),
    ("a = b\u200bc", 1, "'\\u200b' means nothing"),
    ("/* a", 1, "never closed"),
    ("a = x.0.1", 1, "two legacy indexes"),
    ("a = x.*.b.*.c", 1, "a splat .* inside another"),
    ("a = x[*].b.*.c.*", 1, "a splat .* inside another"),
    ("a = x.", 1, "found the end of the file"),
    ("a = 1.2.3", 1, "'1.2.3' is not a number"),
    ("a = 1x", 1, "found 'x'"),
    ("a = 0x10", 1, "found 'x10'"),
    ("a = .5", 1, "found '.'"),
    ("a = b::c", 1, "'::' only stands inside"),
    ("a = b::\nc()", 1, "'::' only stands inside"),
    ("b::c = 1", 1, "'::' only stands inside"),
    ('"a" = 1', 1, "found a string"),
    ("1 = a", 1, "found '1'"),
    ("a.b = 1", 1, "found '.b'"),
    ("a", 1, "found the end of the file"),
    ("a b", 1, "found the end of the file"),
    ("a\n{\n}", 1, "found the end of the line"),
    ('a "b" = 1', 1, "found '='"),
    ('a "${b}" {}', 1, "a label cannot contain template sequences"),
    ("a <<E\nx\nE\n {}", 3, "found the end of the line"),
    ('a "${"b"}" {}', 1, "a label cannot contain template sequences"),
    ('a "%{ if true }b%{ endif }" {}', 1, "a label cannot contain template sequences"),
    ("a {} b {}", 1, "found 'b'"),
    ("a { b = 1, c = 2 }", 1, "found ','"),
    ("a { b {} }", 1, "a block on one line holds one attribute only"),
    ("a { b = 1\n}", 1, "a block on one line holds one attribute only"),
    ("a {\n b = 1 }", 2, "a new line is required before the closing brace"),
    ("a {\n b {} }", 2, "a new line is required before the closing brace"),
    ("a = 1\n\n\n$", 4, "'$' means nothing"),
]
ENCODING = [
    (b"\xff\xfea\x00", 1, "UTF-16"),
    ("a = 1".encode("utf-16-be"), 1, "NUL byte"),
    (b'a = 1\nb = "\xe9"\n', 2, "not UTF-8"),
    (b'a = "\0"', 1, "NUL byte"),
    (b"a = 1\rb = 2\r", 1, "CR only"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", 1, "LFS pointer"),
]


@pytest.mark.parametrize(("source", "line", "words"), SYNTAX)
def test_syntax_error__is_one_problem_with_its_line(source: str, line: int, words: str) -> None:
    code, found, message = problem_of(source)
    assert words in message
    assert (code, found) == ("HCL001", line)


@pytest.mark.parametrize(("data", "line", "words"), ENCODING)
def test_encoding__what_is_not_utf8_text_is_refused(data: bytes, line: int, words: str) -> None:
    code, found, message = problem_of(data)
    assert words in message
    assert (code, found) == ("HCL004", line)


def test_bom__is_skipped_and_counts_in_offsets() -> None:
    parsed = parse_native(b"\xef\xbb\xbfa = 1\n", "main.tf")
    assert parsed.problems == ()
    assert parsed.body is not None
    assert parsed.body.attributes[0].span.start == 3


def test_message__never_repeats_much_of_the_source() -> None:
    for source in ("x = " + "y" * 500 + " z", "x = 1\n" * 2 + "'" * 500, "x = <<" + "E" * 500 + "\n", "é" * 500 + "\u2028 = 1"):
        (problem,) = parse_native(source.encode(), "main.tf").problems[:1]
        assert len(problem.message) < 320
