"""Validation scripts: what they are written for (names, accounts, regions, numbers), read without running them.

Python by its own syntax tree, shell by :mod:`bbws_gate.evidence.shell`.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping

from bbws_gate.deferred import dataclass
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.literal import Literal, literal
from bbws_gate.evidence.shell import Options, ShellCommand, commands
from bbws_gate.model import Place
from bbws_gate.notation import Malformed
from bbws_gate.notation.node import decode

MAX_BYTES = 300_000
MAX_NODES = 100_000
MAX_BRACKETS = 100
"""CPython's parser and compiler recurse on nesting; scripts are refused long before that."""


@dataclass(frozen=True, slots=True)
class Client:
    """A call of ``boto3.client`` or ``boto3.resource``."""

    service: str | None
    region: Fact[str] | None
    place: Place


@dataclass(frozen=True, slots=True)
class Argument:
    """A command line option of the script."""

    names: tuple[str, ...]
    default: Fact[object] | None
    required: bool
    choices: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Script:
    """What a script says about itself."""

    path: str
    language: str
    """``python`` or ``shell``."""
    constants: Mapping[str, Fact[Literal]]
    """Values that are assigned at the top (of the module, or anywhere in a shell script)."""
    strings: tuple[Fact[str], ...]
    """Every text in the code, docstrings left out."""
    calls: tuple[Fact[str], ...]
    """Names of what is called: ``describe_table``; for shell, the first words of each command."""
    clients: tuple[Client, ...] = ()
    arguments: tuple[Argument, ...] = ()
    counts: tuple[Fact[int], ...] = ()
    """Numbers that a length is compared with: ``len(tables) == 5``."""
    can_fail: bool = False
    """Whether anything in it makes it end with a failure on purpose: ``sys.exit(1)``, ``raise``, ``assert``, ``exit 1``, ``set -e``."""

    def constant(self, pattern: str) -> Iterator[tuple[str, Fact[Literal]]]:
        """Constants whose whole name matches a regular expression, in upper or lower case."""
        for name, fact in self.constants.items():
            if re.fullmatch(pattern, name, re.IGNORECASE):
                yield name, fact


def parse_script(text: bytes, path: str) -> Script:
    """A Python or shell script, told apart by its name or its first line.

    Raises:
        Malformed: not UTF-8, too large, nested too deep, or not Python.
    """
    source = decode(text, path)
    if len(text) > MAX_BYTES:
        raise Malformed(path, 0, f"script of {len(text):,} bytes, larger than {MAX_BYTES:,}")
    first = source.split("\n", 1)[0]
    if path.endswith(".py") or (first.startswith("#!") and "python" in first):
        return _python(source, path)
    return _shell(source, path)


def _python(source: str, path: str) -> Script:
    tree = _tree(source, path)
    constants = _constants(tree, path)
    names = {name: fact.value for name, fact in constants.items()}
    nodes = tuple(_walk(tree, path))
    docstrings = {id(_docstring(node)) for node in nodes}
    strings, calls, clients, arguments, counts = [], [], [], [], []
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            strings.append(Fact(node.value, _place(path, node)))
        elif isinstance(node, ast.Call):
            calls.append(Fact(_called(node), _place(path, node)))
            if _called(node) in {"client", "resource"}:
                clients.append(_client(node, names, path))
            elif _called(node) == "add_argument":
                arguments.append(_argument(node, names, path))
        elif isinstance(node, ast.Compare):
            counts += _counts(node, names, path)
    return Script(
        path=path,
        language="python",
        constants=constants,
        strings=tuple(sorted(strings, key=lambda fact: fact.place)),
        calls=tuple(sorted((call for call in calls if call.value), key=lambda fact: fact.place)),
        clients=tuple(clients),
        arguments=tuple(arguments),
        counts=tuple(counts),
        can_fail=any(_fails(node) for node in nodes),
    )


def _tree(source: str, path: str) -> ast.Module:
    line = _too_deep(source)
    if line:
        raise Malformed(path, line, f"nested deeper than {MAX_BRACKETS}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the author's invalid escapes are not ours to report
            return ast.parse(source)
    except SyntaxError as error:
        raise Malformed(path, error.lineno or 0, f"not Python: {error.msg}") from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise Malformed(path, 0, f"not Python that can be read: {type(error).__name__}") from None


def _too_deep(source: str) -> int:
    """The line where brackets (counted without regard to quotes) or unary operators nest too deep; 0 when they do not."""
    depth = 0
    for number, line in enumerate(source.splitlines(), 1):
        for character in line:
            depth += (character in "([{") - (character in ")]}")
            depth = max(depth, 0)
            if depth > MAX_BRACKETS:
                return number
        if re.search(r"(?:[-+~]\s*|not\s+|\*\s*\*\s*){100}", line):
            return number
    return 0


def _walk(tree: ast.Module, path: str) -> Iterator[ast.AST]:
    for number, node in enumerate(ast.walk(tree)):
        if number > MAX_NODES:
            raise Malformed(path, 0, f"more than {MAX_NODES:,} parts")
        yield node


def _place(path: str, node: ast.expr | ast.stmt) -> Place:
    return Place(path, node.lineno, node.end_lineno or node.lineno)


def _constants(tree: ast.Module, path: str) -> dict[str, Fact[Literal]]:
    found: dict[str, Fact[Literal]] = {}
    known: dict[str, Literal] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                known[name] = literal(value, known)
                found[name] = Fact(known[name], _place(path, statement))
    return found


def _docstring(node: ast.AST) -> ast.expr | None:
    if not isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or not node.body:
        return None
    first = node.body[0]
    return first.value if isinstance(first, ast.Expr) else None


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _text_of(node: ast.expr | None, names: Mapping[str, Literal], path: str) -> Fact[str] | None:
    if node is None:
        return None
    found = literal(node, names).value
    return Fact(found, _place(path, node)) if isinstance(found, str) else None


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)


def _client(node: ast.Call, names: Mapping[str, Literal], path: str) -> Client:
    service = _text_of(node.args[0] if node.args else _keyword(node, "service_name"), names, path)
    region = _text_of(_keyword(node, "region_name"), names, path)
    return Client(service.value if service is not None else None, region, _place(path, node))


def _argument(node: ast.Call, names: Mapping[str, Literal], path: str) -> Argument:
    flags = tuple(fact.value for argument in node.args if (fact := _text_of(argument, names, path)) is not None)
    default, choices = _keyword(node, "default"), _keyword(node, "choices")
    listed = literal(choices, names).value if choices is not None else ()
    required = _keyword(node, "required")
    return Argument(
        names=flags,
        default=None if default is None else Fact(literal(default, names).value, _place(path, default)),
        required=isinstance(required, ast.Constant) and required.value is True,
        choices=tuple(choice for choice in listed if isinstance(choice, str)) if isinstance(listed, list) else (),
        place=_place(path, node),
    )


def _counts(node: ast.Compare, names: Mapping[str, Literal], path: str) -> list[Fact[int]]:
    """The numbers in ``len(x) == 5``, either way round, ``EXPECTED_COUNT`` included."""
    sides = [node.left, *node.comparators]
    if not any(isinstance(side, ast.Call) and _called(side) == "len" for side in sides):
        return []
    values = [literal(side, names).value for side in sides]
    return [Fact(value, _place(path, node)) for value in values if isinstance(value, int) and not isinstance(value, bool)]


def _fails(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.Assert():
            return True
        case ast.Call(args=[ast.Constant(value=0 | None | False)]) | ast.Call(args=[]):
            return False
        case ast.Call() as call:
            return _called(call) in {"exit", "_exit", "SystemExit"}
        case _:
            return False


def _shell(source: str, path: str) -> Script:
    first = source.split("\n", 1)[0]
    found = commands(source, 1, Options(errexit=first.startswith("#!") and " -e" in first, pipefail=False))
    constants: dict[str, Fact[Literal]] = {}
    for command in found:
        for name, value in command.assignments if not command.words else ():
            constants.setdefault(name, Fact(Literal(value, {(): command.line}), Place(path, command.line, command.end_line)))
    return Script(
        path=path,
        language="shell",
        constants=constants,
        strings=tuple(Fact(word, Place(path, command.line, command.end_line)) for command in found for word in command.words[1:]),
        calls=tuple(Fact(" ".join(command.words[:3]), Place(path, command.line, command.end_line)) for command in found if command.words),
        can_fail=any(_shell_fails(command) for command in found),
    )


def _shell_fails(command: ShellCommand) -> bool:
    if command.words[:1] in (("exit",), ("return",)):
        return command.words[1:2] not in ((), ("0",))
    return command.words[:1] == ("set",) and any(re.fullmatch(r"-[A-Za-z]*e[A-Za-z]*", word) for word in command.words[1:])
