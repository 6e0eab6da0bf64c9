"""``terraform_data``, the one resource whose schema is Terraform's own (internal/builtin/providers/terraform/resource_data.go)."""

from __future__ import annotations

from bbws_gate.terraform.cty.values import NULL, Value, unknown
from bbws_gate.terraform.evaluate.partial import resource_object
from bbws_gate.terraform.expand.content import Content

_ARGUMENTS = ("input", "triggers_replace")


def terraform_data(content: Content, address: str) -> Value:
    """What references see: arguments that are not set are null; ``output`` follows a null ``input`` and is else known after apply."""
    when = "is known only after apply"
    written = {name: content.attributes.get(name, NULL) for name in _ARGUMENTS}
    written["output"] = NULL if written["input"].raw is None else unknown(f"{address}.output {when}", written["input"].type)
    return resource_object(address, written, when)
