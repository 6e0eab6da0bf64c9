"""Which of its own rules a change edits."""

from __future__ import annotations

import pytest

from bbws_gate.evidence.rule_changes import MAX_TEMPLATES, rule_changes, rules_note, template_paths, templates_digest
from bbws_gate.pipeline import read_spec
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import LoadedSpec, load_spec

PATH = ".github/promotion.yml"
FOLDER = ".github/bbws-gate/templates"
SPEC = """\
version: 1
project: shop
environments: {sit: {}}
expect: {tables: {required: [orders]}}
"""
BASE = {PATH: SPEC, f"{FOLDER}/summary.md.j2": "a", f"{FOLDER}/notes.txt": "a", "main.tf": ""}


def spec(text: str = SPEC) -> LoadedSpec:
    return load_spec(text.encode(), PATH)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, []),
        ({"main.tf": "# x", f"{FOLDER}/notes.txt": "b", f"{FOLDER}/deeper/summary.md.j2": "b"}, []),
        ({PATH: f"{SPEC}# more\n"}, [(PATH, "spec", "changed")]),
        ({PATH: None}, [(PATH, "spec", "removed")]),
        ({f"{FOLDER}/summary.md.j2": "b"}, [(f"{FOLDER}/summary.md.j2", "template", "changed")]),
        ({f"{FOLDER}/summary.md.j2": None}, [(f"{FOLDER}/summary.md.j2", "template", "removed")]),
        ({f"{FOLDER}/index.md.j2": "", PATH: "x"}, [(PATH, "spec", "changed"), (f"{FOLDER}/index.md.j2", "template", "added")]),
    ],
)
def test_rule_changes__spec_and_templates(files: dict[str, str | None], expected: list[tuple[str, str, str]]) -> None:
    head = {path: text for path, text in {**BASE, **files}.items() if text is not None}
    assert [tuple(change) for change in rule_changes(MemoryRepository(head), MemoryRepository(BASE), spec())] == expected


def test_rule_changes__a_template_that_becomes_a_link_is_removed() -> None:
    path = f"{FOLDER}/summary.md.j2"
    head = MemoryRepository({PATH: SPEC}, links=[path])
    assert rule_changes(head, MemoryRepository(BASE), spec()) == ((path, "template", "removed"),)


def test_rule_changes__in_the_folder_that_the_judging_spec_names() -> None:
    files = {PATH: f"{SPEC}templates: {{folder: docs/pages}}\n"}
    head = MemoryRepository({**files, "docs/pages/index.md.j2": "", f"{FOLDER}/index.md.j2": ""})
    assert rule_changes(head, MemoryRepository(files), spec(files[PATH])) == (("docs/pages/index.md.j2", "template", "added"),)


def test_rule_changes__only_what_the_change_touched() -> None:
    head = MemoryRepository({**BASE, PATH: "x", f"{FOLDER}/index.md.j2": ""})
    base = MemoryRepository(BASE)
    assert rule_changes(head, base, spec(), touched=[f"{FOLDER}/index.md.j2", "main.tf"]) == (
        (f"{FOLDER}/index.md.j2", "template", "added"),
    )
    assert rule_changes(head, base, spec(), touched=[]) == ()


@pytest.mark.parametrize("written", [PATH, f"./{PATH}", ".github//promotion.yml", ".github/x/../promotion.yml"])
def test_rule_changes__however_the_path_of_the_spec_is_written(written: str) -> None:
    base = MemoryRepository(BASE)
    judged_by = read_spec(base, written)
    assert judged_by.path == PATH
    found = rule_changes(MemoryRepository({**BASE, PATH: SPEC + "# edited\n"}), base, judged_by, (PATH,))
    assert [(change.path, change.kind) for change in found] == [(PATH, "spec")]


def test_template_paths__are_bounded() -> None:
    assert len(template_paths(MemoryRepository({f"t/{number}.j2": "" for number in range(100)}), "t")) == MAX_TEMPLATES
    assert template_paths(MemoryRepository({"a.j2": "", "t/b.j2": ""}), ".") == ("a.j2",)
    assert template_paths(MemoryRepository({}, links=["t"]), "t/deeper") == ()


def test_templates_digest__changes_with_names_and_contents() -> None:
    digests = [templates_digest(MemoryRepository({path: text}), "t") for path, text in [("t/a.j2", "x"), ("t/b.j2", "x"), ("t/a.j2", "y")]]
    assert len({*digests, ""}) == 4
    assert templates_digest(MemoryRepository({"t/notes.txt": "x"}), "t") == ""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {PATH: "x"},
            f"This change edits the promotion spec {PATH}. The base branch's spec judged it; the new one counts once it is merged.",
        ),
        (
            {PATH: "x", **{f"{FOLDER}/{name}.j2": "" for name in "abcde"}},
            (
                f"This change edits the promotion spec {PATH} and the page templates a.j2, b.j2, c.j2 and 2 more. "
                "What the base branch has was used; the new ones count once they are merged."
            ),
        ),
    ],
)
def test_rules_note__says_what_was_used(files: dict[str, str], expected: str) -> None:
    owned = spec(f"{SPEC}roles: {{lead: {{users: [cleo]}}}}\nowners: [lead]\n")
    changes = rule_changes(MemoryRepository({**BASE, **files}), MemoryRepository(BASE), owned)
    assert rules_note(changes, owned, judged_by_base=True) == (expected,)


def test_rules_note__on_a_laptop_and_without_owners() -> None:
    changes = rule_changes(MemoryRepository({**BASE, PATH: "x"}), MemoryRepository(BASE), spec())
    assert rules_note(changes, spec(), judged_by_base=False) == (
        f"This change edits the promotion spec {PATH}. The new spec judged it. Nobody has to approve that: the spec names no owners.",
    )
    assert rules_note((), spec(), judged_by_base=True) == ()
