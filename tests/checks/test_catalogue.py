from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import tests.checks
from bbws_gate.checks.catalogue import all_checks, explain
from bbws_gate.errors import UsageError
from tests.checks.case import Case

NEVER_PASS = frozenset({"IDX002", "IDX004"})
"""Checks that only ever say what is wrong."""


def _cases() -> list[Case]:
    modules = [importlib.import_module(f"tests.checks.{module.name}") for module in pkgutil.iter_modules(tests.checks.__path__)]
    return [case for module in modules for case in getattr(module, "CASES", ())]


READERS = frozenset({"HCL006", "EVL004", "FIL001", "FIL002", "PLN001", "PLN002"})
"""Problems that take more than a small repository; how they come about is tested with the reader."""


@pytest.mark.parametrize("code", [check.code for check in all_checks() if check.code not in READERS])
def test_checks__each_is_tested_where_it_fails_and_where_it_does_not(code: str) -> None:
    cases = [case for case in _cases() if case.code == code]
    assert any({"fail", "unverified"} & set(case.wants.values()) for case in cases)
    assert any(not {"fail", "unverified"} & set(case.wants.values()) for case in cases) or code.startswith(
        ("HCL", "MOD", "VAR", "EVL", "FIL")
    )


def test_checks__words_for_people_are_whole_sentences() -> None:
    for check in all_checks():
        for text in (check.sees, check.why, check.clear):
            assert text.endswith((".", ")")), (check.code, text)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", check.name)
        assert re.fullmatch(r"[0-9]+[mhd]", check.work.estimate)
        assert check.work.phase in {"decide", "build", "test", "document", "deploy"}


def test_works__one_id_means_one_piece_of_work() -> None:
    works = {check.work for check in all_checks()}
    assert len({work.id for work in works}) == len(works)


def test_explain__says_what_why_and_how() -> None:
    text = explain("tbl001")
    assert text.startswith("TBL001 table-missing: critical, Tables")
    assert "How to clear it: Declare the table" in text


def test_explain__a_finding_s_id_will_do() -> None:
    assert explain("TBL001/table/orders") == explain("TBL001")


def test_explain__unknown_code_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean TBL01"):
        explain("TBL0O1")


def test_explain__shows_what_fails_and_what_passes() -> None:
    text = explain("TBL001")
    assert "This fails, at infra/main.tf:1:\n  infra/main.tf\n    | resource" in text
    assert text.index("This passes:") < text.index("users-sit")
