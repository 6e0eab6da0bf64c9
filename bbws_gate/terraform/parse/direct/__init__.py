"""The short way from text to tree: whole lines matched at once, expressions by recursive descent.

Most of what people write has few shapes. This package reads those, several times faster than the scanner and python-hcl2's tables, and
makes the very same nodes. Whatever else it meets, anything wrong included, it leaves to them: it raises :class:`Unread`, and the file is
read again from the start. So the tables alone decide what is refused, and with which words. Tests compare the two ways node by node.
"""

from bbws_gate.terraform.parse.direct.bodies import read_body
from bbws_gate.terraform.parse.direct.cursor import Unread

__all__ = ["Unread", "read_body"]
