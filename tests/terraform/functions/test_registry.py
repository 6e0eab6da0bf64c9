"""The list of functions beside the modules that hold them."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

from bbws_gate.terraform import functions
from bbws_gate.terraform.functions import FUNCTIONS


def test_registry__names_exactly_what_the_modules_hold() -> None:
    modules = [import_module(f"{functions.__name__}.{module.name}") for module in iter_modules(functions.__path__)]
    held = [function for module in modules for function in getattr(module, "FUNCTIONS", ())]
    assert {function.name: function for function in held} == dict(FUNCTIONS)
    assert len(held) == len(FUNCTIONS)


def test_registry__imports_a_family_only_when_it_is_called_for() -> None:
    command = "import sys; from bbws_gate.terraform.functions import FUNCTIONS; FUNCTIONS['upper']; print('re2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.strip() == "False"
