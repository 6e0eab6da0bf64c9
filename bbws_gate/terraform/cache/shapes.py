"""What the fields of each syntax node hold: the codec's only knowledge of the tree."""

from __future__ import annotations

from enum import Enum
from typing import Final

from bbws_gate.terraform import syntax
from bbws_gate.terraform.syntax import Node


class Holds(Enum):
    """The content of a field."""

    VALUE = "a constant, a name, a name or None"
    NODE = "a node"
    OPTIONAL = "a node or None"
    NODES = "a tuple of nodes"
    PAIRS = "a tuple of pairs of nodes"
    WORDS = "a tuple of strings"
    FLAG = "True or False"
    SPAN = "a span"


_VALUE, _NODE, _OPTIONAL, _NODES = Holds.VALUE, Holds.NODE, Holds.OPTIONAL, Holds.NODES
_PAIRS, _WORDS, _FLAG, _SPAN = Holds.PAIRS, Holds.WORDS, Holds.FLAG, Holds.SPAN

SHAPES: Final[dict[type[Node], tuple[Holds, ...]]] = {
    syntax.Literal: (_VALUE, _SPAN),
    syntax.Template: (_NODES, _SPAN),
    syntax.IfDirective: (_NODE, _NODES, _NODES, _SPAN),
    syntax.ForDirective: (_VALUE, _VALUE, _NODE, _NODES, _SPAN),
    syntax.Name: (_VALUE, _SPAN),
    syntax.GetAttr: (_NODE, _VALUE, _SPAN),
    syntax.Index: (_NODE, _NODE, _SPAN),
    syntax.Splat: (_NODE, _NODE, _SPAN),
    syntax.SplatItem: (_SPAN,),
    syntax.Call: (_VALUE, _NODES, _FLAG, _SPAN),
    syntax.Conditional: (_NODE, _NODE, _NODE, _SPAN),
    syntax.Binary: (_VALUE, _NODE, _NODE, _SPAN),
    syntax.Unary: (_VALUE, _NODE, _SPAN),
    syntax.TupleCons: (_NODES, _SPAN),
    syntax.ObjectCons: (_PAIRS, _SPAN),
    syntax.ForTuple: (_VALUE, _VALUE, _NODE, _NODE, _OPTIONAL, _SPAN),
    syntax.ForObject: (_VALUE, _VALUE, _NODE, _NODE, _NODE, _FLAG, _OPTIONAL, _SPAN),
    syntax.Attribute: (_VALUE, _NODE, _SPAN),
    syntax.Block: (_VALUE, _WORDS, _NODE, _SPAN, _SPAN),
    syntax.Body: (_NODES, _NODES, _SPAN),
}
"""Every class of node with its fields in the order of its constructor."""
FRACTION: Final = "fraction"
INTEGER: Final = "integer"
"""Numbers of JSON are no place for 150 digits: they go as text, in an object with one of these keys."""
TYPES: Final = tuple(SHAPES)
NUMBER_OF: Final = {kind: number for number, kind in enumerate(TYPES)}
