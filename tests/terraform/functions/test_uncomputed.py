"""What Terraform computes and this library does not is unknown, with a reason that says so; never a guess."""

from __future__ import annotations

import pytest

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.cty.types import NUMBER, SetOf
from bbws_gate.terraform.cty.values import TRUE, Unknown, Value, first_unknown, number, string, unknown
from bbws_gate.terraform.functions import Context, FunctionError, call
from tests.terraform.functions.evaluating import Refused, value_of

FILES: dict[str, bytes | str] = {"a.txt": "text", "sub/b.txt": "more", "binary": b"\xff"}
LINKS = ("link", "linked", "sub/other")


def nothing(*_: object) -> Value:
    raise AssertionError("not called here")


def context() -> Context:
    repository = MemoryRepository(FILES, links=LINKS)
    return Context(repository, "", nothing, lambda _: None, repository.read)


UNCOMPUTED = {
    'cidrsubnet("10.0.0.0/8", -9, 0)': "cidrsubnet() of a negative prefix is not computed here",
    'cidrsubnets("::ffff:10.0.0.0/104", 4)': "cidrsubnets() of IPv4 networks written as IPv6 is not computed here",
    'textencodebase64("a~", "HZ-GB-2312")': "text in HZ-GB-2312 is not computed here",
    'textencodebase64("é", "GBK")': "text in GBK is not computed here",
    'textdecodebase64("/w==", "Big5")': "text in Big5 is not computed here",
    'base64gzip(join("", [for i in range(1000) : join("", [for j in range(1000) : "a"])]))': "base64gzip() of more than",
    'yamldecode("a: \\u2028b")': "yamldecode() of text with line separators of YAML 1.1 is not computed here",
    'abspath("a")': "abspath() depends on the folder in which Terraform runs",
    'pathexpand("~/a")': "the home folder of whoever runs Terraform",
    'bcrypt("a")': "bcrypt() salts its result anew at each run",
}


@pytest.mark.parametrize("expression", UNCOMPUTED)
def test_call__is_unknown_with_a_reason(expression: str) -> None:
    missing = first_unknown(value_of(expression))
    assert missing is not None
    assert missing.reason.startswith(UNCOMPUTED[expression])


LATER = unknown("known only after apply")
HIDDEN = string("s3cret").marked()

UNKNOWN_ARGUMENTS: list[tuple[str, list[Value]]] = [
    ("filebase64", [LATER]),
    ("fileexists", [LATER]),
    ("base64decode", [LATER]),
    ("abs", [unknown("known only after apply", NUMBER)]),
    ("parseint", [string("1"), LATER]),
    ("parseint", [unknown("known only after apply"), number(10)]),
    ("one", [unknown("known only after apply", SetOf(NUMBER))]),
    ("matchkeys", [LATER, LATER, LATER]),
    ("provider::terraform::encode_tfvars", [LATER]),
    ("provider::terraform::encode_expr", [LATER]),
]


@pytest.mark.parametrize(("name", "arguments"), UNKNOWN_ARGUMENTS)
def test_unknown_argument__is_the_reason(name: str, arguments: list[Value]) -> None:
    missing = first_unknown(call(name, arguments, context()))
    assert missing is not None
    assert missing.reason == "known only after apply"


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("fileexists", [string("link")], "link is a symbolic link, which is not followed"),
        ("fileset", [string("."), string("**")], "fileset() meets link, a link, which is not followed"),
        ("fileset", [string("link"), string("*")], "fileset() meets link, a link, which is not followed"),
        ("fileset", [string("sub"), string("o*")], "fileset() meets sub/other, a link, which is not followed"),
        ("fileset", [string("."), string("*/*.txt")], "fileset() meets link, a link, which is not followed"),
    ],
)
def test_link__is_not_followed(name: str, arguments: list[Value], reason: str) -> None:
    result = call(name, arguments, context())
    assert isinstance(result.raw, Unknown)
    assert result.raw.reason == reason


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("file", [string("link")], "link is a symbolic link, which is not followed"),
        ("file", [string("~/a")], 'path outside the checkout: "~/a"'),
        ("file", [string("../a").marked()], "path outside the checkout: (sensitive value)"),
        ("file", [string("sub")], "read sub: is a directory"),
        ("file", [string("binary")], 'contents of "binary" are not valid UTF-8'),
        ("fileexists", [string("sub").marked()], "(sensitive value) is a directory, not a file"),
        ("fileset", [string("."), string("../*")], 'path outside the checkout: "../*"'),
        ("fileset", [string("sub"), string("[").marked()], "failed to glob pattern (sensitive value)"),
        ("fileset", [string("."), string("*" * 200)], "a file pattern with this many choices is not tried"),
    ],
)
def test_file_out_of_reach__is_refused(name: str, arguments: list[Value], message: str) -> None:
    with pytest.raises(FunctionError) as refusal:
        call(name, arguments, context())
    assert message in refusal.value.message


def test_sensitive_path__makes_what_is_found_sensitive() -> None:
    found = call("fileexists", [string("a.txt").marked()], context())
    assert (found.raw, found.sensitive) == (TRUE.raw, True)
    names = call("fileset", [string("sub").marked(), string("b*")], context())
    assert isinstance(names.raw, tuple)
    assert ([name.raw for name in names.raw], names.sensitive) == (["b.txt"], True)


def test_decode_tfvars__where_it_is_not_provided_is_unknown() -> None:
    result = call("provider::terraform::decode_tfvars", [string("a = 1")], context())
    assert isinstance(result.raw, Unknown)


def test_format_character__is_quoted_as_go_quotes_it() -> None:
    with pytest.raises(Refused, match=r"unrecognized format character '\\'' at offset 1"):
        value_of('format("%\'", 1)')
