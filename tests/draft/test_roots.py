from __future__ import annotations

import pytest

from bbws_gate.draft.roots import choose_root
from bbws_gate.errors import UsageError
from bbws_gate.repository.memory import MemoryRepository

ROOT = 'provider "aws" {\n}\n'
BACKEND = 'terraform {\n  backend "s3" {}\n}\n'
PLAIN = 'resource "null_resource" "a" {}\n'


def _chosen(files: dict[str, str], *environments: str) -> str | None:
    return choose_root(MemoryRepository(files), files, environments)


@pytest.mark.parametrize(
    ("files", "root"),
    [
        ({"main.tf": PLAIN}, ""),
        ({"infra/main.tf": PLAIN, "infra/sub/main.tf": PLAIN}, "infra"),
        ({"a/main.tf": PLAIN, "b/providers.tf": ROOT}, "b"),
        (
            {
                "infra/main.tf": ROOT + 'module "m" {\n  source = "../parts/m"\n}\n',
                "parts/m/versions.tf": 'terraform {\n  required_version = ">= 1.5"\n}\n',
            },
            "infra",
        ),
        ({"infra/main.tf": ROOT, "infra/modules/m/main.tf": ROOT}, "infra"),
        ({"app/main.tf": ROOT, "examples/complete/main.tf": ROOT}, "app"),
        ({"one/main.tf": ROOT, "two/main.tf": ROOT, "two/environments/sit.tfvars": ""}, "two"),
        ({"one/main.tf": ROOT, "two/main.tf": BACKEND}, "two"),
        ({"main.tf.json": '{"provider": {"aws": {}}}', "x/main.tf": PLAIN}, ""),
        ({".terraform/modules/m/main.tf": ROOT, "infra/main.tf": PLAIN}, "infra"),
        ({"README.md": "no Terraform"}, None),
    ],
)
def test_choose_root__one_is_meant(files: dict[str, str], root: str | None) -> None:
    assert _chosen(files) == root


def test_choose_root__folder_per_environment__the_one_that_is_asked_for() -> None:
    files = {"envs/dev/main.tf": ROOT, "envs/prod/main.tf": ROOT}
    assert _chosen(files, "prod") == "envs/prod"


def test_choose_root__several__lists_them_and_names_the_option() -> None:
    with pytest.raises(UsageError, match=r"several Terraform roots: a, b \(name one with --root\)"):
        _chosen({"a/main.tf": ROOT, "b/main.tf": ROOT})
