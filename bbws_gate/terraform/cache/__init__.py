"""Trees of files that were parsed before, by the content of the files.

``key`` says what makes two readings the same, ``encode`` and ``decode`` turn trees into bytes and back, ``lookup`` finds one or parses,
``tray`` collects what was not found. Nothing here knows where entries lie or who vouches for them: that is :mod:`bbws_gate.store`.
A run that finds everything imports neither ``encode`` nor the parsers.
"""

from bbws_gate.terraform.cache.decode import Malformed, decode
from bbws_gate.terraform.cache.key import Syntax, key_of
from bbws_gate.terraform.cache.lookup import Kept, parse, parsed, using
from bbws_gate.terraform.cache.tray import Text, Tray

__all__ = ["Kept", "Malformed", "Syntax", "Text", "Tray", "decode", "key_of", "parse", "parsed", "using"]
