"""YAML and JSON text as trees of nodes that know their lines; hostile text ends in one :class:`Malformed`, never in a bomb."""

from bbws_gate.notation.node import Malformed, Mapping, Node, Plain, Scalar, Sequence

__all__ = ["Malformed", "Mapping", "Node", "Plain", "Scalar", "Sequence"]
