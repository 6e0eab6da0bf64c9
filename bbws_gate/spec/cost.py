"""What a cost estimate needs to know and no file of Terraform says: how much everything is used."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from bbws_gate.deferred.models import model_validator
from bbws_gate.spec.form import MAYBE_EMPTY, Part, Shorthand
from bbws_gate.spec.words import Amount


def _flatten(value: object) -> object:
    """The short form of a whole Infracost usage file: one map by type or address. Its maps may stand side by side, as there."""
    if not isinstance(value, dict) or not ({"resource_usage", "resource_type_default_usage"} & set(value)):
        return value
    rest = {key: inner for key, inner in value.items() if key not in ("version", "resource_usage", "resource_type_default_usage")}
    for key in ("resource_type_default_usage", "resource_usage"):
        part = value.get(key)
        if part is not None and not isinstance(part, dict):
            raise ValueError(f"{key} is not a mapping")
        rest |= part or {}
    return rest


_FLAT = Shorthand(_flatten, lambda: {"type": "object"})


class Factors(Part):
    """What stated use is multiplied by at each end of the range."""

    low: Amount = Decimal(1)
    high: Amount = Decimal(1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low is {self.low}, more than high, {self.high}")
        return self


class Spread(Factors):
    """Factors for every usage key, and others for some."""

    keys: Mapping[str, Factors] = {}
    """By usage key (``monthly_requests``, ``standard.storage_gb``) or by ``address.key``; the latter wins."""

    def of(self, address: str, key: str) -> Factors:
        """The factors for one usage key of one resource."""
        return self.keys.get(f"{address}.{key}") or self.keys.get(key) or self


class Cost(Part):
    """What a cost estimate needs to know."""

    usage: Annotated[Mapping[str, Annotated[Mapping[str, Any], MAYBE_EMPTY]], _FLAT] = {}
    """Usage by resource address or type; keys as in an Infracost usage file (https://www.infracost.io/docs/features/usage_based_resources/)."""
    extra_usage: Annotated[Mapping[str, Annotated[Mapping[str, Any], MAYBE_EMPTY]], _FLAT] = {}
    """Keys that Infracost does not know, for teams that share ``usage`` with it."""
    spread: Spread | None = None
    """How far use may be off; without it, use is what was stated at both ends."""
