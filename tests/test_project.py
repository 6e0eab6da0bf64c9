"""The project's own promises: documents, metadata and code agree with each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import bbws_gate

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_dependencies__each_is_pinned_and_justified_in_one_line() -> None:
    page = (ROOT / "docs/dependencies.md").read_text()
    pinned = [*PROJECT["dependencies"], *(entry for group in PROJECT["optional-dependencies"].values() for entry in group)]
    for requirement in pinned:
        name, _, version = requirement.partition("==")
        assert version, f"{requirement} is not pinned"
        assert re.search(rf"^\|[^|]*\b{re.escape(name)}\b[^|]*\| \S", page, re.MULTILINE), f"{name} has no line in docs/dependencies.md"


def test_version__changelog_knows_it_or_has_unreleased_changes() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert f"## [{bbws_gate.__version__}]" in changelog or "## [Unreleased]" in changelog


def test_readme__every_make_target_and_command_in_it_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"```(?:sh|console)\n(.*?)```", readme, re.DOTALL))))
    assert targets >= {"demo", "test"}
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    listing = subprocess.run([sys.executable, "-m", "bbws_gate", "--help"], capture_output=True, text=True, check=True).stdout
    commands = set(re.findall(r"^bbws-gate ([a-z]+)\b", readme, re.MULTILINE))
    assert "check" in commands
    for command in commands:
        assert re.search(rf"^\s+{command}\s", listing, re.MULTILINE), command


def test_links__every_relative_link_of_our_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    assert pages
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            if not re.match(r"[a-z]+:", target):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_tree__no_source_file_speaks_of_one_machine() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listing.split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" in data:
            continue
        found = re.search(rb"/(?:work|root|home/[a-z]+)/[a-z]", data.replace(b"/github/home", b""))
        assert found is None, f"{name} names a path of one machine: {found}"
