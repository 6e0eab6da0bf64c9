"""What a workflow's scripts certainly know, and what only one of their branches sets."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.run import Run, runs
from bbws_gate.evidence.workflow import parse_workflow


def of_script(script: str, env: str = "{REGION: eu-west-1, E: env}") -> list[Run]:
    text = textwrap.indent(textwrap.dedent(script).strip("\n"), " " * 10)
    return list(runs(parse_workflow(f"on: push\njobs:\n  a:\n    env: {env}\n    steps:\n      - run: |\n{text}\n".encode(), "w.yml")))


def of_steps(steps: str) -> list[Run]:
    text = textwrap.indent(textwrap.dedent(steps).strip("\n"), " " * 6)
    return list(runs(parse_workflow(f"on: push\njobs:\n  a:\n    env: {{E: env}}\n    steps:\n{text}\n".encode(), "w.yml")))


def used(found: list[Run]) -> Resolved:
    """What the last ``use X`` is given."""
    run = [run for run in found if run.words[0] == "use"][-1]
    return run.resolve(run.words[1])


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("X=a\nuse $X", "a"),
        ("X=a\nY=$X-b\nX=c\nuse $Y", "a-b"),
        ("X=a; X+=b\nuse $X", "ab"),
        ("export X=a\nuse ${X}", "a"),
        ("readonly X=a\nuse $X", "a"),
        ("declare -r X=a\nuse $X", "a"),
        ("if [ $R = main ]; then X=a; else X=a; fi\nuse $X", "a"),
        ("if [ $R = main ]; then X=a; else X=b; fi\nX=c\nuse $X", "c"),
        ("if [ $R = main ]; then\n  X=a\nelif [ $R = dev ]; then\n  X=a\nelse\n  exit 1\nfi\nuse $X", "a"),
        ("if [ $R = main ]; then X=a; use $X; else X=b; fi", "a"),
        ("if [ $R = main ]; then X=a; else X=b; use $X; fi", "b"),
        ("if [ -z $R ]; then Y=1; fi\nuse $E", "env"),
        ("case $R in\n  main) X=a ;;\n  *) X=a ;;\nesac\nuse $X", "a"),
        ("case $R in main|release/*) X=a ;; (*) exit 1 ;; esac\nuse $X", "a"),
        ("case $R in\n  main)\n    X=a\n    use $X\n    ;;\n  *) X=b ;;\nesac", "a"),
        ("cd infra && X=a\nuse $X", "a"),
        ("X=$(date) || exit 1\nX=a || exit 1\nuse $X", "a"),
        ("for X in a; do use $X; done", "a"),
        ("( X=b )\nuse $E", "env"),
        ("{ X=a; }\nuse $X", "a"),
        ("echo x | read E\nuse $E", "env"),
        ("f() { local E=b; }\nf\nuse $E", "env"),
        ("f() { E=b; }\nuse $E", "env"),
        ("source .venv/bin/activate\nuse $E", "env"),
        ("E=b\nuse ${{ env.E }}", "env"),
        ("[[ $R == main && -n $E ]]\nX=a\nuse $X", "a"),
        ("cat <<EOF\nE=b\nEOF\nuse $E", "env"),
        ("E=b run\nuse $E", "env"),
    ],
)
def test_script__what_is_certain(script: str, value: str) -> None:
    assert used(of_script(script)).value == value


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("if [ $R = main ]; then E=a; fi\nuse $E", "it is set under a condition in line 7"),
        ("if [ $R = main ]; then\n  X=a\nelse\n  X=b\nfi\nuse $X", "it is set under a condition in line 10"),
        ("if [ $R = main ]; then X=a; elif [ $R = dev ]; then X=a; fi\nuse $X", "it is set under a condition in line 7"),
        ("case $R in\n  main) X=a ;;\n  *) X=b ;;\nesac\nuse $X", "it is set under a condition in line 9"),
        ("case $R in\n  main) X=a ;;\n  dev) X=a ;;\nesac\nuse $X", "it is set under a condition in line 9"),
        ("case $R in main) X=a ;; *) ;; esac\nuse $X", "it is set under a condition in line 7"),
        ("[ $R = main ] && E=a\nuse $E", "it is set under a condition in line 7"),
        ("[ $R = main ] && X=a || X=b\nuse $X", "it is set under a condition in line 7"),
        ("[[ $R == main && -n $E ]] && E=a\nuse $E", "it is set under a condition in line 7"),
        ("[ $R = main ] && { E=a; F=1; }\nuse $E", "it is set under a condition in line 7"),
        ("while read x; do E=a; done < list\nuse $E", "it is set under a condition in line 7"),
        ("for E in dev sit; do use $E; done", "for E in dev sit in line 7 sets it"),
        ("X=a\nfor i in 1 2; do use $X; X=b; done", "the loop for i in 1 2 sets X in line 8"),
        ("set_env() { E=a; }\nset_env\nuse $E", "function set_env, called in line 8, sets E in line 7"),
        ("X=a\nf() { use $X; }\nX=b\nf", "the script sets X in line 7"),
        ("read -r E < file\nuse $E", "read -r E in line 7 sets it"),
        ("source ./env.sh\nuse $E", "source ./env.sh in line 7 may set it"),
        ("eval $(aws x)\nuse $E", "eval $(aws x) in line 7 may set it"),
        ("ARGS=(a b)\nuse $ARGS", "it is computed when the script runs"),
    ],
)
def test_script__what_is_unknown_and_why(script: str, why: str) -> None:
    found = used(of_script(script))
    assert (found.value, found.why) == (None, why)


@pytest.mark.parametrize(
    ("script", "condition"),
    [
        ("use x", ""),
        ("cd infra && use x", ""),
        ("( cd infra && use x )", ""),
        ("for E in a b; do use x; done", ""),
        ("mkdir x || exit 1\nuse x", ""),
        ("if [ $R != main ]; then exit 1; fi\nuse x", ""),
        ("test -f x && use x", "it runs only if test -f x (line 7)"),
        ("if [ $E = dev ]; then\n  use x\nfi", "it runs only if [ $E = dev ] (line 7)"),
        ("if a; then b; elif [ $E = dev ]; then use x; fi", "it runs only if elif [ $E = dev ] (line 7)"),
        ("if [ $E = dev ]; then a; else use x; fi", "it runs only if else of if [ $E = dev ] (line 7)"),
        ("case $E in dev) use x ;; esac", "it runs only if case $E is dev (line 7)"),
        ("case $E in\n  dev | sit)\n    use x\n    ;;\nesac", "it runs only if case $E is dev|sit (line 8)"),
        ("check || use x", "it runs only if check fails (line 7)"),
        ("deploy() {\n  use x\n}", "it runs only if function deploy is called (line 7)"),
        ("function deploy {\n  use x\n}", "it runs only if function deploy is called (line 7)"),
        ("deploy() (\n  use x\n)\nuse y", ""),
        ("if [ $E != dev ]; then exit 0; fi\nuse x", "it runs only if line 7 does not end the script"),
        ("git diff --quiet && exit 0\nuse x", "it runs only if line 7 does not end the script"),
    ],
)
def test_script__when_a_command_runs(script: str, condition: str) -> None:
    assert [run for run in of_script(script) if run.words[0] == "use"][-1].condition == condition


@pytest.mark.parametrize(
    ("script", "directory"),
    [
        ("cd a\nuse x", "a"),
        ("(cd a; b)\nuse x", ""),
        ("( cd a && use x )", "a"),
        ("if b; then cd a; else cd a; fi\nuse x", "a"),
        ("cd a | b\nuse x", ""),
        ("if b; then cd a; fi\nuse x", None),
    ],
)
def test_script__where_a_command_works(script: str, directory: str | None) -> None:
    assert [run for run in of_script(script) if run.words[0] == "use"][-1].directory.value == directory


WRITES = [
    ('echo "X=a" >> $GITHUB_ENV', "a"),
    ("echo X=a >> ${GITHUB_ENV}", "a"),
    ("echo X=a b >> $GITHUB_ENV", "a b"),
    ('Y=a\necho "X=$Y" >> "$GITHUB_ENV"', "a"),
    ('echo "X=a" | tee -a "$GITHUB_ENV"', "a"),
    ('{\n  echo "Y=1"\n  echo "X=a"\n} >> "$GITHUB_ENV"', "a"),
    ('{ echo "X=a"; } | tee -a $GITHUB_ENV', "a"),
    ("cat <<EOF >> $GITHUB_ENV\nY=1\nX=a\nEOF", "a"),
    ("cat >> $GITHUB_ENV <<-'EOF'\nX=a\nEOF", "a"),
    ("tee -a $GITHUB_ENV <<EOF\nX=a\nEOF", "a"),
    ("printf 'X=%s\\n' a >> $GITHUB_ENV", "a"),
    ("printf 'Y=1\\nX=a\\n' >> $GITHUB_ENV", "a"),
    ('echo "X=$(date)" >> $GITHUB_ENV\necho "X=a" >> $GITHUB_ENV', "a"),
    ("if b; then echo X=a >> $GITHUB_ENV; else echo X=a >> $GITHUB_ENV; fi", "a"),
    ("echo 'Y<<END' >> $GITHUB_ENV\necho X=b >> $GITHUB_ENV\necho END >> $GITHUB_ENV\necho X=a >> $GITHUB_ENV", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("script", "value"), WRITES)
def test_environment_file__what_later_steps_get(script: str, value: str) -> None:
    text = textwrap.indent(script, "    ")
    assert used(of_steps(f"- run: |\n{text}\n- run: use $X\n")).value == value
    assert used(of_steps(f"- run: |\n{text}\n- run: use ${{{{ env.X }}}}\n")).value == value


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (
            ("- run: |\n    if [ $R = main ]; then\n      echo E=a >> $GITHUB_ENV\n    else\n"
            "      echo E=b >> $GITHUB_ENV\n    fi\n- run: use $E"),
            "it is set under a condition in line 10",
        ),
        (
            ('- run: |\n    case "$GITHUB_REF_NAME" in\n      main) echo "E=a" >> $GITHUB_ENV ;;\n'
            '      *) echo "E=b" >> $GITHUB_ENV ;;\n    esac\n- run: use $E'),
            "it is set under a condition in line 9",
        ),
        ("- run: '[ $R = main ] && echo E=a >> $GITHUB_ENV'\n- run: use $E", "it is set under a condition in line 6"),
        ("- if: github.ref == 'x'\n  run: echo E=a >> $GITHUB_ENV\n- run: use $E", "it is set under a condition in line 7"),
        ("- if: failure()\n  run: echo E=a >> $GITHUB_ENV\n- run: use $E", "it is set under a condition in line 7"),
        ("- run: cat .env >> $GITHUB_ENV\n- run: use $E", "line 6 writes variables that only the run knows"),
        ("- run: echo $LINE >> $GITHUB_ENV\n- run: use $E", "line 6 writes variables that only the run knows"),
        ("- run: printf 'E=%d' 1 >> $GITHUB_ENV\n- run: use $E", "it is computed when the script runs"),
        ("- run: |\n    echo 'E<<X' >> $GITHUB_ENV\n    date >> $GITHUB_ENV\n- run: use $E", "line 7 gives it several lines"),
        ("- run: echo x >> $env:GITHUB_ENV\n  shell: pwsh\n- run: use $E", "the pwsh script in line 6 may set it"),
    ],
)  # fmt: skip
def test_environment_file__what_is_unknown_to_later_steps(steps: str, why: str) -> None:
    found = used(of_steps(steps))
    assert (found.value, found.why) == (None, why)


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        ("- run: |\n    echo E=a >> $GITHUB_ENV\n    use $E", "env"),
        ("- run: echo E=a >> $GITHUB_ENV\n- run: use $E\n  env: {E: own}", "own"),
        ("- if: always()\n  run: echo E=a >> $GITHUB_ENV\n- run: use $E", "a"),
        ("- if: ${{ success() }}\n  run: echo E=a >> $GITHUB_ENV\n- run: use $E", "a"),
        ("- if: steps.plan.outcome == 'success'\n  run: echo E=a >> $GITHUB_ENV\n- run: use $E", "a"),
        ("- if: github.ref == 'x'\n  run: echo E=env >> $GITHUB_ENV\n- run: use $E", "env"),
        ("- if: github.ref == 'x'\n  run: echo E=a >> $GITHUB_ENV\n- run: echo E=b >> $GITHUB_ENV\n- run: use $E", "b"),
        ("- run: echo E=a >> $GITHUB_OUTPUT\n- run: use $E", "env"),
    ],
)
def test_environment_file__what_counts(steps: str, value: str) -> None:
    assert used(of_steps(steps)).value == value


def test_steps__condition_of_the_step() -> None:
    found = of_steps("- if: github.ref == 'refs/heads/main'\n  run: if a; then use x; fi\n- if: success()\n  run: use y")
    assert [run.condition for run in found if run.words[0] == "use"] == ["it runs only if github.ref == 'refs/heads/main'", ""]


PIECES = [
    "if a; then",
    "elif b; then",
    "else",
    "fi",
    "case $X in",
    "a)",
    "*)",
    ";;",
    "esac",
    "for E in a b; do",
    "done",
    "(",
    ")",
    "{",
    "}",
]
PIECES += ["E=b", "f() {", "f", "exit 0", "exit 1", "cd x", "a &&", "a ||", "[[ a", "]]", "E=(", "echo E=c >> $GITHUB_ENV", "cat <<X", "X"]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=150, deadline=None)
def test_script__any_script_is_followed(pieces: list[str]) -> None:
    """Whatever is written, a command after all of it is seen, or stands inside what was left open."""
    assert all(run.directory.value is not None or run.directory.why for run in of_script("\n".join([*pieces, "true"])))


@pytest.mark.parametrize(
    "text", ["if a; then\n" * 5_000, "case a in\na)\n" * 3_000, "{\n" * 9_000, "A=1 b &&\n" * 5_000, "f() {\n" * 5_000]
)
def test_script__hostile_nesting_ends(text: str) -> None:
    assert len(of_script(text + "use x")) <= 50_000


def test_script__more_variables_than_are_followed() -> None:
    assert used(of_script("\n".join(f"X{n}=a" for n in range(300)) + "\nuse $X1")).value is None
