"""Archives of code are large: their checksum is unknown, which is no mistake of anybody."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import messages, read

LARGE = {"tf/code.zip": b"x" * 1_000_001}


@pytest.mark.parametrize("name", ["filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1", "filesha256", "filesha512"])
def test_checksum_of_a_large_file__is_unknown(name: str) -> None:
    stack = read({"tf/main.tf": f'output "o" {{\n  value = {name}("code.zip")\n}}\n', **LARGE})
    reason = f"{name}(): tf/code.zip: file of 1,000,001 bytes, larger than 1,000,000"
    assert messages(stack) == []
    assert isinstance(stack.outputs["o"], UnknownValue)
    assert reason in stack.outputs["o"].reason.replace(f'Call to function "{name}" failed: ', "")


@pytest.mark.parametrize("call", ['file("code.zip")', 'templatefile("code.zip", {})'])
def test_text_of_a_large_file__is_missed(call: str) -> None:
    stack = read({"tf/main.tf": f'output "o" {{\n  value = {call}\n}}\n', **LARGE})
    assert [message[:6] for message in messages(stack)] == ["HCL006"]
