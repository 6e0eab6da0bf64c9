from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from bbws_gate.action.connection import Connection
from bbws_gate.action.inputs import Inputs
from bbws_gate.action.news import last_status, tell_change, with_history
from bbws_gate.action.subject import Subject
from bbws_gate.model import Past
from bbws_gate.publish.marker import status_marker
from bbws_gate.publish.notify import Webhooks
from bbws_gate.publish.observed import ObservedComment
from bbws_gate.publish.workflow_commands import WorkflowLog
from bbws_gate.render.json import to_json
from tests.publish.test_notify import SECRET, Clock, address, server
from tests.render.sample import BLOCKED

SUBJECT = Subject("a" * 40, "b" * 40, "pull/1", 1, read_only=False)
PAST = Past("2026-01-01T00:00:00Z", "", "READY", 100, {}, {})


def inputs(workspace: Path, webhooks: Webhooks | None = None, *, history: str = "", dry_run: bool = False) -> Inputs:
    given = {
        "workspace": workspace,
        "history": history,
        "webhooks": webhooks or Webhooks(),
        "dry_run": dry_run,
        "run_url": "https://example.test/run",
    }
    return cast("Inputs", SimpleNamespace(**given))


def connection(*bodies: str) -> Connection:
    comments = tuple(ObservedComment(number, body, "") for number, body in enumerate(bodies))
    return cast("Connection", SimpleNamespace(observer=SimpleNamespace(comments=lambda _pull, _marker, known: comments)))


def test_with_history__is_read_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / "1.json").write_text(to_json(replace(BLOCKED, assessed_at="2026-01-01T00:00:00Z")))
    found = with_history(BLOCKED, inputs(tmp_path, history="earlier"), WorkflowLog(io.StringIO()))
    assert [past.assessed_at for past in found.history] == ["2026-01-01T00:00:00Z"]


@pytest.mark.parametrize("name", ["missing", "link", "link/inner"])
def test_with_history__what_is_no_plain_folder_is_told_and_costs_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere" / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    out = io.StringIO()
    assert with_history(BLOCKED, inputs(tmp_path, history=name), WorkflowLog(out)) == BLOCKED
    assert "::notice::Earlier assessments could not be read: missing" in out.getvalue().replace(name, "missing")


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ((f"words\n\n{status_marker('PENDING')}\n",), "PENDING"),
        ((f"{status_marker('READY')}\nquoted\n{status_marker('BLOCKED')}\n",), "BLOCKED"),
        (("without a mark",), "READY"),
        ((), "READY"),
    ],
)
def test_last_status__is_the_comments_else_the_historys(tmp_path: Path, bodies: tuple[str, ...], expected: str) -> None:
    given = inputs(tmp_path, Webhooks("https://example.test"))
    assert last_status(replace(BLOCKED, history=(PAST,)), given, connection(*bodies), SUBJECT) == expected


def test_last_status__nobody_is_asked_without_webhooks(tmp_path: Path) -> None:
    assert last_status(BLOCKED, inputs(tmp_path), cast("Connection", None), SUBJECT) == ""


@pytest.mark.parametrize(("before", "dry_run", "told"), [("READY", False, 1), ("BLOCKED", False, 0), ("", False, 0), ("READY", True, 0)])
def test_tell_change__only_of_changes(tmp_path: Path, before: str, dry_run: bool, told: int) -> None:
    out = io.StringIO()
    with server() as found:
        given = inputs(tmp_path, Webhooks("", address(found)), dry_run=dry_run)
        tell_change(BLOCKED, before, given, comment_url="", clock=Clock(), log=WorkflowLog(out))
        assert len(found.got) == told
    assert SECRET not in out.getvalue()


def test_tell_change__a_failure_is_a_warning(tmp_path: Path) -> None:
    out = io.StringIO()
    with server(404) as found:
        tell_change(BLOCKED, "READY", inputs(tmp_path, Webhooks(address(found))), comment_url="", clock=Clock(), log=WorkflowLog(out))
    assert "::warning title=bbws-gate::The Slack webhook could not be told of the new status: answered 404" in out.getvalue()
    assert SECRET not in out.getvalue()
