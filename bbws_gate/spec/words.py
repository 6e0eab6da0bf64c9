"""The scalar values of the spec, each with the words that tell its author what is wrong."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from bbws_gate.deferred import regex
from bbws_gate.model import Severity
from bbws_gate.repository.base import Refused, normalise
from bbws_gate.spec.form import Form, JsonSchema
from bbws_gate.spec.placeholders import check_pattern


def _word(pattern: str, what: str) -> Form:
    """Text that matches ``pattern`` as a whole; ``what`` completes "is not ..."."""
    compiled = regex(pattern, re.ASCII)

    def read(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise ValueError(f"{value!r:.80} is not {what}")
        return value

    return Form(read, lambda: {"type": "string", "pattern": f"^(?:{pattern})$"})


def _read_account(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        raise ValueError("an account number needs quotes: without them YAML reads a number, and leading zeros are lost")  # noqa: TRY004
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{12}", value, re.ASCII):
        raise ValueError(f"{value!r:.80} is not an account number: 12 digits in quotes")
    return value


def _read_day(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{value!r:.80} is not a date: YYYY-MM-DD")


def _read_path(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r:.80} is not a path")
    try:
        return normalise(value) or "."
    except Refused as refused:
        raise ValueError(f"{value!r:.80}: {refused.why}") from refused


def _read_relative_path(value: Any) -> str:
    """A path from a folder that only the reader knows: ``..`` may be right, and is judged when it is read."""
    if not isinstance(value, str) or not value or value.startswith("/") or {"\\", "\0"} & set(value):
        raise ValueError(f"{value!r:.80} is not a relative path")
    return posixpath.normpath(value)


def _read_severity(value: Any) -> Severity:
    for severity in Severity:
        if value == severity.value:
            return severity
    raise ValueError(f"{value!r:.80} is not a severity: {', '.join(severity.value for severity in Severity)}")


def _read_amount(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise ValueError(f"{value!r:.80} is not an amount")
    return Decimal(value)


def _read_pattern(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r:.80} is not a name")
    check_pattern(value)
    return value


def _text_schema(**more: str) -> Callable[[], JsonSchema]:
    return lambda: {"type": "string", **more}


Account = Annotated[str, Form(_read_account, _text_schema(pattern="^[0-9]{12}$"))]
Region = Annotated[str, _word(r"[a-z]{2}(?:-[a-z]+)+-[0-9]", "an AWS region such as eu-west-1")]
Day = Annotated[date, Form(_read_day, _text_schema(format="date"))]
RepositoryPath = Annotated[str, Form(_read_path, _text_schema())]
RelativePath = Annotated[str, Form(_read_relative_path, _text_schema())]
SeverityName = Annotated[Severity, Form(_read_severity, lambda: {"enum": [severity.value for severity in Severity]})]
Amount = Annotated[Decimal, Form(_read_amount, lambda: {"type": "number", "minimum": 0})]
NamePattern = Annotated[str, Form(_read_pattern, _text_schema())]
Identifier = Annotated[str, _word(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "a name: letters, digits, '.', '_' and '-'")]
EnvironmentName = Annotated[str, _word(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}", "an environment's name: letters, digits, '_' and '-'")]
Role = Annotated[str, _word(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}", "a role's name: letters, digits, '_' and '-'")]
Login = Annotated[str, _word(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})", "a GitHub login")]
Team = Annotated[str, _word(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+", "a GitHub team: organisation/team")]
RepositoryName = Annotated[str, _word(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+", "a GitHub repository: owner/name")]
GitName = Annotated[str, _word(r"[^\s~^:?*\[\\\x00-\x1f\x7f]{1,250}", "the name of a branch or tag")]
CheckCode = Annotated[str, _word(r"[A-Z]{3}[0-9]{3}", "a check's code such as TBL001")]
FindingPattern = Annotated[
    str, _word(r"[A-Z]{3}[0-9]{3}/.+", "a finding's id such as TBL001/table/orders ('*' stands for anything after the code)")
]
CodeOrFinding = Annotated[str, _word(r"[A-Z]{3}[0-9]{3}(?:/.+)?", "a check's code or a finding's id such as TBL001 or TBL001/table/orders")]
FindingOrSubject = Annotated[
    str, _word(r"[A-Za-z0-9][^\s/]*/\S+", "a finding's id or a subject such as TBL001/table/orders or table/orders")
]
Duration = Annotated[str, _word(r"[0-9]{1,6}(?:\.[0-9]{1,3})?[mhdw]", "working time such as 30m, 4h, 1.5d, 1w")]
Currency = Annotated[str, _word(r"[A-Z]{3}", "a currency code such as USD")]
