"""Jobs that change the target under another name, or hand it another plan: none goes unsaid. Honest neighbours of its job stay quiet."""

from __future__ import annotations

import textwrap

import pytest

from bbws_gate.evidence.collect import collect
from bbws_gate.model import Result
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec
from tests.checks.case import CHECKS, SPEC

OWN, OTHER = ".github/workflows/deploy-sit.yml", ".github/workflows/tidy.yml"
CODES = ("GAT001", "GAT004", "WFL003", "WFL004", "ENV003")
ROLE = "arn:aws:iam::444455556666:role/deploy"
FULL = "account: '111122223333', var_files: [dev.tfvars], backend: {bucket: state-dev, config_files: [dev.tfbackend]}"
LITTLE = "region: eu-west-1"
STATE = 'bucket = "state-sit"\nkey = "shop.tfstate"\n'
FILES = {
    "infra/main.tf": 'terraform {\n  backend "s3" {}\n}\n',
    "network/main.tf": 'terraform {\n  backend "s3" { bucket = "state-sit" }\n}\n',
    "infra/sit.tfbackend": STATE,
    "infra/x.tfbackend": STATE,
    "infra/x.txt": STATE,
    "infra/dev.tfbackend": STATE.replace("sit", "dev"),
    "infra/preview.tfbackend": STATE.replace("sit", "preview"),
    "infra/sit.tfvars": "",
    "infra/x.tfvars": "",
    "infra/dev.tfvars": "",
}


def job(name: str, state: str, values: str, *more: str, head: str = "", role: str = "${{ secrets.R }}", folder: str = "infra") -> str:
    init = [f"terraform init {state}", f"terraform plan {values} -out=p", *(more or ("terraform apply p",))]
    runs = "".join(each if each.startswith("-") else f"- {{run: '{each}', working-directory: {folder}}}\n" for each in init)
    login = f"- uses: aws-actions/configure-aws-credentials@v4\n  with: {{role-to-assume: '{role}'}}\n"
    return f"  {name}:\n    runs-on: x\n{textwrap.indent(head, '    ')}    steps:\n{textwrap.indent(login + runs, '      ')}"


def own(*more: str, head: str = "", out: str = "p") -> str:
    saved = f"terraform plan -var-file=sit.tfvars -out={out}"
    steps = more or ("terraform apply p",)
    return job("sit", "-backend-config=sit.tfbackend", "-var-file=sit.tfvars", saved, *steps, head=f"environment: sit\n{head}", role=ROLE)


def file(name: str) -> str:
    return f"-backend-config={name}.tfbackend"


def said(jobs: str, elsewhere: str = "", dev: str = FULL) -> dict[Result, set[str]]:
    backend = "{bucket: state-sit, config_files: [sit.tfbackend]}"
    workflow = f"{{path: {OWN}, approval_environment: sit}}"
    text = (
        f"version: 1\nproject: shop\nterraform: {{root: infra}}\nenvironments:\n  dev: {{{dev}}}\n  sit: "
        f"{{account: '444455556666', var_files: [sit.tfvars], backend: {backend}, workflow: {workflow}}}\nexpect: {{tags: [Owner]}}\n"
    )
    workflows = {OWN: f"on: push\njobs:\n{jobs}"} | ({OTHER: f"on: push\njobs:\n{elsewhere}"} if elsewhere else {})
    evidence = collect(MemoryRepository({**FILES, **workflows, SPEC: text}), load_spec(text.encode(), SPEC), "sit")
    outcomes = [(outcome.result, code) for code in CODES for outcome in CHECKS[code].run(evidence)]
    return {result: {code for each, code in outcomes if each is result} for result in Result}


DEV = "environment: dev\n"
WHICH = "$(cat which)"
COPIED = (file("x"), "-var-file=x.tfvars")
DECOYS = {
    "copies of the files, no environment": (job("tidy", *COPIED), FULL),
    "copies of the files, destroyed": (job("tidy", *COPIED, "terraform destroy -auto-approve -var-file=x.tfvars"), FULL),
    "copies of the files under another name": (job("tidy", *COPIED, head=DEV), FULL),
    "a copy with an unusual name": (job("tidy", "-backend-config=x.txt", "-var-file=x.tfvars", head=DEV), FULL),
    "a state of nobody's": (job("tidy", file("preview"), "-var-file=x.tfvars"), FULL),
    "computed files": (job("tidy", file(WHICH), f"-var-file={WHICH}.tfvars", head=DEV), FULL),
    "a computed bucket": (job("tidy", f"{file('dev')} -backend-config=bucket={WHICH}", "-var-file=dev.tfvars", head=DEV), FULL),
    "a bucket that a step gives": (
        job("tidy", f"{file('dev')} -backend-config=bucket=${{{{ steps.a.outputs.b }}}}", "-var-file=dev.tfvars", head=DEV),
        FULL,
    ),
    "the state by a pair": (job("tidy", f"{file('dev')} -backend-config=bucket=state-sit", "-var-file=dev.tfvars", head=DEV), FULL),
    "the account, with another name": (job("tidy", "", "", head=DEV, role=ROLE), LITTLE),
    "the account and copies, with another name": (job("tidy", *COPIED, head=DEV, role=ROLE), LITTLE),
}
WRITES = (
    "cp sit.tfbackend dev.tfbackend",
    "mv -f sit.tfbackend dev.tfbackend",
    "cat sit.tfbackend > dev.tfbackend",
    "cat sit.tfbackend | tee dev.tfbackend",
    "sed -i s/dev/sit/ dev.tfbackend",
    "cp other/dev.tfbackend .",
    "cp -r other/* .",
    "curl -o dev.tfbackend https://example.com",
)
UP = "- uses: actions/upload-artifact@v4\n  with: {name: plan, path: infra/p}\n"
DOWN = "- uses: actions/download-artifact@v4\n  with: {name: plan, path: infra}\n"


@pytest.mark.parametrize("decoy", DECOYS)
def test_decoy__in_the_targets_workflow(decoy: str) -> None:
    jobs, dev = DECOYS[decoy]
    found = said(own() + jobs, dev=dev)
    assert "GAT001" in found[Result.FAIL] | found[Result.UNVERIFIED]


@pytest.mark.parametrize("write", WRITES)
def test_decoy__file_that_the_job_writes_is_not_the_repositorys(write: str) -> None:
    text = job("tidy", file("dev"), "-var-file=dev.tfvars", head=DEV).replace(
        "    steps:\n", f"    steps:\n      - {{run: '{write}', working-directory: infra}}\n"
    )
    assert "GAT001" in said(own() + text)[Result.UNVERIFIED]


@pytest.mark.parametrize("decoy", ["copies of the files, no environment", "copies of the files under another name", "computed files"])
def test_decoy__in_another_workflow(decoy: str) -> None:
    found = said(own(), DECOYS[decoy][0])
    assert "GAT004" in found[Result.FAIL] | found[Result.UNVERIFIED]


def test_decoy__another_module_with_the_targets_role() -> None:
    assert "GAT004" in said(own(), job("tidy", "", "", head="environment: sit-tidy\n", role=ROLE, folder="network"))[Result.UNVERIFIED]
    assert "GAT004" in said(own(), job("net", "", "", head=DEV, folder="network"))[Result.PASS]
    assert "GAT004" in said(own() + job("tidy", "", "", head=DEV, role=ROLE, folder="network"))[Result.UNVERIFIED]
    assert "GAT004" in said(own() + job("net", "", "", head="environment: sit\n", role=ROLE, folder="network"))[Result.PASS]


@pytest.mark.parametrize("out", ["p", "tmp/p"])
@pytest.mark.parametrize("head", ["", DEV])
def test_decoy__plan_that_another_job_puts_in_the_place_of_the_saved_one(out: str, head: str) -> None:
    evil = job("evil", file("dev"), "-var-file=dev.tfvars -destroy", UP, head=head)
    found = said(
        evil
        + own(DOWN, "terraform apply p", head="needs: evil\n", out=out).replace("-var-file=sit.tfvars -out=p", "-var-file=sit.tfvars", 1)
    )
    assert "WFL003" in found[Result.FAIL]


def test_decoy__artifact_of_another_run_in_the_place_of_the_saved_plan() -> None:
    other = DOWN.replace("infra}", "infra, run-id: 1}")
    assert "WFL004" in said(own(other, "terraform apply p"))[Result.UNVERIFIED]
    assert "WFL004" in said(own(other.replace("infra,", "dist,"), "terraform apply p"))[Result.PASS]
    assert "WFL004" in said(own(out="tmp/p").replace("-var-file=sit.tfvars -out=p", "-var-file=sit.tfvars", 1))[Result.UNVERIFIED]


HONEST = {
    "nothing beside": "",
    "another's files": job("dev", file("dev"), "-var-file=dev.tfvars", head=DEV),
    "another's files, no environment": job("dev", file("dev"), "-var-file=dev.tfvars"),
    "variables of its environment": job(
        "dev", "-backend-config=bucket=${{ vars.BUCKET }}", "-var-file=${{ vars.V }}.tfvars", head=DEV, role="${{ vars.ROLE }}"
    ),
    "its own files uploaded": job("dev", file("dev"), "-var-file=dev.tfvars", "terraform apply p", UP, head=DEV),
    "a preview that is planned": job("preview", file("preview"), "-var-file=x.tfvars", "terraform show p"),
    "a file of its own written": job("dev", file("dev"), "-var-file=dev.tfvars", "terraform apply p > dev.log", head=DEV),
}


@pytest.mark.parametrize("jobs", HONEST.values(), ids=HONEST)
def test_honest_neighbour__is_no_doubt(jobs: str) -> None:
    found = said(own() + jobs)
    assert found[Result.FAIL] == set()
    assert not {"GAT001", "WFL003", "WFL004"} & found[Result.UNVERIFIED]
