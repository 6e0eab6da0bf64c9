from __future__ import annotations

import textwrap

import pytest

from bbws_gate.evidence.collect import collect
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec

PATH, SPEC = ".github/workflows/deploy.yml", ".github/promotion.yml"
ROLES = {"dev": "arn:aws:iam::111122223333:role/x", "sit": "arn:aws:iam::444455556666:role/x"}
FULL = """
    version: 1
    project: shop
    terraform: {root: infra}
    environments:
      dev:
        {account: '111122223333', var_files: [all.tfvars, dev.tfvars], workspace: dev, backend: {bucket: all, key: dev.tfstate},
         workflow: {path: .github/workflows/deploy.yml, approval_environment: approve-dev}}
      sit:
        {account: '444455556666', var_files: [all.tfvars, sit.tfvars], workspace: sit, backend: {bucket: all, key: sit.tfstate},
         workflow: {path: .github/workflows/deploy.yml, approval_environment: approve-sit, role: ROLE_SIT}}
    expect: {tags: [Owner]}
    """
ONLY_SIT = """
    version: 1
    project: shop
    terraform: {root: infra}
    environments:
      dev: {region: eu-west-1}
      sit: {account: '444455556666', var_files: [common.tfvars], workflow: {path: .github/workflows/deploy.yml}}
    expect: {tags: [Owner]}
    """
PLAN = "terraform -chdir=infra plan -var-file="
APPLY = "terraform -chdir=infra apply -auto-approve"


def project(jobs: str, spec: str = FULL, on: str = "push") -> ProjectEvidence:
    names = ("all", "dev", "sit", "preview", "common")
    text = textwrap.dedent(spec)
    files = {f"infra/{name}.tfvars": "" for name in names} | {"infra/main.tf": "", "network/main.tf": "", SPEC: text}
    files[PATH] = f"on: {on}\njobs:\n{textwrap.indent(textwrap.dedent(jobs), '  ')}"
    return collect(MemoryRepository(files), load_spec(text.encode(), SPEC), "sit")


def job(name: str, *runs: str, head: str = "", uses: str = "") -> str:
    steps = "".join(f"    - run: {run}\n" for run in runs)
    return f"{name}:\n  runs-on: x\n{textwrap.indent(head, '  ')}  steps:\n{textwrap.indent(uses, '    ')}{steps}"


def login(role: str) -> str:
    return f"- uses: aws-actions/configure-aws-credentials@v4\n  with: {{role-to-assume: '{role}'}}\n"


def up(name: str) -> str:
    return f"- uses: actions/upload-artifact@v4\n  with: {{name: {name}}}\n"


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (job("a", PLAN + "sit.tfvars"), "target"),
        (job("a", PLAN + "dev.tfvars"), "other"),
        (job("a", PLAN + "all.tfvars"), "unsaid"),
        (job("a", PLAN + "preview.tfvars"), "nobody"),
        (job("a", PLAN + "sit.tfvar"), "unsaid"),
        (job("a", PLAN + "${{ vars.F }}"), "unknown"),
        (job("a", PLAN + "dev.tfvars", head="environment: sit\n"), "target"),
        (job("a", PLAN + "sit.tfvars", head="environment: dev\n"), "target"),
        (job("a", PLAN + "all.tfvars", head="environment: {name: Approve-SIT}\n"), "target"),
        (job("a", PLAN + "all.tfvars", head="environment: approve-dev\n"), "other"),
        (job("a", PLAN + "all.tfvars", head="environment: ${{ vars.E }}\n"), "unknown"),
        (job("a", PLAN + "all.tfvars", uses=login(ROLES["sit"])), "target"),
        (job("a", PLAN + "all.tfvars", uses=login(ROLES["dev"])), "other"),
        (job("a", PLAN + "all.tfvars", uses=login("${{ secrets.ROLE_SIT }}")), "target"),
        (job("a", PLAN + "all.tfvars", uses=login("${{ secrets.ROLE }}")), "unsaid"),
        (job("a", "terraform -chdir=infra init -backend-config=key=sit.tfstate"), "target"),
        (job("a", "terraform -chdir=infra init -backend-config=key=dev.tfstate -backend-config=bucket=all"), "other"),
        (job("a", "terraform -chdir=infra init -backend-config=bucket=all"), "unsaid"),
        (job("a", "terraform -chdir=infra workspace select sit"), "target"),
        (job("a", "terraform -chdir=infra apply p", head="env: {TF_WORKSPACE: dev}\n"), "other"),
        (job("a", "terraform -chdir=network plan -var-file=../infra/sit.tfvars"), "unsaid"),
        (job("a", "make", head="environment: sit\n"), "unsaid"),
    ],
)
def test_serving__is_told_by_what_is_an_environments_alone(jobs: str, expected: str) -> None:
    (found,) = project(jobs).serving(PATH)
    assert found.whom.value == expected


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (job("a", PLAN + "common.tfvars", head="environment: dev\n"), "other"),
        (job("a", PLAN + "all.tfvars", head="environment: dev\n", uses=login(ROLES["sit"])), "mixed"),
        (job("a", PLAN + "common.tfvars"), "target"),
        (job("a", PLAN + "common.tfvars", head="environment: sit\n"), "target"),
    ],
)
def test_serving__a_spec_that_says_less_of_others_is_no_sign_against_them(jobs: str, expected: str) -> None:
    (found,) = project(jobs, ONLY_SIT).serving(PATH)
    assert found.whom.value == expected


SIT_JOB = job("sit", PLAN + "sit.tfvars -out=p", "terraform -chdir=infra apply p", head="environment: sit\n")


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (SIT_JOB + job("dev", PLAN + "dev.tfvars"), ["sit"]),
        (SIT_JOB + job("preview", PLAN + "preview.tfvars"), ["sit"]),
        (SIT_JOB + job("more", PLAN + "all.tfvars"), ["sit", "more"]),
        (SIT_JOB + job("more", PLAN + "${{ vars.F }}"), ["sit", "more"]),
        (job("dev", PLAN + "dev.tfvars") + job("some", PLAN + "${{ vars.F }}"), ["some"]),
        (job("dev", PLAN + "dev.tfvars") + job("preview", PLAN + "preview.tfvars"), ["preview"]),
        (job("dev", PLAN + "dev.tfvars", APPLY) + job("preview", PLAN + "preview.tfvars", APPLY), []),
        (job("dev", PLAN + "dev.tfvars", APPLY) + job("more", APPLY), ["more"]),
        (job("dev", PLAN + "dev.tfvars", APPLY, head="environment: ${{ vars.E }}\n"), ["dev"]),
        # What works on another root module is another project's.
        (job("net", "terraform -chdir=network apply -auto-approve", head="environment: sit\n") + job("more", APPLY), ["more"]),
        (job("net", "terraform -chdir=$WHERE apply -auto-approve") + job("more", APPLY), ["net", "more"]),
        (job("net", "terraform -chdir=nowhere apply -auto-approve") + job("more", APPLY), ["net", "more"]),
        (job("both", "terraform -chdir=network apply -auto-approve", APPLY), ["both"]),
        # Without a job that applies for the target, a job of nobody's may be the one that should.
        (job("plan", PLAN + "sit.tfvars") + job("go", PLAN + "preview.tfvars"), ["plan", "go"]),
    ],
)
def test_judged__those_of_other_environments_are_left_out_where_one_is_the_targets(jobs: str, expected: list[str]) -> None:
    assert [each.job.id for each in project(jobs).judged] == expected


def test_judged__a_plan_serves_whom_it_is_applied_for() -> None:
    plan = job("plan", PLAN + "dev.tfvars -out=p", uses="")
    go = job("go", "terraform -chdir=infra apply p", head="needs: plan\nenvironment: sit\n")
    assert [(each.job.id, each.whom.value) for each in project(plan + go).judged] == [("plan", "target"), ("go", "target")]


def test_judged__plans_of_several_jobs_are_told_by_their_artifacts() -> None:
    text = ""
    before = ""
    for name in ("dev", "sit"):
        text += job(f"plan-{name}", f"{PLAN}{name}.tfvars -out=p", head=f"needs: {before}\n" if before else "", uses=up(name))
        before = f"go-{name}"
        down = up(name).replace("upload", "download")
        text += job(before, "terraform -chdir=infra apply p", head=f"needs: plan-{name}\nenvironment: {name}\n", uses=down)
    assert [each.job.id for each in project(text).judged] == ["plan-sit", "go-sit"]


def test_judged__an_approval_before_a_job_is_its_own() -> None:
    ask = job("ask", "true", head="environment: approve-sit\n")
    text = ask + job("go", PLAN + "dev.tfvars", head="needs: ask\n") + SIT_JOB
    assert [each.job.id for each in project(text).judged if each.commands] == ["go", "sit"]


def test_judged__a_file_of_the_target_alone_with_anothers_values_answers_for_it() -> None:
    jobs = job("go", PLAN + "dev.tfvars", APPLY, head="environment: dev\n")
    spec = FULL.replace("deploy.yml, approval_environment: approve-dev", "dev.yml, approval_environment: approve-dev")
    assert [each.job.id for each in project(jobs).judged] == []
    assert [each.job.id for each in project(jobs, spec).judged] == ["go"]


@pytest.mark.parametrize(
    ("condition", "doubts"),
    [
        ("github.ref == 'refs/heads/main'", ["", "it runs only if github.ref == 'refs/heads/main'"]),
        ("success()", ["", ""]),
        ("github.event_name == 'push'", [""]),
        ("github.event_name == 'workflow_dispatch'", [""]),
        ("inputs.e != ''", [""]),
    ],
)
def test_serving__whether_a_job_without_its_input_runs_may_be_known_to_the_run_only(condition: str, doubts: list[str]) -> None:
    text = job("go", PLAN + "sit.tfvars", APPLY, head=f"if: {condition}\nenvironment: ${{{{ inputs.e }}}}\n")
    found = project(text, on="{push: {}, workflow_dispatch: {inputs: {e: {type: choice, options: [sit]}}}}")
    assert [each.doubt for each in found.judged] == doubts


def test_judged__one_choice_is_the_targets() -> None:
    text = job("go", PLAN + "${{ inputs.e }}.tfvars", head="environment: ${{ inputs.e }}\n")
    found = project(text, on="{workflow_dispatch: {inputs: {e: {type: choice, options: [dev, sit]}}}}")
    assert [each.whom.value for each in found.serving(PATH)] == ["other", "target"]
    assert [each.whom.value for each in found.judged] == ["target"]
