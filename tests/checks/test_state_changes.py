"""What a deployment job does to the state besides applying a plan."""

from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import NAMED, PATH, job, workflow

LOCKED = f"{NAMED}\nbackend: {{lock_table: acme-locks}}"
FILE = f"{NAMED}\nbackend: {{lock_file: true}}"
VALUES = f"{NAMED}\nvar_files: [sit.tfvars]"
TFVARS = {"infra/sit.tfvars": 'env = "sit"\n', "infra/variables.tf": 'variable "env" {}\n', "infra/dev.tfvars": "# dev\n"}
TERRAFORM = "terraform -chdir=infra"
APPLY = f"{TERRAFORM} apply tfplan"
OFF = f"{TERRAFORM} apply -lock=false tfplan"
DESTROY = f"{TERRAFORM} destroy -var-file=sit.tfvars -auto-approve"
UNKNOWN = DESTROY.replace("sit.tf", "${{ vars.E }}.tf")
PLAN = f"{TERRAFORM} plan -var-file=sit.tfvars -out=tfplan"
UNKNOWN_PLAN = PLAN.replace("sit.tf", "${{ vars.E }}.tf")
SCRATCH = (f"{TERRAFORM} workspace select scratch",)
ONLY = "workflow/destroy/deploy"


def lock(name: str, wants: dict[str, str], *runs: str, environment: str = LOCKED, top: str = "", at: str = "", says: str = "") -> Case:
    return Case("WFL015", name, wants, environment=environment, files=workflow(job("deploy", *runs), top=top), at=at, says=says)


def destroy(name: str, wants: dict[str, str], *runs: str, environment: str = VALUES, uses: str = "", at: str = "", says: str = "") -> Case:
    return Case(
        "WFL016", name, wants, environment=environment, files={**workflow(job("deploy", *runs, uses=uses)), **TFVARS}, at=at, says=says
    )


def before(
    name: str, wants: dict[str, str], *runs: str, needs: str = "needs: clean", head: str = "", how: str = DESTROY, says: str = ""
) -> Case:
    """A destroy in a job of its own."""
    jobs = job("clean", *runs, how, head=head), job("deploy", PLAN, APPLY, head=needs)
    return Case("WFL016", name, wants, environment=VALUES, files={**workflow(*jobs), **TFVARS}, says=says)


CASES = [
    lock("off", {"workflow/lock/deploy/apply": "fail"}, OFF, at=f"{PATH}:6", says="does not take the state's lock"),
    lock("off by a file", {"workflow/lock/deploy/apply": "fail"}, OFF, environment=FILE),
    lock(
        "off by the environment",
        {"workflow/lock/deploy/apply": "fail"},
        APPLY,
        top="env: {TF_CLI_ARGS_apply: '-lock=false'}\n",
    ),
    lock("off for a destroy", {"workflow/lock/deploy/destroy": "fail"}, f"{TERRAFORM} destroy -lock=false -auto-approve"),
    lock("on", {"workflow/lock/deploy/apply": "pass"}, f"{TERRAFORM} apply -lock=true tfplan"),
    lock("waits", {"workflow/lock/deploy/apply": "pass"}, f"{TERRAFORM} apply -lock-timeout=5m tfplan"),
    lock("nothing said", {}, APPLY),
    lock("a plan changes no state", {}, f"{TERRAFORM} plan -lock=false", APPLY),
    lock("another module", {}, "terraform -chdir=other apply -lock=false tfplan"),
    lock("no lock asked for", {}, OFF, environment=NAMED),
    lock("known to the run only", {"workflow/lock/deploy/apply": "unverified"}, f"{TERRAFORM} apply -lock=${{{{ vars.LOCK }}}} tfplan"),
    lock(
        "under a condition",
        {"workflow/lock/deploy/apply": "unverified"},
        f"test -f x && {OFF}",
        says="it runs only if test -f x",
    ),
    destroy("before the apply", {ONLY: "fail"}, DESTROY, APPLY, at=f"{PATH}:6", says="destroys everything before it applies"),
    destroy("by apply", {ONLY: "fail"}, f"{TERRAFORM} apply -destroy -var-file=sit.tfvars -auto-approve", APPLY),
    destroy("without values", {ONLY: "fail"}, f"{TERRAFORM} destroy -auto-approve", APPLY, environment=NAMED),
    destroy("under a condition", {ONLY: "unverified"}, f"test -f x && {DESTROY}", APPLY, says="it runs only if test -f x"),
    destroy(
        "in a step with a condition",
        {ONLY: "unverified"},
        APPLY,
        uses=f"      - if: inputs.fresh\n        run: {DESTROY}\n",
        says="it runs only if inputs.fresh",
    ),
    destroy(
        "one or the other",
        {},
        uses=f"      - if: inputs.fresh\n        run: {DESTROY}\n      - if: ${{{{ !inputs.fresh }}}}\n        run: {APPLY}\n",
    ),
    destroy("after the apply", {ONLY: "pass"}, APPLY, DESTROY),
    destroy("alone", {ONLY: "pass"}, DESTROY),
    destroy("of one resource", {}, f"{DESTROY} -target=aws_instance.a", APPLY),
    destroy("that waits for an answer", {}, f"{TERRAFORM} destroy -var-file=sit.tfvars", APPLY),
    destroy("with other values", {}, DESTROY.replace("sit.tf", "dev.tf"), APPLY),
    destroy("with values that nobody knows", {ONLY: "unverified"}, UNKNOWN, APPLY, says="vars.E is known to GitHub only"),
    destroy("with the same values, whatever they are", {ONLY: "fail"}, UNKNOWN, UNKNOWN_PLAN, APPLY, at=f"{PATH}:6"),
    destroy("with values that nobody knows, planned with the target's", {ONLY: "unverified"}, UNKNOWN, PLAN, APPLY),
    destroy("with other values that nobody knows", {ONLY: "unverified"}, UNKNOWN, UNKNOWN_PLAN.replace("E }}", "F }}"), APPLY),
    destroy(
        "with a name that something between may set anew",
        {ONLY: "unverified"},
        UNKNOWN.replace("${{ vars.E }}", "$E"),
        "./pick.sh",
        UNKNOWN_PLAN.replace("${{ vars.E }}", "$E"),
        APPLY,
    ),
    destroy(
        "with the same name", {ONLY: "fail"}, UNKNOWN.replace("${{ vars.E }}", "$E"), UNKNOWN_PLAN.replace("${{ vars.E }}", "$E"), APPLY
    ),
    destroy(
        "with computed values", {ONLY: "unverified"}, *(each.replace("${{ vars.E }}", "$(./e)") for each in (UNKNOWN, UNKNOWN_PLAN)), APPLY
    ),
    destroy("without values that it needs", {ONLY: "unverified"}, f"{TERRAFORM} destroy -auto-approve", APPLY, says="no value file of sit"),
    destroy("by -var", {ONLY: "fail"}, f"{TERRAFORM} destroy -auto-approve -var env=sit", APPLY),
    destroy("by another -var", {}, f"{TERRAFORM} destroy -auto-approve -var env=dev", APPLY),
    destroy(
        "by a saved plan", {ONLY: "fail"}, f"{TERRAFORM} plan -destroy -var-file=sit.tfvars -out=d && {TERRAFORM} apply d", PLAN, APPLY
    ),
    destroy(
        "by a saved plan of one resource",
        {},
        f"{TERRAFORM} plan -destroy -target=a.b -var-file=sit.tfvars -out=d",
        f"{TERRAFORM} apply d",
        PLAN,
        APPLY,
    ),
    destroy("planned only", {}, f"{TERRAFORM} plan -destroy -var-file=sit.tfvars -out=d", PLAN, APPLY),
    destroy(
        "another state of the same values",
        {ONLY: "unverified"},
        *SCRATCH,
        DESTROY,
        f"{TERRAFORM} workspace select sit",
        APPLY,
        says="another state",
    ),
    before("in a job before", {"workflow/destroy/clean": "fail"}, says="before job deploy applies"),
    before("in a job beside", {"workflow/destroy/clean": "pass"}, needs=""),
    before("in a job with a condition, that the apply waits for", {"workflow/destroy/clean": "fail"}, head="if: github.actor == 'a'"),
    before(
        "in a job with a condition, that the apply does not wait for",
        {"workflow/destroy/clean": "unverified"},
        needs="needs: clean\nif: always()",
        head="if: github.actor == 'a'",
        says="job clean runs only if github.actor == 'a'",
    ),
    before("before a job with a condition", {"workflow/destroy/clean": "unverified"}, needs="needs: clean\nif: vars.X == 'a'"),
    before("in a job on another state", {"workflow/destroy/clean": "unverified"}, *SCRATCH, says="another state"),
    before("in a job before, with values that nobody knows", {"workflow/destroy/clean": "unverified"}, how=UNKNOWN),
    destroy("another module", {}, DESTROY.replace("infra", "other"), APPLY),
    destroy("none", {}, APPLY),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
