"""Terraform's two syntaxes to the tree of :mod:`bbws_gate.terraform.syntax`.

``direct`` reads what most files are made of. For all else ``scanner`` makes tokens by HCL's rules, ``driver`` runs python-hcl2's grammar
tables over them (``grammar``, frozen by ``freeze``), ``tree`` makes the nodes. Nothing outside this package knows python-hcl2.
"""

from bbws_gate.terraform.parse.json_syntax import parse_json, parse_json_values
from bbws_gate.terraform.parse.native import parse_expression, parse_native, parse_template
from bbws_gate.terraform.parse.source import MAX_DEPTH, ParsedFile, ParseError

__all__ = ["MAX_DEPTH", "ParseError", "ParsedFile", "parse_expression", "parse_json", "parse_json_values", "parse_native", "parse_template"]
