from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import LOGIN, NAMED, OTHER_LOGIN, PATH, job, workflow

APPROVAL = "environment: sit-approval"
APPLY = "terraform -chdir=infra apply sit.tfplan"
PLAN = "terraform -chdir=infra plan -var-file=sit.tfvars -out=sit.tfplan"
OTHER = ".github/workflows/hotfix.yml"
UP = "      - uses: actions/upload-artifact@v4\n        with: {name: plan}\n"
DOWN = UP.replace("upload", "download")
INTO_SRC = "      - uses: actions/checkout@v4\n        with: {path: src}\n"
VALUES = NAMED + "\nvar_files: [sit.tfvars]"
SIT, DEV = {"infra/sit.tfvars": ""}, {"infra/dev.tfvars": ""}
SCRIPT = NAMED + "\nvalidation_script: check.py"
CHECK = {"check.py": "raise SystemExit(1)\n"}
VERSION = "      - uses: hashicorp/setup-terraform@v3\n        with: {terraform_version: VERSION}\n"
REQUIRED = 'terraform {\n  required_version = ">= 1.9.0, < 2.0.0"\n}\n'


def other(*jobs: str) -> dict[str, str]:
    return {OTHER: workflow(*jobs)[PATH], **workflow(job("deploy", APPLY, head=APPROVAL))}


BY_INPUT = "environment: ${{ inputs.e }}"
CHOICE = "{{workflow_dispatch: {{inputs: {{e: {{type: choice, options: [{}]}}}}}}}}"


def chosen(given: str) -> dict[str, str]:
    """Another workflow that destroys with the values of the environment that its input names."""
    text = workflow(job("fix", "terraform -chdir=infra destroy -var-file=${{ inputs.e }}.tfvars"))[PATH]
    return {**other(), OTHER: text.replace("{workflow_dispatch: {}}", f"{{workflow_dispatch: {{inputs: {{e: {{{given}}}}}}}}}")}


def version(text: str) -> dict[str, str]:
    return workflow(job("deploy", APPLY, uses=VERSION.replace("VERSION", text)))


CASES = [
    Case(
        "GAT001",
        "on the job itself",
        {"workflow/approval/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head=APPROVAL)),
    ),
    Case(
        "GAT001",
        "on a job before it",
        {"workflow/approval/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("ask", "true", head=APPROVAL), job("deploy", APPLY, head="needs: ask")),
    ),
    Case(
        "GAT001",
        "nowhere on the way",
        {"workflow/approval/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("ask", "true", head=APPROVAL), job("deploy", APPLY)),
        says="applies without the approval of sit-approval",
        at=f"{PATH}:11",
    ),
    Case(
        "GAT001",
        "another environment",
        {"workflow/approval/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head="environment: sit")),
    ),
    Case(
        "GAT001",
        "an environment that only the run knows",
        {"workflow/approval/deploy": "unverified"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head="environment: ${{ inputs.where }}")),
        says="where",
    ),
    Case(
        "GAT001",
        "an environment that a text names, whatever its default",
        {"workflow/approval/deploy": "unverified"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head=BY_INPUT), on="{workflow_dispatch: {inputs: {e: {default: dev}}}}"),
        says="whoever starts the workflow chooses input e",
    ),
    Case(
        "GAT001",
        "an environment that is one of the choices",
        {"workflow/approval/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head=BY_INPUT), on=CHOICE.format("dev, sit-approval")),
    ),
    Case(
        "GAT001",
        "an environment that is none of the choices",
        {"workflow/approval/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head=BY_INPUT), on=CHOICE.format("dev, prod")),
        at=f"{PATH}:5",
    ),
    Case(
        "GAT001",
        "another choice with the target's values",
        {"workflow/approval/deploy": "fail"},
        environment=VALUES,
        dev="var_files: [dev.tfvars]",
        files={**workflow(job("deploy", PLAN, APPLY, head=BY_INPUT), on=CHOICE.format("dev, sit-approval")), **SIT},
    ),
    Case(
        "GAT001",
        "written in other letters",
        {"workflow/approval/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head="environment: SIT-Approval")),
    ),
    Case(
        "GAT001",
        "everything that is applied is another environment's",
        {"workflow/approval": "unverified"},
        environment=VALUES,
        dev="var_files: [dev.tfvars]",
        files={**workflow(job("look", PLAN), job("dev", PLAN.replace("sit", "dev"), APPLY.replace("sit", "dev"))), **SIT, **DEV},
        says="other environments', job dev",
    ),
    Case(
        "GAT001",
        "in a reusable workflow",
        {"workflow/approval": "unverified"},
        environment=NAMED,
        files={PATH: "on: push\njobs:\n  a:\n    uses: x/y/.github/workflows/z.yml@v1\n"},
        says="x/y",
    ),
    Case(
        "GAT001",
        "destroy counts too",
        {"workflow/approval/clean": "fail"},
        environment=NAMED,
        files=workflow(job("clean", "terraform destroy")),
    ),
    Case("GAT001", "not asked", {}, environment=f"workflow: {{path: {PATH}}}", files=workflow(job("deploy", APPLY))),
    Case(
        "GAT002",
        "together",
        {"workflow/credentials/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head=APPROVAL, login=LOGIN)),
    ),
    Case(
        "GAT002",
        "approval apart",
        {"workflow/credentials/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("ask", "true", head=APPROVAL), job("deploy", APPLY, head="needs: ask", login=LOGIN)),
        says="Job deploy holds the credentials, and only job ask",
    ),
    Case("GAT002", "no approval: GAT001 tells", {}, environment=NAMED, files=workflow(job("deploy", APPLY, login=LOGIN))),
    Case(
        "GAT003",
        "runs anyway",
        {"workflow/condition/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("ask", "true", head=APPROVAL), job("deploy", APPLY, head="needs: ask\nif: always()")),
    ),
    Case(
        "GAT003",
        "looks at results itself",
        {"workflow/condition/deploy": "unverified"},
        environment=NAMED,
        files=workflow(
            job("ask", "true", head=APPROVAL),
            job("deploy", APPLY, head="needs: ask\nif: ${{ !cancelled() && needs.ask.result == 'success' }}"),
        ),
    ),
    Case(
        "GAT003",
        "an ordinary condition",
        {},
        environment=NAMED,
        files=workflow(job("ask", "true", head=APPROVAL), job("deploy", APPLY, head="needs: ask\nif: github.ref == 'refs/heads/main'")),
    ),
    Case("GAT004", "the only way", {"workflow/doors": "pass"}, environment=NAMED, files=other(job("test", "make test"))),
    Case(
        "GAT004",
        "another way by account",
        {f"workflow/doors/{OTHER}/fix": "fail"},
        environment=NAMED,
        files=other(job("fix", APPLY, login=LOGIN)),
        at=f"{OTHER}:8",
        says="changes sit too",
    ),
    Case(
        "GAT004",
        "another way by values",
        {f"workflow/doors/{OTHER}/fix": "fail"},
        environment=VALUES,
        files={**other(job("fix", "terraform -chdir=infra apply -var-file=sit.tfvars")), **SIT},
    ),
    Case(
        "GAT004",
        "another way with the approval",
        {"workflow/doors": "pass"},
        environment=NAMED,
        files=other(job("fix", APPLY, login=LOGIN, head=APPROVAL)),
    ),
    Case(
        "GAT004",
        "another environment's way",
        {"workflow/doors": "pass"},
        environment=NAMED,
        files=other(job("fix", APPLY, login=OTHER_LOGIN)),
    ),
    Case(
        "GAT004",
        "another way that an input may choose",
        {f"workflow/doors/{OTHER}/fix": "unverified"},
        environment=VALUES,
        files={**chosen("default: dev"), **SIT, **DEV},
        says="whoever starts the workflow chooses input e",
        at=f"{OTHER}:6",
    ),
    Case(
        "GAT004",
        "another way that is a choice",
        {f"workflow/doors/{OTHER}/fix": "fail"},
        environment=VALUES,
        files={**chosen("type: choice, options: [dev, sit], default: dev"), **SIT, **DEV},
    ),
    Case(
        "GAT004",
        "a choice of other environments",
        {"workflow/doors": "pass"},
        environment=VALUES,
        dev="var_files: [dev.tfvars]",
        files={**chosen("type: choice, options: [dev], default: dev"), **SIT, **DEV},
    ),
    Case(
        "GAT004",
        "another way of which nothing tells",
        {f"workflow/doors/{OTHER}/fix": "unverified"},
        environment=NAMED,
        files=other(job("fix", APPLY)),
        says="nothing tells which environment it serves",
    ),
    Case(
        "GAT004",
        "another module's way",
        {"workflow/doors": "pass"},
        environment=NAMED,
        files={**other(job("fix", APPLY.replace("infra", "network"))), "network/main.tf": ""},
    ),
    Case(
        "GAT004",
        "the account of both",
        {f"workflow/doors/{OTHER}/fix": "unverified"},
        environment=NAMED,
        dev="account: '444455556666'",
        files=other(job("fix", APPLY, login=LOGIN)),
    ),
    Case("GAT004", "no workflow named", {}, files=other(job("fix", APPLY, login=LOGIN))),
    Case(
        "GAT005",
        "an input that leaves validation out",
        {"workflow/skip/skip_validation": "fail"},
        environment=NAMED,
        files=workflow(
            job("deploy", APPLY, head="if: ${{ !inputs.skip_validation }}"),
            on="{workflow_dispatch: {inputs: {skip_validation: {type: boolean}}}}",
        ),
        at=f"{PATH}:5",
    ),
    *(
        Case(
            "GAT005",
            condition,
            {"workflow/skip/force": result},
            environment=NAMED,
            files=workflow(job("deploy", APPLY, head=f'if: "{condition}"'), on="{workflow_dispatch: {inputs: {force: {type: boolean}}}}"),
        )
        for condition, result in (
            ("inputs.force != 'true'", "fail"),
            ("inputs.force", "fail"),
            ("needs.validate.result == 'success' || inputs.force", "fail"),
            ("always() && (needs.validate.result == 'success' || inputs.force)", "fail"),
            ("success() || inputs.force == true", "fail"),
            ("needs.changes.outputs.x == 'true' && !(github.ref == 'x' || inputs.force)", "fail"),
            ("needs.changes.outputs.x == 'true' || github.event.inputs.force == 'true'", "unverified"),
            ("needs.test.result == 'success' && (needs.changes.outputs.x == 'true' || inputs.force)", "unverified"),
        )
    ),
    Case(
        "GAT005",
        "an input that nobody asks",
        {},
        environment=NAMED,
        files=workflow(job("deploy", APPLY), on="{workflow_dispatch: {inputs: {force: {type: boolean}}}}"),
    ),
    Case(
        "GAT005",
        "an input about something else",
        {},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head="if: ${{ inputs.region == 'x' }}"), on="{workflow_dispatch: {inputs: {region: {}}}}"),
    ),
    Case(
        "GAT006",
        "asked by the action",
        {"workflow/verify": "pass"},
        environment=NAMED,
        files=workflow(job("gate", uses="      - uses: acme/bbws-gate@v1\n"), job("deploy", APPLY, head="needs: gate")),
    ),
    Case(
        "GAT006",
        "asked by the command",
        {"workflow/verify": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", "bbws-gate check --env sit", APPLY)),
    ),
    Case(
        "GAT006",
        "asked beside it",
        {"workflow/verify": "fail"},
        environment=NAMED,
        files=workflow(job("gate", uses="      - uses: acme/bbws-gate@v1\n"), job("deploy", APPLY)),
    ),
    Case("GAT006", "applies nothing", {}, environment=NAMED, files=workflow(job("deploy", "make"))),
    Case(
        "WFL003",
        "its own values",
        {"workflow/var-file/deploy/plan": "pass"},
        environment=VALUES,
        files={**workflow(job("deploy", PLAN, APPLY)), **SIT},
    ),
    Case(
        "WFL003",
        "another environment's values",
        {"workflow/var-file/deploy/plan": "fail"},
        environment=VALUES,
        files={**workflow(job("deploy", PLAN.replace("sit.tfvars", "dev.tfvars"))), **SIT, **DEV},
        says="infra/dev.tfvars is not of sit",
        at=f"{PATH}:6",
    ),
    Case(
        "WFL003",
        "values that do not exist",
        {"workflow/var-file/deploy/plan": "fail"},
        environment=VALUES,
        files={**workflow(job("deploy", PLAN.replace("sit.tfvars", "site.tfvars"))), **SIT},
        says="infra/site.tfvars does not exist",
    ),
    Case(
        "WFL003",
        "no values",
        {"workflow/var-file/deploy/plan": "fail"},
        environment=VALUES,
        files={**workflow(job("deploy", "terraform -chdir=infra plan")), **SIT},
        says="infra/sit.tfvars is not passed",
    ),
    Case(
        "WFL003",
        "values that only the run knows",
        {"workflow/var-file/deploy/plan": "unverified"},
        environment=VALUES,
        files={**workflow(job("deploy", "terraform -chdir=infra plan -var-file=${{ vars.FILE }}")), **SIT},
    ),
    Case(
        "WFL003",
        "values that an input chooses",
        {"workflow/var-file/deploy/plan": "unverified"},
        environment=VALUES,
        files={
            **workflow(
                job("deploy", "terraform -chdir=infra plan -var-file=${{ inputs.env }}.tfvars"),
                on="{workflow_dispatch: {inputs: {env: {default: dev}}}}",
            ),
            **SIT,
            **DEV,
        },
    ),
    Case(
        "WFL003",
        "another environment's job beside the target's",
        {"workflow/var-file/deploy/plan": "pass"},
        environment=VALUES,
        dev="var_files: [dev.tfvars]",
        files={**workflow(job("dev", PLAN.replace("sit", "dev"), APPLY), job("deploy", PLAN, APPLY)), **SIT, **DEV},
    ),
    Case(
        "WFL003",
        "a job of which nobody can tell whom it serves beside the target's",
        {"workflow/var-file/deploy/plan": "pass", "workflow/var-file/any/plan2": "unverified"},
        environment=VALUES,
        files={
            **workflow(job("deploy", PLAN, APPLY), job("any", "terraform -chdir=infra plan", head="environment: ${{ vars.E }}")),
            **SIT,
        },
        says="vars.E",
    ),
    Case(
        "WFL003",
        "the target's job with another environment's values",
        {"workflow/var-file/sit/plan": "fail"},
        environment=VALUES,
        dev="var_files: [dev.tfvars]",
        files={
            **workflow(job("dev", PLAN.replace("sit", "dev")), job("sit", PLAN.replace("sit.tfvars", "dev.tfvars"), head=APPROVAL)),
            **SIT,
            **DEV,
        },
    ),
    Case(
        "WFL003",
        "another root module",
        {},
        environment=VALUES,
        files={
            **workflow(job("deploy", PLAN.replace("infra", "network").replace("sit.tfvars", "x.tfvars"))),
            **SIT,
            "network/main.tf": "",
        },
    ),
    Case(
        "WFL003",
        "a folder without Terraform",
        {"workflow/var-file/deploy/plan": "unverified"},
        environment=VALUES,
        files={**workflow(job("deploy", PLAN.replace("infra", "src/infra").replace("sit.tfvars", "dev.tfvars"))), **SIT, **DEV},
        says="src/infra, holds no Terraform",
    ),
    Case(
        "WFL003",
        "the repository in a folder of its own",
        {"workflow/var-file/deploy/plan": "fail"},
        environment=VALUES,
        files={
            **workflow(job("deploy", PLAN.replace("infra", "src/infra").replace("sit.tfvars", "dev.tfvars"), uses=INTO_SRC)),
            **SIT,
            **DEV,
        },
        says="infra/dev.tfvars is not of sit",
    ),
    Case(
        "WFL003",
        "an init that only validates",
        {},
        environment=NAMED + "\nbackend: {config_files: [sit.hcl]}",
        files=workflow(job("validate", "terraform -chdir=infra init -backend=false", "terraform -chdir=infra validate")),
    ),
    Case(
        "WFL003",
        "another environment's state",
        {"workflow/backend-config/deploy/init": "fail"},
        environment=NAMED + "\nbackend: {config_files: [sit.hcl]}",
        files={**workflow(job("deploy", "terraform -chdir=infra init -backend-config=dev.hcl")), "infra/sit.hcl": "", "infra/dev.hcl": ""},
    ),
    Case(
        "WFL003",
        "a file that Terraform reads without being told",
        {},
        environment=VALUES.replace("sit.tfvars", "terraform.tfvars"),
        files={**workflow(job("deploy", PLAN.replace(" -var-file=sit.tfvars", ""), APPLY)), "infra/terraform.tfvars": ""},
    ),
    Case("WFL003", "applies a plan", {}, environment=VALUES, files={**workflow(job("deploy", APPLY)), **SIT}),
    Case(
        "WFL004", "saved in the same job", {"workflow/plan/deploy": "pass"}, environment=NAMED, files=workflow(job("deploy", PLAN, APPLY))
    ),
    Case(
        "WFL004",
        "carried as an artifact",
        {"workflow/plan/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("plan", PLAN, uses=UP), job("deploy", APPLY, head="needs: plan", uses=DOWN)),
    ),
    Case(
        "WFL004",
        "not carried",
        {"workflow/plan/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("plan", PLAN, uses=UP), job("deploy", APPLY, head="needs: plan")),
    ),
    Case(
        "WFL004",
        "another artifact",
        {"workflow/plan/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("plan", PLAN, uses=UP), job("deploy", APPLY, head="needs: plan", uses=DOWN.replace("plan", "report"))),
    ),
    Case(
        "WFL004",
        "not saved",
        {"workflow/plan/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", "terraform -chdir=infra apply -auto-approve")),
        says="without a saved plan",
    ),
    Case(
        "WFL004",
        "a file that only the run knows",
        {"workflow/plan/deploy": "unverified"},
        environment=NAMED,
        files=workflow(job("deploy", "terraform -chdir=infra apply ${{ vars.PLAN }}")),
    ),
    Case(
        "WFL004",
        "not saved, in a folder that only the run knows",
        {"workflow/plan/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", "terraform -chdir=${{ vars.D }} apply -auto-approve")),
        says="without a saved plan",
    ),
    Case(
        "WFL004",
        "not saved, in an unknown folder beside the target's",
        {"workflow/plan/deploy": "pass", "workflow/plan/deploy1": "unverified"},
        environment=NAMED,
        files=workflow(job("deploy", PLAN, APPLY, "terraform -chdir=${{ vars.D }} apply -auto-approve")),
        says="vars.D is known",
    ),
    Case(
        "WFL004",
        "not saved, in a folder without Terraform",
        {"workflow/plan/deploy": "unverified"},
        environment=NAMED,
        files=workflow(job("deploy", "terraform -chdir=other apply -auto-approve")),
        says="holds no Terraform",
    ),
    Case("WFL004", "applies nothing", {}, environment=NAMED, files=workflow(job("deploy", PLAN))),
    Case("WFL005", "allowed", {"workflow/version/deploy": "pass"}, REQUIRED, environment=NAMED, files=version("1.9.8")),
    Case(
        "WFL005",
        "refused",
        {"workflow/version/deploy": "fail"},
        REQUIRED,
        environment=NAMED,
        files=version("1.5.7"),
        says="takes Terraform 1.5.7",
        at="infra/main.tf:2",
    ),
    Case(
        "WFL005",
        "required in another file",
        {"workflow/version/deploy": "fail"},
        environment=NAMED,
        files={**version("1.5.7"), "infra/versions.tf": REQUIRED},
        at="infra/versions.tf:2",
    ),
    Case("WFL005", "not a version", {"workflow/version/deploy": "unverified"}, REQUIRED, environment=NAMED, files=version("latest")),
    Case("WFL005", "nothing required", {}, environment=NAMED, files=version("1.5.7")),
    Case("WFL006", "failures stop", {"workflow/failures": "pass"}, environment=NAMED, files=workflow(job("deploy", PLAN, APPLY))),
    Case(
        "WFL006",
        "|| true",
        {"workflow/failures/deploy/terraform-apply": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", PLAN, APPLY + " || true")),
        at=f"{PATH}:7",
    ),
    Case(
        "WFL006",
        "a pipe without pipefail",
        {"workflow/failures/deploy/terraform-plan": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", PLAN + " | tee plan.txt", APPLY)),
        says="pipefail",
    ),
    Case(
        "WFL006",
        "validation that goes on",
        {"workflow/failures/deploy/check.py": "fail"},
        environment=SCRIPT,
        files={**workflow(job("deploy", APPLY, "python check.py || echo failed")), **CHECK},
    ),
    Case("WFL006", "runs nothing of it", {}, environment=NAMED, files=workflow(job("deploy", "make"))),
    Case("WFL007", "by hand", {"workflow/triggers": "pass"}, environment=NAMED, files=workflow(job("deploy", APPLY))),
    Case(
        "WFL007",
        "by pull requests only",
        {"workflow/triggers": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY), on="pull_request"),
    ),
    Case("WFL007", "applies nothing", {}, environment=NAMED, files=workflow(job("deploy", "make"), on="pull_request")),
    Case("WFL008", "a role", {"workflow/keys": "pass"}, environment=NAMED, files=workflow(job("deploy", APPLY, login=LOGIN))),
    Case(
        "WFL008",
        "keys of the login",
        {"workflow/keys": "fail"},
        environment=NAMED,
        files=workflow(
            job(
                "deploy",
                APPLY,
                login=LOGIN.replace("role-to-assume: 'arn:aws:iam::444455556666:role/deploy'", "aws-access-key-id: '${{ secrets.K }}'"),
            )
        ),
    ),
    Case(
        "WFL008",
        "keys in the environment",
        {"workflow/keys": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY), top="env: {AWS_SECRET_ACCESS_KEY: '${{ secrets.K }}'}\n"),
        at=f"{PATH}:2",
    ),
    Case("WFL008", "no login", {}, environment=NAMED, files=workflow(job("deploy", APPLY))),
    Case(
        "WFL009",
        "limited",
        {"workflow/permissions/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY), top="permissions: {contents: read}\n"),
    ),
    Case("WFL009", "not limited", {"workflow/permissions/deploy": "fail"}, environment=NAMED, files=workflow(job("deploy", APPLY))),
    Case(
        "WFL009",
        "everything",
        {"workflow/permissions/deploy": "fail"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, head="permissions: write-all")),
    ),
    Case("WFL009", "applies nothing", {}, environment=NAMED, files=workflow(job("deploy", "make"))),
    Case(
        "WFL010",
        "pinned",
        {"workflow/pins": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY, login=LOGIN.replace("@v4", "@" + "a" * 40))),
    ),
    Case(
        "WFL010", "by tag", {"workflow/pins": "fail"}, environment=NAMED, files=workflow(job("deploy", APPLY, login=LOGIN)), at=f"{PATH}:6"
    ),
    Case("WFL010", "jobs without credentials", {}, environment=NAMED, files=workflow(job("deploy", APPLY, uses=UP))),
    Case(
        "WFL011",
        "limited",
        {"workflow/concurrency/deploy": "pass"},
        environment=NAMED,
        files=workflow(job("deploy", APPLY), top="concurrency: sit\n"),
    ),
    Case("WFL011", "not limited", {"workflow/concurrency/deploy": "fail"}, environment=NAMED, files=workflow(job("deploy", APPLY))),
    Case("WFL011", "applies nothing", {}, environment=NAMED, files=workflow(job("deploy", "make"))),
    Case(
        "VAL003",
        "in the same job",
        {"workflow/validation/deploy": "pass"},
        environment=SCRIPT,
        files={**workflow(job("deploy", APPLY, "python check.py")), **CHECK},
    ),
    Case(
        "VAL003",
        "with the repository in a folder of its own",
        {"workflow/validation/deploy": "pass"},
        environment=SCRIPT,
        files={**workflow(job("deploy", APPLY.replace("infra", "src/infra"), "python src/check.py", uses=INTO_SRC)), **CHECK},
    ),
    Case(
        "VAL003",
        "in a job after it",
        {"workflow/validation/deploy": "pass"},
        environment=SCRIPT,
        files={**workflow(job("deploy", APPLY), job("check", "python check.py", head="needs: deploy")), **CHECK},
    ),
    Case(
        "VAL003",
        "before the apply",
        {"workflow/validation/deploy": "fail"},
        environment=SCRIPT,
        files={**workflow(job("deploy", "python check.py", APPLY)), **CHECK},
        at=f"{PATH}:7",
    ),
    Case(
        "VAL003",
        "not at all",
        {"workflow/validation/deploy": "fail"},
        environment=SCRIPT,
        files={**workflow(job("deploy", APPLY)), **CHECK},
    ),
    Case(
        "VAL003",
        "under a condition",
        {"workflow/validation/deploy": "unverified"},
        environment=SCRIPT,
        files={**workflow(job("deploy", APPLY), job("check", "python check.py", head="needs: deploy\nif: inputs.check")), **CHECK},
        says="inputs.check",
    ),
    Case("VAL003", "missing: VAL001 tells", {}, environment=SCRIPT, files=workflow(job("deploy", APPLY))),
    Case("VAL004", "can fail", {"script/check.py/failure": "pass"}, environment=SCRIPT, files=CHECK),
    Case("VAL004", "cannot fail", {"script/check.py/failure": "fail"}, environment=SCRIPT, files={"check.py": "print(1)\n"}),
    Case("VAL004", "no script", {}, environment=NAMED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
