"""``terraform_data``, the one resource whose schema is Terraform's own (internal/builtin/providers/terraform/resource_data.go)."""

from __future__ import annotations

from bbws_gate.terraform.cty.types import STRING
from bbws_gate.terraform.cty.values import NULL, Value, object_of, unknown
from bbws_gate.terraform.expand.content import Content

ATTRIBUTES = frozenset({"id", "input", "output", "triggers_replace"})


def terraform_data(content: Content, address: str) -> Value:
    """What references see: arguments that are not set are null; ``output`` follows a null ``input`` and is else known after apply."""
    given = content.attributes.get("input", NULL)
    later = unknown(f"{address}.output is known only after apply", given.type)
    return object_of(
        {
            "id": unknown(f"{address}.id is known only after apply", STRING, not_null=True),
            "input": given,
            "output": NULL if given.raw is None else later,
            "triggers_replace": content.attributes.get("triggers_replace", NULL),
        }
    )
