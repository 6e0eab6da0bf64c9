from __future__ import annotations

import pytest

from bbws_gate.evidence.expression import Resolved, Scope, resolve
from bbws_gate.evidence.fact import Fact
from bbws_gate.model import Place


def fact(value: str) -> Fact[str]:
    return Fact(value, Place("w.yml", 1, 1))


SCOPE = Scope(
    env={
        "REGION": fact("eu-west-1"),
        "ENVIRONMENT": fact("${{ inputs.environment }}"),
        "FILE": fact("environments/${{ env.ENVIRONMENT }}.tfvars"),
        "EMPTY": fact(""),
        "LOOP": fact("${{ env.POOL }}"),
        "POOL": fact("${{ env.LOOP }}"),
        "TOKEN": fact("${{ secrets.TOKEN }}"),
    },
    inputs={"environment": fact("sit"), "tag": None},
    matrix={"account": fact("111122223333"), "many": None},
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("$REGION", "$REGION"),
        ("${{ env.REGION }}", "eu-west-1"),
        ("${{env.REGION}}", "eu-west-1"),
        ("a-${{ env.REGION }}-${{ inputs.environment }}", "a-eu-west-1-sit"),
        ("${{ github.event.inputs.environment }}", "sit"),
        ("${{ env.FILE }}", "environments/sit.tfvars"),
        ("${{ matrix.account }}", "111122223333"),
        ("${{ 'it''s' }}", "it's"),
        ("${{ true }}", "true"),
        ("${{ null }}", ""),
        ("${{ 3 }}", "3"),
        ("${{ env.EMPTY || 'x' }}", "x"),
        ("${{ env.REGION || 'x' }}", "eu-west-1"),
        ("${{ env.EMPTY || 'a || b' }}", "a || b"),
        ("${{ env.EMPTY || false }}", "false"),
    ],
)
def test_resolve__expressions(text: str, value: str) -> None:
    assert resolve(text, SCOPE).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$REGION", "eu-west-1"),
        ("${REGION}", "eu-west-1"),
        ("x/$ENVIRONMENT.tfvars", "x/sit.tfvars"),
        ("${MISSING:-eu}", "eu"),
        ("${MISSING-eu}", "eu"),
        ("${{ env.REGION }}/$ENVIRONMENT", "eu-west-1/sit"),
    ],
)
def test_resolve__variables_of_a_script(text: str, value: str) -> None:
    assert resolve(text, SCOPE, in_script=True).value == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("${{ secrets.ROLE }}", "secrets.ROLE is known to GitHub only"),
        ("${{ vars.ROLE }}", "vars.ROLE is known to GitHub only"),
        ("${{ github.ref_name }}", "github.ref_name is known to GitHub only"),
        ("${{ steps.a.outputs.b }}", "steps.a.outputs.b is known to GitHub only"),
        ("${{ env.NONE }}", "env.NONE is not set in the workflow"),
        ("${{ env.TOKEN }}", "secrets.TOKEN is known to GitHub only"),
        ("${{ inputs.none }}", "none is no input of the workflow"),
        ("${{ inputs.tag }}", "input tag has no default: whoever starts the workflow gives it"),
        ("${{ matrix.none }}", "matrix.none is not set in the workflow"),
        ("${{ matrix.many }}", "the matrix gives many several values"),
        ("${{ format('{0}', env.REGION) }}", "the expression format('{0}', env.REGION) is not followed"),
        ("${{ env.A == 'b' }}", "the expression env.A == 'b' is not followed"),
        ("${{ secrets.A || 'x' }}", "secrets.A is known to GitHub only"),
        ("${{ }}", "the expression  is not followed"),
        ("${{ env.LOOP }}", "env.LOOP refers to itself"),
        ("$HOME/x", "$HOME is not set in the workflow"),
        ("$GITHUB_REF_NAME.tfvars", "$GITHUB_REF_NAME is known to the run only"),
        ("${GITHUB_HEAD_REF:-main}", "$GITHUB_HEAD_REF is known to the run only"),
        ("${RUNNER_OS}", "$RUNNER_OS is known to the run only"),
        ("$GITHUB", "$GITHUB is not set in the workflow"),
        ("${{ (env.A == 'b' || env.C == 'd') && 'x' || 'y' }}", "the expression (env.A == 'b' || env.C == 'd') && 'x' is not followed"),
        ("${{ env.A == '%s' }}" % ("b" * 90), f"the expression env.A == '{'b' * 49}… is not followed"),
        ("$(date)", "it is computed when the script runs"),
        ("`date`", "it is computed when the script runs"),
        ("$1", "it is computed when the script runs"),
        ("${REGION#eu-}", "it is computed when the script runs"),
        ("$TOKEN", "secrets.TOKEN is known to GitHub only"),
        ("x" * 10_001, "it is longer than can be followed"),
    ],
)
def test_resolve__what_the_file_does_not_say_is_unknown(text: str, why: str) -> None:
    assert resolve(text, SCOPE, in_script=True) == Resolved(None, why)


def test_resolve__says_what_led_there() -> None:
    assert resolve("${{ env.FILE }}", SCOPE).through == ("env.FILE", "env.ENVIRONMENT", "default of input environment")
    assert resolve("${NONE:-x}", SCOPE, in_script=True).through == ("fallback of NONE",)


def test_resolve__names_built_from_names_do_not_multiply() -> None:
    env = {f"A{n}": fact(f"${{{{ env.A{n + 1} }}}}" * 100) for n in range(40)} | {"A40": fact("")}
    assert resolve("${{ env.A0 }}", Scope(env=env)).value == ""
    env["A40"] = fact("xx")
    assert resolve("${{ env.A0 }}", Scope(env=env)).why == "it is longer than can be followed"
