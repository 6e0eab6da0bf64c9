"""Expressions that once had another value than real Terraform gives them, beside the module of ``setup.py``.

By shape: ``?`` is unknown, ``*`` sensitive, :data:`REFUSED` an error.
"""

from __future__ import annotations

from typing import Final

REFUSED: Final = "(refused)"
_LATER: Final = "terraform_data.later.id"

ROWS: Final[dict[str, object]] = {
    # Directives are conditionals of templates.
    '"%{ if false }${var.secret}%{ else }no%{ endif }"': "*",
    '"%{ if var.flag }no%{ else }${sha512(var.secret)}x%{ endif }"': "*",
    '"%{ if true }y%{ else }${[][0]}%{ endif }"': "y",
    '"%{ if true }${[][0]}%{ else }no%{ endif }"': REFUSED,
    f'"%{{ if {_LATER} == "x" }}${{[][0]}}%{{ else }}no%{{ endif }}"': "?",
    '"%{ if null }${[][0]}%{ endif }"': REFUSED,
    # Only what is known must become a string.
    f'"x${{{_LATER} == "x" ? var.tags : {{}}}}x"': "?",
    f'"%{{ for x in [1, ({_LATER} == "x" ? var.tags : {{}})] }}${{x}}%{{ endfor }}"': "?",
    '"x${var.tags}"': REFUSED,
    # A left operand that is not known hides an error of the right one.
    f'{_LATER} == "x" && tobool(var.text)': "?",
    f'{_LATER} == "x" || tobool(var.text)': "?",
    f'{_LATER} == "x" && [][0]': "?",
    f'tobool(var.text) && {_LATER} == "x"': REFUSED,
    f'{_LATER} == "x" && (1 + "a") == 2': "?",
    f'{_LATER} == "x" && 1 + "a"': REFUSED,
    "true && tobool(var.text)": REFUSED,
    # Nobody asks whether an unknown converts.
    f"convert({_LATER}, list(string))": "?",
    f"convert({_LATER}, list(string))[0].x": REFUSED,
    f"convert({_LATER}, list(string)) == null": "?",
    f'convert(split(",", {_LATER}), object({{a = string}}))': "?",
    f'convert([split(",", {_LATER})], object({{a = string}}))': REFUSED,
    f"convert(sensitive({_LATER}), list(string))": "*",
    # An unknown list may have any element.
    f'split(",", {_LATER})[-1]': "?",
    f'split(",", {_LATER})[1.5]': "?",
    f'split(",", {_LATER})["a"]': REFUSED,
    f'[split(",", {_LATER})][1.5]': REFUSED,
    f'[split(",", {_LATER})][1]': REFUSED,
    '["a"][-0]': "a",
    '["a"][1 / 0]': REFUSED,
    # What may be null.
    f"tostring(length({_LATER})) != null": "?",
    f'tolist(split(",", {_LATER})) != null': "?",
    f'tolist(setsubtract(toset(["a"]), toset([{_LATER}]))) != null': "?",
    f'setsubtract(toset(["a"]), toset([{_LATER}])) != null': True,
    f'concat(split(",", {_LATER}), ["a"]) != null': "?",
    f'concat(split(",", {_LATER}), tolist(["a"])) != null': True,
    f"jsondecode(jsonencode([{_LATER}])) != null": "?",
    f'split(",", {_LATER})[0] != null': "?",
    f"{_LATER} == null": False,
    "terraform_data.later.output == null": "?",
    # How many there are.
    f'sort([{_LATER}, "a"])': ["?", "?"],
    f'sort(toset([{_LATER}, "a"]))': "?",
    f"length({_LATER}[*])": 1,
    "length(terraform_data.later.output[*])": "?",
    f'split(",", {_LATER})[*] == ["a"]': False,
    f'split(",", {_LATER})[*].x': REFUSED,
    # A sensitive unknown of no type passes for an element.
    f'flatten([sensitive(yamldecode({_LATER})), ["a"]])': ["*", "a"],
    f'flatten([yamldecode({_LATER}), ["a"]])': "?",
    f'flatten([sensitive(split(",", {_LATER})), ["a"]])': "*",
    # Terraform means to refuse a step of zero.
    "range(0, 0, 0)": [],
    "range(1, 2, 0)": REFUSED,
    "range(0, -1, 0)": REFUSED,
}
