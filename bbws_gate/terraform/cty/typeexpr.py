"""Type constraints of variables, ``optional`` and its defaults: HCL's ext/typeexpr and Terraform's own shorthands."""

from __future__ import annotations

from collections.abc import Callable

from bbws_gate.terraform.cty.constant import ConstantError, constant_value
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.defaults import Defaults, apply_defaults
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TooComplex, TupleOf, Type
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.syntax import Call, Expression, Literal, Name, ObjectCons, Span, TupleCons

__all__ = ["Defaults", "TypeExprError", "apply_defaults", "parse_type"]

Constant = Callable[[Expression], Value]
_Typed = tuple[Type, Defaults | None]

_PRIMITIVES: dict[str, Type] = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}
_COLLECTIONS: dict[str, Callable[[Type], ListOf | SetOf | MapOf]] = {"list": ListOf, "set": SetOf, "map": MapOf}
_SHORTHANDS: dict[str, Type] = {"list": ListOf(DYNAMIC), "map": MapOf(DYNAMIC)}
_QUOTED: dict[str, Type] = {"string": STRING, "list": ListOf(DYNAMIC), "map": MapOf(DYNAMIC)}
_ARGUMENTS = {
    "object": "The object type constructor requires one argument specifying the attribute types and values as a map.",
    "tuple": "The tuple type constructor requires one argument specifying the element types as a list.",
}


class TypeExprError(Exception):
    """A type constraint that Terraform refuses, in its words; ``span`` is where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def parse_type(expr: Expression, constant: Constant = constant_value) -> _Typed:
    """The type that a ``type`` argument states, and the defaults of its optional attributes, None without any.

    ``constant`` evaluates those defaults; it may raise ConstantError. At the top, bare ``list`` and ``map`` stand for collections of
    ``any``; so do the quoted words of Terraform 0.11, which newer versions refuse. Raises TypeExprError.
    """
    if isinstance(expr, Name) and expr.name in _SHORTHANDS:
        return _SHORTHANDS[expr.name], None
    if isinstance(expr, Literal) and isinstance(expr.value, str) and expr.value in _QUOTED:
        return _QUOTED[expr.value], None
    try:
        return _typed(expr, constant)
    except TooComplex as problem:
        raise TypeExprError(f"The type {problem}.", expr.span) from None


def _typed(expr: Expression, constant: Constant) -> _Typed:
    if isinstance(expr, Name):
        return _keyword(expr), None
    if not isinstance(expr, Call):
        raise TypeExprError(
            "A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, "
            "like list(string).",
            expr.span,
        )
    if expr.name in _PRIMITIVES:
        noun = "Type constraint" if expr.name == "any" else "Primitive type"
        raise TypeExprError(f"{noun} keyword {quoted(expr.name)} does not expect arguments.", expr.span)
    if len(expr.args) != 1 and (expr.name in _COLLECTIONS or expr.name in _ARGUMENTS):
        raise TypeExprError(_without_argument(expr.name), expr.span)
    if expr.name in _COLLECTIONS:
        element, defaults = _typed(expr.args[0], constant)
        kind = _COLLECTIONS[expr.name](element)
        return kind, Defaults(kind, {}, {"": defaults}) if defaults else None
    if expr.name == "object":
        return _object(expr, constant)
    if expr.name == "tuple":
        return _tuple(expr, constant)
    if expr.name == "optional":
        raise TypeExprError('Keyword "optional" is valid only as a modifier for object type attributes.', expr.span)
    raise TypeExprError(f"Keyword {quoted(expr.name)} is not a valid type constructor.", expr.span)


def _keyword(expr: Name) -> Type:
    kind = _PRIMITIVES.get(expr.name)
    if kind is None:
        raise TypeExprError(_without_argument(expr.name), expr.span)
    return kind


def _without_argument(name: str) -> str:
    if name in _COLLECTIONS:
        return f"The {name} type constructor requires one argument specifying the element type."
    return _ARGUMENTS.get(name, f"The keyword {quoted(name)} is not a valid type specification.")


def _tuple(expr: Call, constant: Constant) -> _Typed:
    listed = expr.args[0]
    if not isinstance(listed, TupleCons):
        raise TypeExprError("Tuple type constructor requires a list of element types.", listed.span)
    parts = [_typed(item, constant) for item in listed.items]
    kind = TupleOf(tuple([part for part, _ in parts]))
    children = {str(index): defaults for index, (_, defaults) in enumerate(parts) if defaults}
    return kind, Defaults(kind, {}, children) if children else None


def _object(expr: Call, constant: Constant) -> _Typed:
    listed = expr.args[0]
    if not isinstance(listed, ObjectCons):
        raise TypeExprError(
            "Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.",
            listed.span,
        )
    attributes: dict[str, Type] = {}
    values: dict[str, Value] = {}
    children: dict[str, Defaults] = {}
    optional: set[str] = set()
    for key, item in listed.items:
        name = _attribute_name(key)
        if name in attributes:
            raise TypeExprError("Object constructor map keys must be unique.", key.span)
        inner, default = item, None
        if isinstance(item, Call) and item.name == "optional":
            inner, default = _optional(item)
            optional.add(name)
        attributes[name], nested = _typed(inner, constant)
        if nested is not None:
            children[name] = nested
        if default is not None:
            values[name] = _default(default, attributes[name], constant)
    kind = ObjectOf(attributes, frozenset(optional))
    return kind, Defaults(kind, values, children) if values or children else None


def _attribute_name(key: Expression) -> str:
    if isinstance(key, Literal) and isinstance(key.value, str):
        return key.value
    raise TypeExprError("Object constructor map keys must be attribute names.", key.span)


def _optional(call: Call) -> tuple[Expression, Expression | None]:
    if not call.args:
        raise TypeExprError("Optional attribute modifier requires the attribute type as its argument.", call.span)
    if len(call.args) > 2:
        raise TypeExprError(
            "Optional attribute modifier expects at most two arguments: the attribute type, and a default value.", call.span
        )
    return call.args[0], call.args[1] if len(call.args) == 2 else None


def _default(expr: Expression, kind: Type, constant: Constant) -> Value:
    try:
        return convert(constant(expr), kind)
    except ConstantError as problem:
        raise TypeExprError(problem.message, problem.span) from None
    except ConvertError as problem:
        raise TypeExprError(f"This default value is not compatible with the attribute's type constraint: {problem}.", expr.span) from None
