from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.evidence.shell import Options, ShellCommand, commands

GITHUB = Options(errexit=True, pipefail=False)
STRICT = Options(errexit=True, pipefail=True)


def read(text: str, options: Options = GITHUB) -> tuple[ShellCommand, ...]:
    return commands(text, 1, options)


def find(text: str, program: str, options: Options = GITHUB) -> ShellCommand:
    (found,) = [command for command in read(text, options) if command.words[:1] == (program,)]
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("terraform plan", ("terraform", "plan")),
        ("terraform plan -var-file='a b.tfvars'", ("terraform", "plan", "-var-file=a b.tfvars")),
        ('terraform plan -var="x=$Y"', ("terraform", "plan", "-var=x=$Y")),
        ("terraform \\\n  plan", ("terraform", "plan")),
        ("terraform plan # comment", ("terraform", "plan")),
        ("echo a#b", ("echo", "a#b")),
        ('echo "a # b"', ("echo", "a # b")),
        ("echo ${{ env.A || 'b c' }}", ("echo", "${{ env.A || 'b c' }}")),
        ('echo "x-${{ inputs.env }}"', ("echo", "x-${{ inputs.env }}")),
        ("echo $(a \"b)\" c) d", ("echo", '$(a "b)" c)', "d")),
        ("echo `a b` c", ("echo", "`a b`", "c")),
        ("echo ${A:-b c}", ("echo", "${A:-b c}")),
        ("echo a\\ b", ("echo", "a b")),
        ('echo "a\\"b\\\\"', ("echo", 'a"b\\')),
        ("sudo terraform apply", ("terraform", "apply")),
        ("env A=b terraform apply", ("terraform", "apply")),
        ("if true; then terraform apply; fi", ("terraform", "apply")),
        ("case $E in\n sit) terraform apply ;;\nesac", ("terraform", "apply")),
        ("deploy() { terraform apply; }", ("terraform", "apply")),
        ("( cd x && terraform apply )", ("terraform", "apply")),
        ("terraform apply > out.txt 2>&1", ("terraform", "apply")),
        ("terraform apply &> out.txt", ("terraform", "apply")),
        ("terraform apply < in.txt", ("terraform", "apply")),
        ("while read x; do terraform apply; done < list", ("terraform", "apply")),
    ],
)  # fmt: skip
def test_commands__words(text: str, words: tuple[str, ...]) -> None:
    assert words in [command.words for command in read(text)]


def test_commands__lines() -> None:
    found = read("a\n\nb \\\n  c\ncat <<EOF\nterraform apply\nEOF\nd\n")
    assert [(command.words[0], command.line, command.end_line) for command in found] == [
        ("a", 1, 1),
        ("b", 3, 4),
        ("cat", 5, 5),
        ("d", 8, 8),
    ]


def test_commands__first_line_is_that_of_the_file() -> None:
    assert [command.line for command in commands("a\nb", 40, GITHUB)] == [40, 41]


def test_commands__assignments_and_targets() -> None:
    found = read('A=1 B="x y" run\nC=2\necho "D=3" >> "$GITHUB_ENV"')
    assert [(command.words, command.assignments, command.target) for command in found] == [
        (("run",), (("A", "1"), ("B", "x y")), ""),
        ((), (("C", "2"),), ""),
        (("echo", "D=3"), (), "$GITHUB_ENV"),
    ]


@pytest.mark.parametrize(
    ("text", "options", "ignored"),
    [
        ("check\nnext", GITHUB, ""),
        ("check", GITHUB, ""),
        ("check || true\nnext", GITHUB, "|| true"),
        ("check || :", GITHUB, "|| :"),
        ("check || echo failed", GITHUB, "|| echo failed"),
        ("check || exit 0", GITHUB, "|| exit 0"),
        ("check || { echo failed; }", GITHUB, "|| echo failed"),
        ("check | tee log", GITHUB, "it is piped to tee without pipefail"),
        ("check |\n  tee log", GITHUB, "it is piped to tee without pipefail"),
        ("check | tee log", STRICT, ""),
        ("set -o pipefail\ncheck | tee log", GITHUB, ""),
        ("set -euo pipefail\ncheck | tee log", GITHUB, ""),
        ("set +o pipefail\ncheck | tee log", STRICT, "it is piped to tee without pipefail"),
        ("check &\nnext", GITHUB, "it runs in the background"),
        ("set +e\ncheck\nnext", GITHUB, "errexit is off (set -e)"),
        ("set +e\nset -e\ncheck\nnext", GITHUB, ""),
        ("set\ncheck\nnext", GITHUB, ""),
        ("set -o\ncheck\nnext", GITHUB, ""),
        ("check\nnext", Options(errexit=False, pipefail=False), "errexit is off (set -e)"),
        ("next\ncheck", Options(errexit=False, pipefail=False), ""),
        ("check && next\nlast", GITHUB, "it stands before && and errexit does not apply there"),
        ("check && next", GITHUB, ""),
        ("! check", GITHUB, "its result is negated"),
        ("check || exit 1", GITHUB, ""),
        ("check || { echo failed; exit 1; }\nnext", GITHUB, ""),
        ("check || (\n echo failed\n exit 3\n)\nnext", GITHUB, ""),
        ("check || false", GITHUB, ""),
    ],
)
def test_commands__whether_a_failure_is_ignored(text: str, options: Options, ignored: str) -> None:
    found = find(text, "check", options)
    assert (found.ignored, found.tested) == (ignored, False)


@pytest.mark.parametrize(
    "text",
    [
        "if check; then a; fi",
        "if ! check; then exit 1; fi",
        "while check; do a; done",
        "check || handle it",
        "check || code=$?\nexit $code",
        "set +e\ncheck\ncode=$?\nset -e\nexit $code",
        "check | tee log\nexit ${PIPESTATUS[0]}",
    ],
)
def test_commands__a_result_that_the_script_looks_at(text: str) -> None:
    found = find(text, "check")
    assert (found.ignored, found.tested) == ("", True)


@given(st.text(alphabet="ab $(){}[]'\"`\\\n;|&<>#=-!", max_size=80))
@settings(max_examples=150, deadline=None)
def test_commands__any_text_is_read_and_lines_stay_inside(text: str) -> None:
    for command in read(text):
        assert 1 <= command.line <= command.end_line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["<<a " * 20_000, "$(" * 50_000, "`" * 99_999, '"$(' * 30_000, "(" * 99_999, "a;" * 60_000, "\\\n" * 50_000, "if " * 30_000]
)
def test_commands__hostile_text_ends(text: str) -> None:
    assert len(read(text)) <= 50_000
