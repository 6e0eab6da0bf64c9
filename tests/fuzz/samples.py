"""Good inputs that no example holds."""

from __future__ import annotations

EVENT = b"""{
  "action": "opened", "number": 1,
  "repository": {"default_branch": "main", "full_name": "acme/infra"},
  "sender": {"id": 1, "login": "octocat", "type": "User"},
  "pull_request": {
    "number": 1, "user": {"id": 1, "login": "octocat"},
    "head": {"sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ref": "x", "repo": {"full_name": "acme/infra"}},
    "base": {"sha": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "ref": "main", "repo": {"full_name": "acme/infra"}}
  },
  "issue": {"number": 1, "pull_request": {}, "body": "<!-- bbws-gate:issue a/b/c refs=pull/1 -->", "user": {"id": 1, "login": "octocat"}},
  "comment": {"id": 1, "body": "/gate approve", "user": {"id": 1, "login": "octocat"}},
  "check_run": {"head_sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "name": "bbws-gate / a / sit", "pull_requests": [{"number": 1}]},
  "workflow_run": {"head_sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "head_branch": "x", "pull_requests": []},
  "merge_group": {
    "head_sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "base_sha": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "head_ref": "refs/heads/gh-readonly-queue/main/pr-1-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  }
}"""

PLAN = b"""{
  "format_version": "1.2", "terraform_version": "1.9.0",
  "planned_values": {"root_module": {"resources": [{
    "address": "aws_dynamodb_table.orders", "mode": "managed", "type": "aws_dynamodb_table", "name": "orders",
    "values": {"name": "orders", "billing_mode": "PAY_PER_REQUEST"}, "sensitive_values": {"billing_mode": true}
  }]}},
  "resource_changes": [{
    "address": "aws_dynamodb_table.orders", "mode": "managed", "type": "aws_dynamodb_table", "name": "orders",
    "change": {"actions": ["create"], "before": null, "after": {"name": "orders"}, "after_unknown": {"arn": true}}
  }],
  "configuration": {"root_module": {}}
}"""

TERRAFORM = (b'{"resource": {"a_b": {"c": {"name": "${var.env}"}}}}', b'{"variable": {"x": {"type": "list(string)", "default": ["a"]}}}')

COST = b"""{
  "version": "0.2", "currency": "USD",
  "projects": [{
    "name": "x", "metadata": {"path": "terraform", "vcsSubPath": "terraform"},
    "breakdown": {"totalMonthlyCost": "1.5", "resources": [{
      "name": "aws_dynamodb_table.orders", "resourceType": "aws_dynamodb_table", "monthlyCost": "1.5",
      "costComponents": [{"name": "Storage", "unit": "GB", "monthlyQuantity": "1", "price": "0.25", "monthlyCost": "0.25"}]
    }]}
  }]
}"""

SAID = (
    b"/gate approve 0123456\n",
    b"/gate decide retention A because of DEV\n",
    b"> quoted\n\n/gate waive TAB001:orders until 2026-05-01 known\n",
    b"```\n/gate approve\n```\n/gate explain TAB001:orders\n<!-- /gate revoke -->\n",
)

SHELL = b"""set -euo pipefail
for env in dev sit; do
  terraform plan -var-file="environments/${env}.tfvars" -out=plan.tfplan || exit 1
done
if [[ "$(terraform show -json plan.tfplan | jq .x)" != "1" ]]; then
  cat <<EOF >> "$GITHUB_OUTPUT"
name=$x
EOF
fi
"""
