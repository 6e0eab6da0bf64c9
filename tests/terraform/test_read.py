"""Reading as a whole: nothing that a repository holds makes it fail, and the same files give the same stack."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bbws_gate.terraform as package
from bbws_gate.repository import MemoryRepository, Refused
from bbws_gate.terraform import read_stack
from bbws_gate.terraform.inspect import explain, to_json, to_text
from tests.terraform.expand.configurations import CONFIGURATIONS, REFUSED
from tests.terraform.expand.test_trace import FILES
from tests.terraform.reading import messages, read

SEEDS = [{f"tf/{path}": text for path, text in files.items()} for files in [*CONFIGURATIONS.values(), *REFUSED.values()]] + [FILES] * 10
TOKEN = re.compile(r"[A-Za-z_]+|\s+|.", re.DOTALL)
WORDS = sorted({word for files in SEEDS for text in files.values() for word in TOKEN.findall(text)})
INSERTED = [
    *WORDS,
    "null",
    "[*]",
    ".*",
    "...",
    "${",
    "}",
    "%{ for x in ",
    "1e999",
    "sensitive(",
    "try(",
    'dynamic "x" {\n',
    "content {\n",
    "merge(",
]


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, str]:
    """A configuration with some words put in, taken out, replaced or doubled."""
    files = dict(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        path = draw(st.sampled_from(sorted(files)))
        tokens = TOKEN.findall(files[path])
        start = draw(st.integers(0, len(tokens)))
        end = min(len(tokens), start + draw(st.integers(0, 8)))
        change = draw(st.sampled_from(["insert", "replace", "delete", "double"]))
        if change == "double":
            tokens[start:start] = tokens[start:end]
        elif change == "insert":
            tokens.insert(start, draw(st.sampled_from(INSERTED)))
        else:
            tokens[start:end] = [draw(st.sampled_from(INSERTED))] if change == "replace" else []
        files[path] = "".join(tokens)
    return files


@settings(max_examples=120)
@given(damaged())
def test_damaged_configuration__gives_a_stack_that_can_be_shown(files: dict[str, str]) -> None:
    stack = read_stack(MemoryRepository(files), "tf", var_files=[path for path in ("sit.tfvars",) if f"tf/{path}" in files])
    assert to_json(stack).startswith('{\n  "root": "tf"')
    assert to_text(stack).startswith("tf (workspace default)")
    for resource in stack.resources[:5]:
        assert explain(stack, resource.address) is not None
        assert len(resource.trace.references()) <= len(stack.resources)
    for problem in stack.problems:
        assert problem.message
        assert "\n" not in problem.message or problem.code == "EVL001"


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_same_files__give_the_same_bytes(name: str) -> None:
    files = {f"tf/{path}": text for path, text in CONFIGURATIONS[name].items()}
    backwards = dict(reversed(files.items()))
    assert to_json(read(files)) == to_json(read(backwards))


@pytest.mark.parametrize("root", ["/etc", "../outside", "a\0b"])
def test_root_outside__is_refused(root: str) -> None:
    with pytest.raises(Refused):
        read_stack(MemoryRepository({"main.tf": ""}), root)


def test_root_may_be_the_repository_itself() -> None:
    stack = read_stack(
        MemoryRepository({"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/a.tf": 'resource "a_b" "c" {\n  p = path.module\n}\n'}), ""
    )
    assert stack.root == ""
    assert dict(stack.resources[0].attributes) == {"p": "m"}
    assert stack.files == ("main.tf", "m/a.tf")


def test_root_that_is_a_link__is_a_problem() -> None:
    stack = read({"other/main.tf": ""}, links=["tf"])
    assert {problem.code for problem in stack.problems} == {"FIL002", "FIL003"}


def test_ephemeral_resources__are_no_part_of_the_stack() -> None:
    stack = read('ephemeral "a_b" "c" {\n  x = 1\n}\noutput "o" {\n  value = ephemeral.a_b.c.y\n}\n')
    assert stack.resources == ()
    assert messages(stack) == []


def test_package__offers_the_reader_and_nothing_else() -> None:
    assert package.read_stack is read_stack
    with pytest.raises(AttributeError):
        package.nothing  # noqa: B018 - asking is the test
