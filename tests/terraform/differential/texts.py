"""Random templates and numbers in text form, sound ones and damaged ones."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.terraform.functions.generated import quoted

_PLAIN: Final = ("a", " ", "\n", "  \n", "\t", "$", "%", "$$", "$${", "%%{", "\\n", '"', "é", "e\u0301", "\r\n", "}", "{", "${", "%{", "~")
_VALUES: Final = (
    "x",
    "n",
    "b",
    "l[0]",
    '"q"',
    "m.k",
    'm["k"]',
    "[for i in l : i][1]",
    "n + 1",
    "b ? x : n",
    "l",
    "z",
    "upper(x)",
    '"${x}!"',
    "none",
)


def template(random: Random, depth: int = 2) -> str:
    """A template's text; one in eight is damaged."""
    text = "".join(_piece(random, depth) for _ in range(random.randrange(6)))
    if random.random() < 0.125 and text:
        at = random.randrange(len(text))
        text = text[:at] + random.choice(("", random.choice(_PLAIN))) + text[at + 1 :]
    return text


def _piece(random: Random, depth: int) -> str:
    choice = random.randrange(10)
    if choice < 4 or depth == 0:
        return random.choice(_PLAIN[:17]) if random.random() < 0.95 else random.choice(_PLAIN)
    left, right = random.choice(("", "", "~")), random.choice(("", "", "~"))
    if choice < 7:
        return f"${{{left}{random.choice((' ', ''))}{random.choice(_VALUES)}{random.choice((' ', ''))}{right}}}"
    inner = "".join(_piece(random, depth - 1) for _ in range(random.randrange(4)))
    if choice < 9:
        otherwise = f"%{{{left} else {right}}}{_piece(random, depth - 1)}" if random.random() < 0.5 else ""
        return f"%{{{left} if {random.choice(('b', '!b', 'n == 1', 'x', 'true'))} {right}}}{inner}{otherwise}%{{ endif {left}}}"
    head = random.choice(("i in l", "k, v in m", "i, j in l", "i in none", "i in []"))
    return f"%{{{left} for {head} {right}}}{inner}${{{random.choice(('i', 'v', 'x'))}}}%{{{right} endfor }}"


TEMPLATE_VARIABLES: Final = '{ x = "text", n = 1.50, b = true, l = ["p", "q"], m = { k = "v", a = "w" }, none = null }'
"""What the templates refer to; ``z`` is missing."""


def number_text(random: Random) -> str:
    """Digits with a point, an exponent and a sign here and there; some are no number."""
    digits = "".join(random.choice("0123456789") for _ in range(random.choice((1, 1, 2, 5, 18, 40, 160))))
    text = random.choice(("", "", "", "-", "+")) + digits
    if random.random() < 0.5:
        text += "." + "".join(random.choice("0059") for _ in range(random.choice((0, 1, 3, 20, 170))))
    if random.random() < 0.4:
        text += random.choice("eE") + random.choice(("", "-", "+")) + str(random.choice((0, 1, 3, 21, 22, 100, 308, 400)))
    if random.random() < 0.08:
        text = random.choice(
            ("", " ", "_", "0x1F", "Inf", "-Inf", "NaN", "1_000", ".5", "5.", "1e", "e5", "0b11", "0o7", "--1", "1 ", " 1", "\uff11")
        )
    return text


def number_expression(random: Random) -> str:
    """A way from a text to a number and back."""
    text = number_text(random)
    literal = quoted(text)
    return random.choice(
        (
            f"tostring(tonumber({literal}))",
            f"tostring(tonumber(tostring(tonumber({literal})))) == tostring(tonumber({literal}))",
            f"tonumber({literal}) == tonumber(tostring(tonumber({literal})))",
            f"jsonencode(jsondecode({literal}))",
            f'jsonencode(yamldecode("a: {text}"))',
            f'format("%s %v", tonumber({literal}), {literal})',
            f'"${{tonumber({literal}) * 1}}"',
            f"jsonencode({literal} + 0)",
            f"jsonencode([-tonumber({literal}), floor(tonumber({literal}))])",
        )
    )
