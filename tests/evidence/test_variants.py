from __future__ import annotations

import pytest

from bbws_gate.evidence.condition import certainly_false, certainly_true
from bbws_gate.evidence.expression import Scope
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.terraform_command import terraform_commands
from bbws_gate.evidence.variants import MAX_VARIANTS, variants, without_leg
from bbws_gate.evidence.workflow import parse_workflow
from bbws_gate.evidence.workflow_parts import Workflow
from bbws_gate.model import Place

PLACE = Place("a.yml", 1, 1)
SCOPE = Scope(
    given={"action": Fact("plan", PLACE), "flag": Fact("true", PLACE), "free": Fact("${{ choice.free }}", PLACE), "none": Fact("", PLACE)},
    matrix={"e": Fact("sit", PLACE)},
    events=frozenset({"schedule", "workflow_dispatch"}),
)
PLAN = "      - run: terraform plan -var-file=${{ inputs.environment }}.tfvars\n"
CHOICE = "environment: {type: choice, options: [dev, sit]}"


def read(text: str, **others: str) -> tuple[Workflow, ...]:
    files = {f".github/workflows/{name}.yml": body for name, body in {"main": text, **others}.items()}
    parsed = {path: parse_workflow(body.encode(), path) for path, body in files.items()}
    return variants(parsed[".github/workflows/main.yml"], parsed)


def values(workflow: Workflow) -> list[str | None]:
    return [file.value for command in terraform_commands(workflow) for file in command.files("var-file")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inputs.action == 'apply'", True),
        ("${{ inputs.action == 'apply' }}", True),
        ("github.event.inputs.action != 'plan'", True),
        ("inputs.action == 'PLAN'", False),
        ("inputs.action == 'apply' && github.ref == 'x'", True),
        ("inputs.action == 'apply' || github.ref == 'x'", False),
        ("inputs.action == 'apply' || matrix.e == 'dev'", True),
        ("always() && matrix.e == 'dev'", True),
        ("matrix.e == 'sit'", False),
        ("contains(inputs.action, 'apply')", False),
        ("(inputs.action == 'apply')", False),
        ("!(inputs.action == 'plan')", False),
        ("inputs.flag == 'false'", False),
        ("inputs.flag == false", False),
        ("inputs.free == 'apply'", False),
        ("inputs.other == 'apply'", False),
        ("inputs.action == 'a && b'", False),
        ("inputs.action", False),
        ("", False),
        ("github.event_name == 'push'", True),
        ("github.event_name != 'push'", False),
        ("github.event_name == 'schedule'", False),
        ("'Schedule' != github.event_name", False),
        ("github.event_name == inputs.action", False),
        ("github.event_name == 'push' && github.ref == 'x'", True),
        ("github.event_name == 'push' || github.ref == 'x'", False),
        ("inputs.none == 'sit'", True),
        ("inputs.none != ''", True),
        ("inputs.action == ''", True),
        ("inputs.none == ''", False),
        ("inputs.none == 'true'", True),
        ("inputs.none == '0'", False),
        ("inputs.none == null", False),
        ("inputs.flag == ''", False),
        ("inputs.free == ''", False),
        ("inputs.other == 'it''s && inputs.none != '' && x'", False),
    ],
)
def test_certainly_false__only_where_the_file_decides(text: str, expected: bool) -> None:
    assert certainly_false(text, SCOPE) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inputs.action == 'plan'", True),
        ("success() && inputs.action == 'plan'", True),
        ("!cancelled() && github.event_name != 'push'", True),
        ("always()", True),
        ("failure()", False),
        ("!success()", False),
        ("github.event_name == 'schedule'", False),
        ("inputs.none == ''", True),
    ],
)
def test_certainly_true__in_a_run_in_which_nothing_fails(text: str, expected: bool) -> None:
    assert certainly_true(text, SCOPE) is expected


def test_variants__one_for_each_choice() -> None:
    found = read(f"on: {{workflow_dispatch: {{inputs: {{{CHOICE}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}")
    assert [values(each) for each in found] == [["dev.tfvars"], ["sit.tfvars"]]


def test_variants__started_by_a_push_the_choice_is_empty() -> None:
    found = read(f"on: {{push: {{}}, workflow_dispatch: {{inputs: {{{CHOICE}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}")
    assert [values(each) for each in found] == [["dev.tfvars"], ["sit.tfvars"], [".tfvars"]]


def test_variants__each_other_event_has_one_in_which_every_input_is_empty() -> None:
    inputs = "environment: {type: choice, options: [dev, sit], default: dev}, action: {default: apply}"
    steps = "".join(
        f"      - if: {condition}\n        run: terraform plan -var-file=${{{{ inputs.action }}}}{name}\n"
        for name, condition in (
            ("a", "github.event_name == 'push'"),
            ("b", "github.event_name == 'workflow_dispatch' && inputs.environment == 'sit'"),
            ("c", "github.event_name != 'push'"),
        )
    )
    found = read(f"on: {{push: {{}}, pull_request: {{}}, workflow_dispatch: {{inputs: {{{inputs}}}}}}}\njobs:\n  a:\n    steps:\n{steps}")
    assert [values(each) for each in found] == [[None], [None, None], ["a"], ["c"]]


def test_variants__a_called_workflow_is_started_by_the_event_of_its_caller() -> None:
    called = "on: {workflow_call: {}, push: {}}\njobs:\n  a:\n    if: github.event_name == 'push'\n    steps: [{run: make}]\n"
    head = f"on: {{push: {{}}, workflow_dispatch: {{inputs: {{{CHOICE}}}}}}}\njobs:\n  x:\n    uses: ./.github/workflows/tf.yml\n"
    assert [list(each.jobs) for each in read(head, tf=called)] == [["x"], ["x"], ["x", "x/a"]]


def test_variants__of_many_events_are_bounded() -> None:
    events = ", ".join(f"event_{number}: {{}}" for number in range(100))
    found = read(f"on: {{{events}, workflow_dispatch: {{inputs: {{{CHOICE}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}")
    assert [values(each) for each in found] == [["dev.tfvars"], ["sit.tfvars"], [".tfvars"]]


@pytest.mark.parametrize("given", ["environment: {default: dev}", "environment: {type: environment}", "environment: {required: true}"])
def test_variants__a_text_is_what_somebody_chooses(given: str) -> None:
    found = read(f"on: {{workflow_dispatch: {{inputs: {{{given}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}")
    assert [values(each) for each in found] == [[None]]


def test_variants__what_is_handed_on_is_what_was_chosen() -> None:
    steps = '      - run: echo "E=${{ inputs.environment }}" >> "$GITHUB_ENV"\n      - run: terraform plan -var-file=$E.tfvars\n'
    found = read(f"on: {{workflow_dispatch: {{inputs: {{{CHOICE.replace('}', ', default: dev}')}}}}}}}\njobs:\n  a:\n    steps:\n{steps}")
    assert [values(each) for each in found] == [["dev.tfvars"], ["sit.tfvars"]]


def test_variants__are_bounded() -> None:
    inputs = ", ".join(f"i{number}: {{type: choice, options: [a, b, c, d]}}" for number in range(6))
    found = read(f"on: {{workflow_dispatch: {{inputs: {{{inputs}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}")
    assert 1 < len(found) <= MAX_VARIANTS


def test_variants__of_long_scripts_are_not_made() -> None:
    script = "      - run: |\n" + "          echo a long line of a long script\n" * 6_000
    found = read(f"on: {{workflow_dispatch: {{inputs: {{{CHOICE.replace(']', ', prod]')}}}}}}}\njobs:\n  a:\n    steps:\n{script}{PLAN}")
    assert [values(each) for each in found] == [[None]]


@pytest.mark.parametrize("matrix", ["{e: [a/b, ab]}", "{e: [x, x]}", "{include: [{e: x}, {e: x, f: y}, {f: y}]}"])
def test_variants__every_leg_has_an_id_of_its_own(matrix: str) -> None:
    (found,) = read(f"on: push\njobs:\n  a:\n    strategy: {{matrix: {matrix}}}\n    steps: [{{run: make}}]\n")
    assert len(found.jobs) == (3 if "include" in matrix else 2)
    assert {without_leg(name) for name in found.jobs} == {"a"}


def test_variants__a_job_for_each_leg_waits_for_each() -> None:
    plan = "    steps: [{run: 'terraform plan -var-file=${{ matrix.e }}.tfvars'}]\n"
    text = f"on: push\njobs:\n  a:\n    strategy: {{matrix: {{e: [dev, sit]}}}}\n{plan}"
    (found,) = read(f"{text}  b:\n    needs: a\n    steps: [{{run: make}}]\n")
    assert list(found.jobs) == ["a (dev)", "a (sit)", "b"]
    assert [job.id for job in found.before(found.jobs["b"])] == ["a (dev)", "a (sit)"]
    assert values(found) == ["dev.tfvars", "sit.tfvars"]
    assert {without_leg(name) for name in found.jobs} == {"a", "b"}


def test_variants__what_does_not_run_is_left_out_and_what_waits_for_it() -> None:
    head = "on: {workflow_dispatch: {inputs: {action: {type: choice, options: [plan, apply]}}}}\njobs:\n"
    jobs = "  a:\n    if: inputs.action == 'apply'\n    steps: [{run: make}]\n  b:\n    needs: a\n    steps: [{run: make}]\n"
    always = "  c:\n    needs: a\n    if: always()\n    steps: [{run: make}]\n"
    assert [list(each.jobs) for each in read(head + jobs + always)] == [["c"], ["a", "b", "c"]]


def test_variants__a_call_is_given_what_its_caller_says_or_the_default() -> None:
    called = f"on: {{workflow_call: {{inputs: {{environment: {{default: dev}}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}"
    use = "    uses: ./.github/workflows/tf.yml\n"
    (found,) = read(f"on: push\njobs:\n  x:\n{use}  y:\n{use}    with: {{environment: sit}}\n", tf=called)
    assert values(found) == ["dev.tfvars", "sit.tfvars"]


def test_variants__a_matrix_of_calls() -> None:
    called = f"on: {{workflow_call: {{inputs: {{environment: {{type: string}}}}}}}}\njobs:\n  a:\n    steps:\n{PLAN}"
    use = "    uses: ./.github/workflows/tf.yml\n    with: {environment: '${{ matrix.e }}'}\n    strategy: {matrix: {e: [dev, sit]}}\n"
    (found,) = read(f"on: push\njobs:\n  x:\n{use}", tf=called)
    assert list(found.jobs) == ["x (dev)", "x (dev)/a", "x (sit)", "x (sit)/a"]
    assert values(found) == ["dev.tfvars", "sit.tfvars"]
