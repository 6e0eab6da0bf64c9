from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.evidence import script as script_reader
from bbws_gate.evidence.literal import COMPUTED
from bbws_gate.evidence.script import Script, parse_script
from bbws_gate.model import Place
from bbws_gate.notation import Malformed

VALIDATE = '''\
#!/usr/bin/env python3
"""Checks the tables."""
import sys
import boto3

REGION = "eu-west-1"
ENVIRONMENT: str = "sit"
SUFFIX = f"-{ENVIRONMENT}"
EXPECTED_TABLES = {
    "orders" + SUFFIX: ["OrdersByDate", "OrdersByTenant"],
    f"users{SUFFIX}": [],
}
REQUIRED_TAGS = ("Owner", "Project")
EXPECTED_COUNT = 5


def main():
    """Runs."""
    client = boto3.client("dynamodb", region_name=REGION)
    parser.add_argument("--env", "-e", default="sit", choices=["sit", "prod"], required=True)
    tables = client.list_tables()["TableNames"]
    assert len(tables) == EXPECTED_COUNT
    if 8 != len(indexes):
        sys.exit(1)
'''


SHELL = """\
#!/bin/bash
set -euo pipefail
REGION=eu-west-1
for t in orders users; do
  aws dynamodb describe-table --table-name $t
done
"""


def read(text: str, path: str = "v.py") -> Script:
    return parse_script(text.encode(), path)


def constant(text: str) -> Any:
    return read(f"X = {text}\n").constants["X"].value.value


def test_parse_script__constants_with_their_lines() -> None:
    script = read(VALIDATE)
    assert {name: fact.value.value for name, fact in script.constants.items()} == {
        "REGION": "eu-west-1",
        "ENVIRONMENT": "sit",
        "SUFFIX": "-sit",
        "EXPECTED_TABLES": {"orders-sit": ["OrdersByDate", "OrdersByTenant"], "users-sit": []},
        "REQUIRED_TAGS": ["Owner", "Project"],
        "EXPECTED_COUNT": 5,
    }
    tables = script.constants["EXPECTED_TABLES"]
    assert tables.place == Place("v.py", 9, 12)
    assert (tables.value.line("orders-sit"), tables.value.line("users-sit")) == (10, 11)
    assert tables.value.line("orders-sit", 1) == 10
    assert tables.value.line("nothing") == 9
    assert [name for name, _ in script.constant("expected_.*")] == ["EXPECTED_TABLES", "EXPECTED_COUNT"]


def test_parse_script__what_it_calls_and_asks_for() -> None:
    script = read(VALIDATE)
    (client,) = script.clients
    assert (client.service, client.region, client.place) == ("dynamodb", ("eu-west-1", Place("v.py", 19, 19)), Place("v.py", 19, 19))
    (argument,) = script.arguments
    assert (argument.names, argument.choices, argument.required) == (("--env", "-e"), ("sit", "prod"), True)
    assert argument.default == ("sit", Place("v.py", 20, 20))
    assert [count.value for count in script.counts] == [5, 8]
    assert ("list_tables", Place("v.py", 21, 21)) in script.calls
    assert script.can_fail


def test_parse_script__strings_without_docstrings() -> None:
    values = [fact.value for fact in read(VALIDATE).strings]
    assert "eu-west-1" in values
    assert "Checks the tables." not in values
    assert "Runs." not in values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-1", -1),
        ("None", None),
        ("'a' 'b'", "ab"),
        ("'a' + 'b' + 'c'", "abc"),
        ("[1, [2, {'a': 3}]]", [1, [2, {"a": 3}]]),
        ("[1] + [2]", [1, 2]),
        ("[*[1, 2], 3]", [1, 2, 3]),
        ("{**{'a': 1}, 'b': 2}", {"a": 1, "b": 2}),
        ("{'a', 'a'}", ["a", "a"]),
        ("set(['a'])", ["a"]),
        ("frozenset({'a'})", ["a"]),
        ("os.environ['X']", COMPUTED),
        ("f'{x}'", COMPUTED),
        ("f'{1:>5}'", COMPUTED),
        ("f'{1!r}'", COMPUTED),
        ("['a', f(x)]", ["a", COMPUTED]),
        ("{f(x): 1}", COMPUTED),
        ("[*f(x)]", COMPUTED),
        ("{**f(x)}", COMPUTED),
        ("[x for x in y]", COMPUTED),
        ("1 + 2", COMPUTED),
        ("'a' + x", COMPUTED),
        ("3j", COMPUTED),
        ("...", COMPUTED),
        ("__import__('os').system('touch canary')", COMPUTED),
    ],
)
def test_constants__literals_only(text: str, value: Any) -> None:
    assert constant(text) == value


def test_constants__later_ones_are_not_known_earlier() -> None:
    script = read("A = [B]\nB = 'x'\nC = [B]\n")
    assert script.constants["A"].value.value == [COMPUTED]
    assert script.constants["C"].value.value == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "A0 = ['x', 'x']\n" + "".join(f"A{n} = A{n - 1} + A{n - 1}\n" for n in range(1, 60)),
        "A0 = ['x', 'x']\n" + "".join(f"A{n} = [A{n - 1}, A{n - 1}]\n" for n in range(1, 60)),
        "A0 = ['x', 'x']\n" + "".join(f"A{n} = [*A{n - 1}, *A{n - 1}]\n" for n in range(1, 60)),
        "A0 = 'xx'\n" + "".join(f"A{n} = f'{{A{n - 1}}}{{A{n - 1}}}'\n" for n in range(1, 60)),
        "A0 = 'xx'\n" + "".join(f"A{n} = A{n - 1} + A{n - 1}\n" for n in range(1, 60)),
    ],
)
def test_constants__those_built_from_others_do_not_multiply(text: str) -> None:
    def parts(value: Any) -> int:
        return 1 + sum(map(parts, value)) if isinstance(value, list) else len(value) if isinstance(value, str) else 1

    assert all(parts(fact.value.value) <= 30_000 for fact in read(text).constants.values())


@pytest.mark.parametrize(
    ("text", "can_fail"),
    [
        ("print(1)", False),
        ("sys.exit(0)", False),
        ("sys.exit()", False),
        ("sys.exit(main())", True),
        ("exit(1)", True),
        ("raise SystemExit(2)", True),
        ("raise ValueError", True),
        ("assert x", True),
    ],
)
def test_can_fail__anything_that_ends_it_with_a_failure(text: str, can_fail: bool) -> None:
    assert read(text).can_fail is can_fail


@pytest.mark.parametrize(
    "text",
    [
        "-" * 10_000 + "1",
        "1" + "+1" * 100_000,
        "a" + ".b" * 50_000,
        "(" * 5000,
        "x = 1 if y else " * 3000 + "2",
        "lambda:" * 5000 + "1",
        "f" + "(x)" * 5000,
        "not " * 5000 + "x",
        "x**" * 5000 + "x",
        "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 120)),
        "x = '\n",
        "print 'old'",
        "x = \0",
        "#" * 300_001,
    ],
)
def test_parse_script__hostile_python_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


def test_parse_script__number_of_parts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_reader, "MAX_NODES", 100)
    with pytest.raises(Malformed, match="more than 100 parts"):
        read("a,\n" * 100)


def test_parse_script__nothing_is_executed(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read("import pathlib\npathlib.Path('canary').touch()\n")
    assert not (tmp_path / "canary").exists()


def test_parse_script__invalid_escape_is_the_authors_business() -> None:
    assert read("X = '\\d'\n").constants["X"].value.value == "\\d"


def test_parse_script__not_utf8() -> None:
    with pytest.raises(Malformed, match="not UTF-8"):
        parse_script(b"x = '\xe9'", "v.py")


def test_parse_script__python_by_its_first_line() -> None:
    assert read("#!/usr/bin/env python3\nX = 1\n", "validate").language == "python"


def test_parse_script__shell() -> None:
    script = read(SHELL, "v.sh")
    assert (script.language, script.can_fail) == ("shell", True)
    region = script.constants["REGION"]
    assert (region.value.value, region.place) == ("eu-west-1", Place("v.sh", 3, 3))
    assert ("aws dynamodb describe-table", Place("v.sh", 5, 5)) in script.calls
    assert "orders" in [fact.value for fact in script.strings]


@pytest.mark.parametrize(
    ("text", "can_fail"),
    [("echo x", False), ("exit 0", False), ("exit", False), ("exit 1", True), ("set -e", True), ("set +e", False)],
)
def test_can_fail__shell(text: str, can_fail: bool) -> None:
    assert read(text, "v.sh").can_fail is can_fail


@given(st.text(max_size=100))
@settings(max_examples=80, deadline=None)
def test_parse_script__any_text_is_read_or_refused(text: str) -> None:
    for path in ("v.py", "v.sh"):
        try:
            script = parse_script(text.encode("utf-8", "replace"), path)
        except Malformed as error:
            assert error.path == path  # noqa: PT017 (either outcome is right)
        else:
            assert script.path == path
