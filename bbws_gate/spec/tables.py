"""What DynamoDB tables must be like. A field that is not set is not expected, and nothing is checked for it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from bbws_gate.deferred.models import Field
from bbws_gate.spec.count import Quantity
from bbws_gate.spec.form import EMPTY, MAYBE_EMPTY, NAMES, Form, Part
from bbws_gate.spec.matcher import Expected
from bbws_gate.spec.words import NamePattern, Region, RepositoryPath

VIEW_TYPES = ("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")
KEY_OWNERS = ("aws_owned", "aws_managed", "customer_managed")


def _choice(words: tuple[str, ...]) -> Form:
    def read(value: Any) -> bool | str:
        if isinstance(value, bool) or value in words:
            return bool(value) if isinstance(value, bool) else str(value)
        raise ValueError(f"{value!r:.80} is neither true nor false nor one of {', '.join(words)}")

    return Form(read, lambda: {"anyOf": [{"type": "boolean"}, {"enum": list(words)}]})


def _read_ttl(value: Any) -> bool | str:
    if isinstance(value, bool) or (isinstance(value, str) and value):
        return value
    raise ValueError(f"{value!r:.80} is neither true nor false nor an attribute's name")


class IndexExpectation(Part):
    """A secondary index."""

    hash_key: str | None = None
    range_key: str | None = None
    projection: Literal["ALL", "KEYS_ONLY", "INCLUDE"] | None = None
    non_key_attributes: tuple[str, ...] | None = None
    """What an INCLUDE projection adds, in any order."""


Indexes = Annotated[Mapping[str, Annotated[IndexExpectation, MAYBE_EMPTY]], NAMES]


class TableExpectation(Part):
    """One table, or the defaults of all."""

    name: NamePattern | None = None
    """Its whole name where it does not follow ``naming``."""
    hash_key: str | None = None
    range_key: str | None = None
    attributes: Mapping[str, Literal["S", "N", "B"]] | None = None
    """Types of key attributes, of the table and its indexes."""
    indexes: Indexes | None = None
    """Global secondary indexes by name."""
    local_indexes: Indexes | None = None
    allow_other_indexes: bool | None = None
    """False: indexes that are not listed are a finding."""
    stream: Annotated[bool | str, _choice(VIEW_TYPES)] | None = None
    """On, off, or on with that view type."""
    ttl: Annotated[bool | str, Form(_read_ttl, lambda: {"type": ["boolean", "string"]})] | None = None
    """On, off, or on with that attribute."""
    billing_mode: Literal["PAY_PER_REQUEST", "PROVISIONED"] | None = None
    point_in_time_recovery: bool | None = None
    recovery_period_days: Annotated[int, Field(ge=1, le=35)] | None = None
    encryption: Annotated[bool | str, _choice(KEY_OWNERS)] | None = None
    """True: not switched off (DynamoDB always encrypts, with a key of AWS where nothing is set); false: off; or whose key."""
    deletion_protection: bool | None = None
    table_class: Literal["STANDARD", "STANDARD_INFREQUENT_ACCESS"] | None = None
    replicas: tuple[Region, ...] | None = None
    """Regions of a global table, in any order."""
    tags: Annotated[Mapping[str, Annotated[Expected, MAYBE_EMPTY]], NAMES] | None = None
    schema_file: Annotated[RepositoryPath | None, Field(alias="schema")] = None
    """The schema document that describes it."""
    arguments: Mapping[str, Expected] = {}
    """Any other argument of ``aws_dynamodb_table``, by dotted path."""

    def over(self, base: Self) -> Self:
        """This expectation where it says something, ``base`` elsewhere; field by field."""
        return base.model_copy(update={field: getattr(self, field) for field in self.model_fields_set})


Tables = Annotated[Mapping[str, Annotated[TableExpectation, MAYBE_EMPTY]], NAMES]


class TablesExpectation(Part):
    """The tables of the project."""

    naming: NamePattern | None = None
    """How names are made: ``{name}-{env}``."""
    count: Quantity | None = None
    """How many tables there are in all."""
    index_count: Quantity | None = None
    """How many global secondary indexes all tables have together."""
    defaults: TableExpectation = EMPTY
    """What holds for every required table that does not say otherwise."""
    required: Tables = Field(default_factory=dict)
    """Tables by logical name."""
    allow_others: bool = True
    """False: a table that is not required is a finding."""


class TableOverrides(Part):
    """What one environment expects of tables differently."""

    defaults: TableExpectation = EMPTY
    required: Tables = Field(default_factory=dict)
    not_required: tuple[str, ...] = ()
    """Tables that this environment does not get yet."""
