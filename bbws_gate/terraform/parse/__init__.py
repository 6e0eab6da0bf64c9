"""Terraform's two syntaxes to the tree of :mod:`bbws_gate.terraform.syntax`.

``direct`` reads what most files are made of. For all else ``scanner`` makes tokens by HCL's rules, ``driver`` runs python-hcl2's grammar
tables over them (``grammar``, frozen by ``freeze``), ``tree`` makes the nodes; ``derive`` strings these together. Nothing outside this
package knows python-hcl2.

The readers are imported when first asked for: a run that finds every tree in the cache needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from bbws_gate.terraform.parse.source import MAX_DEPTH, ParsedFile, ParseError

if TYPE_CHECKING:
    from bbws_gate.terraform.parse.derive import parse_expression, parse_template
    from bbws_gate.terraform.parse.json_syntax import parse_json, parse_json_values
    from bbws_gate.terraform.parse.native import parse_native
else:
    _MODULES = {
        "parse_json": "json_syntax",
        "parse_json_values": "json_syntax",
        "parse_expression": "derive",
        "parse_native": "native",
        "parse_template": "derive",
    }

    def __getattr__(name: str) -> object:
        """One of the readers, by PEP 562."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        reader = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return reader


__all__ = ["MAX_DEPTH", "ParseError", "ParsedFile", "parse_expression", "parse_json", "parse_json_values", "parse_native", "parse_template"]
