from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import PATH, workflow

TERRAFORM = 'variable "region" {\n  default = "x"\n}\nresource "aws_dynamodb_table" "orders" {\n  name = "o"\n}\n'
INPUTS = workflow(on="{workflow_dispatch: {inputs: {confirm: {}}}}")


def readme(*lines: str, language: str = "bash", **files: str) -> dict[str, str]:
    return {"README.md": f"# Shop\n\n```{language}\n" + "\n".join(lines) + "\n```\n", **files}


def named(result: str, kind: str, name: str) -> dict[str, str]:
    return {f"document/README.md/{kind}/{name}": result}


RULE = "tables: {naming: 'shop-{name}-{env}', required: {users: {}}}"
DESCRIBE = "aws dynamodb describe-table --table-name"

CASES = [
    Case("DOC008", "a table of the spec", named("pass", "table", "shop-users-sit"), "", RULE, files=readme(f"{DESCRIBE} shop-users-sit")),
    Case("DOC008", "a table of nobody", named("fail", "table", "shop-user-sit"), "", RULE, files=readme(f"{DESCRIBE}=shop-user-sit")),
    Case("DOC008", "a table of another environment", {}, "", RULE, files=readme(f"{DESCRIBE} shop-user-dev")),
    Case("DOC008", "a table that the command makes", {}, "", RULE, files=readme("aws dynamodb create-table --table-name shop-new-sit")),
    Case("DOC008", "a table of a variable", {}, "", RULE, files=readme(f"{DESCRIBE} $TABLE")),
    Case("DOC008", "folder", named("pass", "folder", "infra"), files=readme("cd infra")),
    Case("DOC008", "no such folder", named("fail", "folder", "infra/sit"), files=readme("cd infra/sit"), at="README.md:4"),
    Case("DOC008", "the checkout's own name", named("pass", "folder", "infra"), files=readme("cd shop", "cd infra")),
    Case(
        "DOC008",
        "folders one after the other",
        named("pass", "folder", "services/a"),
        files=readme("cd services/a", "terraform plan", "cd services/b", "cd services/x") | {"services/a/x.tf": "", "services/b/x.tf": ""},
    ),
    Case(
        "DOC008",
        "a folder that is not there from here",
        named("pass", "folder", "infra"),
        files=readme("cd infra", "cd scripts/old", "./run.sh", "cd none", "cd infra/none") | {"scripts/old/x.sh": ""},
    ),
    Case(
        "DOC008",
        "a folder that is nowhere, after one that is there",
        named("pass", "folder", "infra") | named("fail", "folder", "infra/env/uat"),
        files=readme("cd infra", "cd env/uat", "cd env/uat2") | {"infra/env/sit/x.tfvars": ""},
    ),
    Case("DOC008", "within parentheses", named("pass", "folder", "infra"), files=readme("(cd infra && make)", "cd infra/env")),
    Case("DOC008", "back", named("pass", "folder", "infra"), files=readme("cd infra", "cd -", "cd infra/env")),
    Case("DOC008", "another folder of that name", {}, files=readme("cd terraform", "./scripts/a.sh") | {"app/terraform/scripts/b.sh": ""}),
    Case(
        "DOC008",
        "a script of another folder",
        named("pass", "folder", "infra"),
        files=readme("cd infra", "./scripts/run.sh") | {"infra/scripts/x.sh": "", "scripts/run.sh": ""},
    ),
    Case("DOC008", "a folder that was cloned", {}, files=readme("git clone x", "cd shop/infra/x")),
    Case("DOC008", "a folder that is made", {}, files=readme("mkdir -p infra/new", "cd infra/new")),
    Case("DOC008", "a folder that is built", {}, files=readme("cd infra/dist")),
    Case(
        "DOC008",
        "values",
        named("pass", "file", "infra/env/sit.tfvars") | named("fail", "file", "infra/env/uat.tfvars") | named("pass", "folder", "infra"),
        files=readme("cd infra", "terraform plan -var-file=env/sit.tfvars", "terraform plan -var-file env/uat.tfvars")
        | {"infra/env/sit.tfvars": ""},
        at="README.md:6",
    ),
    Case("DOC008", "values that only people have", {}, files=readme("terraform plan -var-file=secrets.tfvars -var-file=x.tfvars")),
    Case(
        "DOC008",
        "targets and variables",
        named("pass", "folder", "infra")
        | named("pass", "target", "aws_dynamodb_table.orders")
        | named("fail", "target", "aws_dynamodb_table.users")
        | named("pass", "variable", "region")
        | named("fail", "variable", "z"),
        TERRAFORM,
        files=readme(
            "terraform -chdir=infra plan -target=aws_dynamodb_table.orders -target 'aws_dynamodb_table.users[0]' -var region=a -var z=b"
        ),
    ),
    Case("DOC008", "a target in another root", {}, TERRAFORM, files=readme("terraform plan -target=aws_s3_bucket.a")),
    Case("DOC008", "script", named("fail", "file", "scripts/run.sh"), files=readme("./scripts/run.sh sit") | {"scripts/other.sh": ""}),
    Case("DOC008", "script of a folder that is not here", {}, files=readme("bash tools/run.sh")),
    Case(
        "DOC008",
        "workflow and input",
        named("pass", "workflow", "sit.yml") | named("pass", "input", "sit.yml:confirm") | named("fail", "input", "sit.yml:reason"),
        files=readme("gh workflow run sit.yml -f confirm=yes -f reason=x") | INPUTS,
    ),
    Case("DOC008", "no such workflow", named("fail", "workflow", "prod.yml"), files=readme("gh workflow run prod.yml") | INPUTS),
    Case("DOC008", "a workflow elsewhere", {}, files=readme("gh workflow run prod.yml --repo acme/other") | INPUTS),
    Case(
        "DOC008",
        "workflows in the text",
        named("pass", "workflow", "sit.yml") | named("fail", "workflow", "uat.yml"),
        files={"README.md": f"The workflow `{PATH}` runs before workflow `uat.yml`.\n\nSee `other.yml`.\n"} | INPUTS,
        at="README.md:1",
    ),
    Case(
        "DOC008",
        "a session with output",
        named("fail", "folder", "infra/x"),
        files=readme("$ ls", "cd infra/y", "$ cd infra/x", language="console"),
    ),
    Case("DOC008", "no language, and no commands", {}, files=readme("cdk deploy", "cd infra/x", language="")),
    Case("DOC008", "placeholders", {}, files=readme("cd infra/<env>", "terraform plan -var-file=$ENV.tfvars -target=$T", "cd $DIR/x")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
