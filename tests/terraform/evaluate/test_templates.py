from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import ROOT, errors, messages, output, read


def test_templatefile__sees_only_its_own_variables() -> None:
    files = {f"{ROOT}/a.tftpl": "name = ${name}%{ for x in xs }, ${upper(x)}%{ endfor }\n"}
    assert output('templatefile("${path.module}/a.tftpl", {name = "n", xs = ["a", "b"]})', files=files) == "name = n, A, B\n"


def test_templatefile__reports_a_missing_variable_with_its_place() -> None:
    stack = read({f"{ROOT}/main.tf": 'output "v" {\n  value = templatefile("a.tftpl", {})\n}\n', f"{ROOT}/a.tftpl": "one\n${nope}\n"})
    (problem,) = messages(stack)
    assert "vars map does not contain key" in problem
    assert "nope" in problem


def test_templatefile__reports_an_error_inside_with_its_line() -> None:
    stack = read({f"{ROOT}/main.tf": 'output "v" {\n  value = templatefile("a.tftpl", {x = []})\n}\n', f"{ROOT}/a.tftpl": "one\n${x[0]}\n"})
    assert "a.tftpl:2" in messages(stack)[0]


def test_templatefile__reports_syntax_that_cannot_be_read() -> None:
    stack = read({f"{ROOT}/main.tf": 'output "v" {\n  value = templatefile("a.tftpl", {})\n}\n', f"{ROOT}/a.tftpl": "${"})
    assert messages(stack)[0].startswith("EVL001 output.v: templatefile()")


def test_template_that_renders_itself__is_stopped() -> None:
    stack = read(
        {f"{ROOT}/main.tf": 'output "v" {\n  value = templatefile("a.tftpl", {})\n}\n', f"{ROOT}/a.tftpl": '${templatefile("a.tftpl", {})}'}
    )
    assert messages(stack) == ["EVL004 output.v renders templates more than 16 deep"]


def test_template_that_reads_outside__is_refused_there_too() -> None:
    stack = read(
        {f"{ROOT}/main.tf": 'output "v" {\n  value = templatefile("a.tftpl", {})\n}\n', f"{ROOT}/a.tftpl": '${file("/etc/passwd")}'}
    )
    assert messages(stack)[0].startswith("FIL001 output.v: ")


def test_templatestring__renders_text_from_elsewhere() -> None:
    assert output("templatestring(local.t, {a = 1})", 'locals {\n  t = "x$${a}"\n}\n') == "x1"
    assert output("templatestring(local.t[0], {a = 1})", 'locals {\n  t = ["x$${a}"]\n}\n') == "x1"


def test_decode_tfvars__reads_values_and_nothing_else() -> None:
    setup = 'terraform {\n  required_providers {\n    terraform = {\n      source = "terraform.io/builtin/terraform"\n    }\n  }\n}\n'
    assert output('provider::terraform::decode_tfvars("a = [1, 2]\\nb = \\"x\\"")', setup) == {"a": [1, 2], "b": "x"}
    for text in ("a = local.x", "a {\\n}", "a = "):
        assert isinstance(output(f'provider::terraform::decode_tfvars("{text}")', setup), UnknownValue)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ('file("/proc/self/environ")', "FIL001"),
        ('file("../../../etc/passwd")', "FIL001"),
        ('fileset("/", "**")', "FIL001"),
        ('try(file("/etc/passwd"), "none")', "FIL001"),
        ('can(file("/etc/passwd"))', "FIL001"),
        ('file("missing.json")', "FIL003"),
        ('filebase64sha256("build/out.zip")', "FIL003"),
        ('templatefile("missing.tftpl", {})', "FIL003"),
    ],
)
def test_file_that_is_not_read__makes_the_value_unknown(expression: str, code: str) -> None:
    assert isinstance(output(expression), UnknownValue)
    (problem,) = errors(expression)
    assert problem.startswith(f"{code} output.value: ")


def test_missing_file__is_an_error_that_try_sees() -> None:
    assert output('try(file("missing.json"), "none")') == "none"
    assert output('fileexists("missing.json")') is False


def test_error_in_a_branch_that_is_not_taken__is_no_error() -> None:
    assert output('fileexists("missing.json") ? file("missing.json") : "none"') == "none"
