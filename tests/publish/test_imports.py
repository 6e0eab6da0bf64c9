from __future__ import annotations

import ast
from pathlib import Path

import bbws_gate


def test_pygithub__is_known_to_one_module_only() -> None:
    package = Path(bbws_gate.__file__).parent
    importers = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "github" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == "github")
    }
    assert importers == {"publish/client.py"}
