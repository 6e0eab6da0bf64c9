from __future__ import annotations

import re
from pathlib import Path

import pytest

from bbws_gate.checks.catalogue import all_checks
from bbws_gate.checks.pages import main, pages, slug

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("path", sorted(pages()))
def test_documentation__is_current(path: str) -> None:
    assert (DOCS / path).read_text() == pages()[path], "run `make docs`"


def test_pages__the_index_links_to_every_check() -> None:
    found = pages()
    links = re.findall(r"\| \[([A-Z0-9]+)\]\((checks/[a-z]+\.md)#([a-z0-9-]+)\)", found["checks.md"])
    assert [code for code, _, _ in sorted(links)] == [check.code for check in all_checks()]
    for code, page, anchor in links:
        headings = re.findall(r"^## (.+)$", found[page], re.MULTILINE)
        assert anchor in {slug(heading) for heading in headings}, code


def test_pages__every_block_of_code_is_closed() -> None:
    for path, text in pages().items():
        assert len(re.findall(r"^```", text, re.MULTILINE)) % 2 == 0, path


def test_main__writes_and_checks_the_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(tmp_path)]) == 1
    assert main(["--write", str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
    (tmp_path / "checks/colours.md").write_text("# Colours\n")
    assert main(["--check", str(tmp_path)]) == 1
    assert "checks/colours.md is stale" in capsys.readouterr().err
    assert main(["--write", str(tmp_path)]) == 0
    assert not (tmp_path / "checks/colours.md").exists()
    assert main([]) == 2
