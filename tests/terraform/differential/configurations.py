"""Random root modules: typed variables from every source, locals in any order, repeated resources and modules, overrides."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, TypeAlias

Text: TypeAlias = Callable[[Random], str]

_WORDS: Final = ("a", "b", "orders", "x y", "é", "7", "1.50", "true", "", "dev")
_NUMBERS: Final = ("0", "1", "2", "-3", "1.5", "10", "1e3", "12345678901234567890")
_NAMES: Final = ("name", "size", "tags", "on")


def configuration(random: Random) -> dict[str, str]:
    """The files of one, by path."""
    names = [f"v{number}" for number in range(random.randint(1, 4))]
    kinds = {name: _kind(random, 2) for name in names}
    values = [f"var.{name}" for name in names]
    files = {"main.tf": ""}
    blocks = [_variable(random, name, kinds[name], files) for name in names]
    locals_ = [f"l{number}" for number in range(random.randint(1, 4))]
    known = list(values)
    for name in locals_:
        blocks.append(f"locals {{\n  {name} = {_expression(random, known)}\n}}\n")
        known.append(f"local.{name}")
    for number in range(random.randint(0, 3)):
        blocks.append(_resource(random, f"r{number}", known))
        known.append(f"terraform_data.r{number}")
    for number in range(random.randint(0, 2)):
        blocks.append(_module(random, f"m{number}", known, files))
        known.append(f"module.m{number}")
    shown = [f"    p{index} = {reference}\n" for index, reference in enumerate([*known, _expression(random, known)])]
    blocks.append(f'resource "terraform_data" "all" {{\n  input = {{\n{"".join(shown)}  }}\n}}\n')
    blocks.append(f'output "last" {{\n  value = {_expression(random, known)}\n  sensitive = true\n}}\n')
    random.shuffle(blocks)
    files["main.tf"] = "".join(blocks)
    if random.random() < 0.3:
        files["x_override.tf"] = _override(random, names, locals_, known)
    return files


def _kind(random: Random, depth: int) -> str:
    simple = random.choice(("string", "number", "bool", "string", "any"))
    if depth == 0 or random.random() < 0.3:
        return simple
    inner = _kind(random, depth - 1)
    shape = random.choice(("list", "set", "map", "object", "object", "tuple"))
    if shape == "object":
        chosen = random.sample(_NAMES, random.randint(1, 3))
        return f"object({{ {', '.join(f'{name} = {_attribute(random, depth - 1)}' for name in chosen)} }})"
    if shape == "tuple":
        return f"tuple([{', '.join(_kind(random, depth - 1) for _ in range(random.randint(1, 2)))}])"
    return f"{shape}({inner})"


def _attribute(random: Random, depth: int) -> str:
    kind = _kind(random, depth)
    choice = random.randrange(4)
    return kind if choice < 2 else f"optional({kind})" if choice == 2 else f"optional({kind}, {_fitting(random, kind)})"


def _fitting(random: Random, kind: str) -> str:
    """A value that mostly is of the kind, or can become it."""
    if random.random() < 0.02:
        return random.choice(("null", "[]", "{}", '"odd"', "12"))
    if kind == "any":
        return _fitting(random, _kind(random, 1).replace("any", "string"))
    if kind == "string":
        return f'"{random.choice(_WORDS)}"' if random.random() < 0.8 else random.choice((*_NUMBERS, "true"))
    if kind == "number":
        return random.choice(_NUMBERS) if random.random() < 0.8 else f'"{random.choice(_NUMBERS)}"'
    if kind == "bool":
        return random.choice(("true", "false", '"true"'))
    name, _, inner = kind[:-1].partition("(")
    if name == "object":
        parts = _split(inner.strip("{} ") if inner.endswith("}") else inner)
        return f"{{ {', '.join(_given(random, part) for part in parts if not ('optional' in part and random.random() < 0.4))} }}"
    if name == "tuple":
        return f"[{', '.join(_fitting(random, part) for part in _split(inner[1:-1]))}]"
    items = [_fitting(random, inner) for _ in range(random.randrange(4))]
    if name == "map":
        return f"{{ {', '.join(f'{key} = {item}' for key, item in zip('abcd', items, strict=False))} }}"
    return f"[{', '.join(items)}]"


def _given(random: Random, part: str) -> str:
    name, _, kind = part.partition(" = ")
    if kind.startswith("optional("):
        kind = _split(kind[len("optional(") : -1])[0]
    return f"{name} = {_fitting(random, kind)}"


def _split(text: str) -> list[str]:
    """The parts between the commas that stand in no brackets or quotes."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == '"'
        depth += 0 if quoted else (character in "([{") - (character in ")]}")
        if character == "," and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


_SOURCES: Final = ("default", "default", "terraform.tfvars", "a.auto.tfvars", "z.auto.tfvars", "terraform.tfvars+z.auto.tfvars+default")


def _variable(random: Random, name: str, kind: str, files: dict[str, str]) -> str:
    lines = [f"type = {kind}"] if random.random() < 0.9 else []
    for source in random.choice(_SOURCES).split("+"):
        if source == "default":
            lines.append(f"default = {_fitting(random, kind)}")
        else:
            files[source] = files.get(source, "") + f"{name} = {_fitting(random, kind)}\n"
    lines += [line for line in ("nullable = false", "sensitive = true") if random.random() < 0.1]
    if random.random() < 0.2:
        condition = random.choice((f"var.{name} != null", f"can(var.{name}[0]) || true", f'var.{name} != "dev"', f"length(var.{name}) < 3"))
        lines.append(f'validation {{\n    condition = {condition}\n    error_message = "not so"\n  }}')
    return f'variable "{name}" {{\n  ' + "\n  ".join(lines) + "\n}\n"


_PATTERNS: Final = (
    "{0}", "[{0}, {1}]", "{{ a = {0}, b = {1} }}", 'try({0}.name, {1}, "none")', "try(length({0}), {1})", "jsonencode([{0}, {1}])",
    "try([for x in {0} : x], {1})", "try({{ for k, v in {0} : k => v }}, {1})", "try(merge({0}, {1}), {0})", "try({0}[*].name, [])",
    "can({0}.name) ? {1} : null", "{0} == {1}", "try(concat({0}, {1}), [{0}])", "try(tostring({0}), {1})", 'try("${{{0}}}-x", {1})',
    "try({0}[0], values({0})[0], {1})", "try(flatten([{0}, [{1}]]), {0})", "try(toset({0}), {1})", "try(tolist({0}), {1})",
    "try(keys({0}), sort({0}), {1})", "try(coalesce({0}, {1}), {1})", "try({0} != null ? {0} : {1}, {0})", "yamlencode({0})",
    "try(one({0}), {1})", "[for x in [{0}, {1}] : x if x != null]",
)  # fmt: skip


_RISKY: Final = ("{0} ? {1} : null", "{0} != null ? {0} : {1}", "length({0})", "{0}.name", 'lookup({0}, "a", {1})', "{0}[0]", "{0} + 1")


def _expression(random: Random, known: list[str]) -> str:
    patterns = _RISKY if random.random() < 0.03 else _PATTERNS
    one, other = random.choice(known), random.choice((*known, '"w"', "2", "true", "[]", "{}", "null"))
    return random.choice(patterns).format(one, other)


_REPETITIONS: Final = (
    "count = 2", "count = 0", "count = try(length({0}), 1)", 'count = try({0} != null, true) ? 1 : 0', 'for_each = toset(["a", "b"])',
    "for_each = {{ x = 1, y = {0} }}", "for_each = try({{ for k, v in {0} : k => v }}, {{}})",
    'for_each = try(toset([for x in {0} : tostring(x)]), toset([]))',
)  # fmt: skip


def _repetition(random: Random, known: list[str]) -> tuple[str, list[str]]:
    """The argument that repeats a block, and what its other arguments may refer to."""
    if random.random() < 0.4:
        return "", known
    chosen = random.choice(_REPETITIONS)
    own = ["count.index"] if chosen.startswith("count") else ["each.key", "each.value"]
    return f"  {chosen.format(random.choice(known))}\n", [*known, *own, *own]


def _resource(random: Random, name: str, known: list[str]) -> str:
    repetition, around = _repetition(random, known)
    more = f"  triggers_replace = {_expression(random, around)}\n" if random.random() < 0.3 else ""
    return f'resource "terraform_data" "{name}" {{\n{repetition}  input = {_expression(random, around)}\n{more}}}\n'


def _module(random: Random, name: str, known: list[str], files: dict[str, str]) -> str:
    repetition, around = _repetition(random, known)
    kind = _kind(random, 2)
    files[f"{name}/main.tf"] = (
        f'variable "a" {{\n  type = {kind}\n  default = {_fitting(random, kind)}\n}}\nvariable "b" {{\n  default = null\n}}\n'
        f"locals {{\n  c = {_expression(random, ['var.a', 'var.b'])}\n}}\n"
        f'resource "terraform_data" "inner" {{\n  input = {_expression(random, ["var.a", "var.b", "local.c"])}\n}}\n'
        'output "name" {\n  value = local.c\n  sensitive = true\n}\n'
        'output "inner" {\n  value = [terraform_data.inner.input, terraform_data.inner.id, path.module]\n  sensitive = true\n}\n'
    )
    arguments = [f"  a = {_fitting(random, kind) if random.random() < 0.7 else _expression(random, around)}\n"] * (random.random() < 0.8)
    arguments += [f"  b = {_expression(random, around)}\n"] * (random.random() < 0.8)
    return f'module "{name}" {{\n  source = "./{name}"\n{repetition}{"".join(arguments)}}}\n'


def _override(random: Random, names: list[str], locals_: list[str], known: list[str]) -> str:
    variable, local, kind = random.choice(names), random.choice(locals_), _kind(random, 2)
    return random.choice(
        (
            f'variable "{variable}" {{\n  default = {_fitting(random, _kind(random, 1))}\n}}\n',
            f'variable "{variable}" {{\n  type = {kind}\n}}\n',
            f'variable "{variable}" {{\n  type = {kind}\n  default = {_fitting(random, kind)}\n}}\n',
            f"locals {{\n  {local} = {_expression(random, [f'var.{name}' for name in names])}\n}}\n",
            f'output "last" {{\n  value = {_expression(random, known)}\n}}\n',
        )
    )
