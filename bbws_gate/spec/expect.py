"""What the target must hold: tables, backup, tags, other resources, documents."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from bbws_gate.deferred import regex
from bbws_gate.deferred.models import Field
from bbws_gate.spec.count import Quantity
from bbws_gate.spec.form import EMPTY, MAYBE_EMPTY, NAMES, Form, Part, Shorthand
from bbws_gate.spec.matcher import Expected
from bbws_gate.spec.tables import TablesExpectation
from bbws_gate.spec.words import NamePattern, Region

ALL_TABLES = "all_tables"

_SCHEDULE = regex(r"hourly|daily|weekly|monthly|cron\([^()]+\)|rate\([^()]+\)")


def _read_schedule(value: Any) -> str:
    if not isinstance(value, str) or not _SCHEDULE.fullmatch(value):
        raise ValueError(f"{value!r:.80} is not a schedule: hourly, daily, weekly, monthly, or AWS's cron(...) or rate(...)")
    return value


def _read_days(value: Any) -> Mapping[str, int]:
    days = value if isinstance(value, dict) else {"": value}
    for number in days.values():
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError(f"{number!r:.80} is not a number of days")
    return days


def _read_name(value: Any) -> bool | str:
    if isinstance(value, bool) or (isinstance(value, str) and value):
        return value
    raise ValueError(f"{value!r:.80} is neither true nor false nor a name")


def _read_covers(value: Any) -> str | tuple[str, ...]:
    if value == ALL_TABLES:
        return ALL_TABLES
    if isinstance(value, tuple) and value and all(isinstance(name, str) for name in value):
        return value
    raise ValueError(f"{value!r:.80} is neither {ALL_TABLES} nor a list of tables")


def _read_paths(value: Any) -> tuple[str, ...]:
    paths = (value,) if isinstance(value, str) else value
    if isinstance(paths, tuple) and paths and all(isinstance(path, str) and path for path in paths):
        return paths
    raise ValueError(f"{value!r:.80} is neither a path nor a list of paths")


_NAME_OR_SWITCH = Form(_read_name, lambda: {"type": ["boolean", "string"]})
_DAYS = {"type": "integer", "minimum": 1}


class BackupExpectation(Part):
    """AWS Backup: vault, plan and what is selected."""

    vault: Annotated[bool | str, _NAME_OR_SWITCH] | None = None
    """That there is one (or must not be), or its name (placeholders allowed)."""
    plan: Annotated[bool | str, _NAME_OR_SWITCH] | None = None
    schedule: Annotated[str, Form(_read_schedule, lambda: {"type": "string"})] | None = None
    """At least that often: hourly, daily, weekly, monthly; or exactly that ``cron(...)``."""
    retention_days: (
        Annotated[Mapping[str, int], Form(_read_days, lambda: {"anyOf": [_DAYS, {"type": "object", "additionalProperties": _DAYS}]})] | None
    ) = None
    """Days that recovery points are kept, for all environments or for each."""
    covers: (
        Annotated[
            str | tuple[str, ...],
            Form(_read_covers, lambda: {"anyOf": [{"const": ALL_TABLES}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
        ]
        | None
    ) = None
    """What the selection takes in: ``all_tables`` or logical names."""
    copy_to: Region | None = None
    """Region that recovery points are copied to."""
    encrypted: bool | None = None
    """Whether the vault names a KMS key."""
    locked: bool | None = None
    """Whether the vault has a lock configuration."""

    def retention(self, environment: str) -> int | None:
        """Days expected in one environment; None when nothing is expected there."""
        if self.retention_days is None:
            return None
        return self.retention_days.get(environment, self.retention_days.get(""))


class Companion(Part):
    """A resource that must refer to each of the main ones: a bucket's public access block."""

    type: str
    by: str
    """The argument that refers to the main resource."""
    attributes: Mapping[str, Expected] = {}
    count: Quantity | None = None
    """How many each main resource has; one or more when not set."""


class ResourceExpectation(Part):
    """Resources of one type of any provider."""

    type: str
    label: str | None = None
    """Tells expectations of one type apart; part of findings' ids."""
    mode: Literal["managed", "data"] = "managed"
    where: Mapping[str, Expected] = {}
    """Which resources of the type are meant; all when empty."""
    count: Quantity | None = None
    names: tuple[NamePattern, ...] = ()
    """Names that must be there."""
    name_attribute: str | None = None
    """The argument that holds the name where that is not ``name`` or the type's usual one."""
    allow_others: bool = True
    """False: a resource of the type whose name is not listed is a finding."""
    attributes: Mapping[str, Expected] = {}
    """By dotted path; every resource meant must satisfy all."""
    companions: Annotated[tuple[Companion, ...], Field(alias="with")] = ()

    @property
    def id(self) -> str:
        """``aws_s3_bucket``, or ``aws_s3_bucket.logs`` with a label."""
        return f"{self.type}.{self.label}" if self.label else self.type


class DocumentExpectation(Part):
    """A document that must be there."""

    path: NamePattern
    contains: tuple[NamePattern, ...] = ()
    """Text that must stand in it."""


Document = Annotated[
    DocumentExpectation, Shorthand(lambda value: {"path": value} if isinstance(value, str) else value, lambda: {"type": "string"})
]


class Expectations(Part):
    """Everything that the target must hold."""

    tables: TablesExpectation = EMPTY
    backup: BackupExpectation = EMPTY
    tags: Annotated[Mapping[str, Annotated[Expected, MAYBE_EMPTY]], NAMES] = {}
    """Tags of every resource that can have tags, with what their values must be."""
    untagged: tuple[str, ...] = ()
    """Resource types that need no tags."""
    resources: tuple[ResourceExpectation, ...] = ()
    documents: tuple[Document, ...] = ()
    schemas: Annotated[
        tuple[str, ...],
        Form(_read_paths, lambda: {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
    ] = ()
    """Glob patterns of table schema documents."""

    @property
    def is_nothing(self) -> bool:
        """Whether no check would find anything to expect: a gate with such a spec would pass everything."""
        tables = self.tables
        expects_tables = tables.required or tables.count or tables.index_count or tables.naming or not tables.defaults.is_empty
        others = (self.tags, self.resources, self.documents, self.schemas)
        return not (expects_tables or not tables.allow_others or not self.backup.is_empty or any(others))
