"""What the package offers to the outside: nothing that listens."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bbws_gate

PACKAGE = Path(bbws_gate.__file__).parent
LISTENING = {"socketserver", "http.server", "xmlrpc.server", "wsgiref", "asyncio", "aiohttp", "flask", "fastapi", "uvicorn", "tornado"}
CALLS = {"listen", "accept", "create_server", "start_server", "serve_forever"}


def imported(tree: ast.AST) -> set[str]:
    """The modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def called(tree: ast.AST) -> set[str]:
    """The methods that a file calls."""
    return {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


@pytest.mark.case("T26")
def test_t26__nothing_listens_so_no_webhook_can_be_forged() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 300
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not imported(tree) & LISTENING, path
        assert not called(tree) & CALLS, path


@pytest.mark.case("T26")
def test_t26__what_listens_would_be_found() -> None:
    tree = ast.parse("import socket\nfrom http import server\nsocket.socket().listen()\n")
    assert imported(tree) & LISTENING == {"http.server"}
    assert called(tree) & CALLS == {"listen"}
