"""Character sets that ``textencodebase64`` and ``textdecodebase64`` know, by their IANA names.

The names are those of https://pkg.go.dev/golang.org/x/text/encoding/ianaindex. Python's codecs give the single-byte sets, with the
three bytes that Go reads otherwise set right. The East Asian sets differ in more places: of them only ASCII text is computed.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import Final

from bbws_gate.deferred import dataclass

_CHARSETS: Final = """
US-ASCII ascii ansi_x3.4-1968 ansi_x3.4-1986 cp367 csascii ibm367 iso-ir-6 iso646-us iso_646.irv:1991 us
UTF-8 utf-8 csutf8
UTF-16 utf-16 csutf16
UTF-16BE utf-16-be csutf16be
UTF-16LE utf-16-le csutf16le
IBM037 cp037 cp037 csibm037 ebcdic-cp-ca ebcdic-cp-nl ebcdic-cp-us ebcdic-cp-wt
IBM437 cp437 437 cp437 cspc8codepage437
IBM850 cp850 850 cp850 cspc850multilingual
IBM852 cp852 852 cp852 cspcp852
IBM855 cp855 855 cp855 csibm855
IBM00858 cp858 ccsid00858 cp00858 csibm00858 pc-multilingual-850+euro
IBM860 cp860 860 cp860 csibm860
IBM862 cp862 862 cp862 cspc862latinhebrew
IBM863 cp863 863 cp863 csibm863
IBM865 cp865 865 cp865 csibm865
IBM866 cp866 866 cp866 csibm866
IBM1047 ? csibm1047 ibm-1047
IBM01140 cp1140 ccsid01140 cp01140 csibm01140 ebcdic-us-37+euro
ISO_8859-1:1987 iso8859-1 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso_8859-1 l1 latin1
ISO_8859-2:1987 iso8859-2 csisolatin2 iso-8859-2 iso-ir-101 iso_8859-2 l2 latin2
ISO_8859-3:1988 iso8859-3 csisolatin3 iso-8859-3 iso-ir-109 iso_8859-3 l3 latin3
ISO_8859-4:1988 iso8859-4 csisolatin4 iso-8859-4 iso-ir-110 iso_8859-4 l4 latin4
ISO_8859-5:1988 iso8859-5 csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso_8859-5
ISO_8859-6:1987 iso8859-6 arabic asmo-708 csisolatinarabic ecma-114 iso-8859-6 iso-ir-127 iso_8859-6
ISO_8859-6-E iso8859-6 csiso88596e iso-8859-6-e
ISO_8859-6-I iso8859-6 csiso88596i iso-8859-6-i
ISO_8859-7:1987 iso8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso_8859-7
ISO_8859-8:1988 iso8859-8 csisolatinhebrew hebrew iso-8859-8 iso-ir-138 iso_8859-8
ISO_8859-8-E iso8859-8 csiso88598e iso-8859-8-e
ISO_8859-8-I iso8859-8 csiso88598i iso-8859-8-i
ISO_8859-9:1989 iso8859-9 csisolatin5 iso-8859-9 iso-ir-148 iso_8859-9 l5 latin5
ISO-8859-10 iso8859-10 csisolatin6 iso-ir-157 iso_8859-10:1992 l6 latin6
ISO-8859-13 iso8859-13 csiso885913
ISO-8859-14 iso8859-14 csiso885914 iso-celtic iso-ir-199 iso_8859-14 iso_8859-14:1998 l8 latin8
ISO-8859-15 iso8859-15 csiso885915 iso_8859-15 latin-9
ISO-8859-16 iso8859-16 csiso885916 iso-ir-226 iso_8859-16 iso_8859-16:2001 l10 latin10
KOI8-R koi8-r cskoi8r
KOI8-U koi8-u cskoi8u
macintosh mac_roman csmacintosh mac
windows-874 cp874 cswindows874
windows-1250 cp1250 cswindows1250
windows-1251 cp1251 cswindows1251
windows-1252 cp1252 cswindows1252
windows-1253 cp1253 cswindows1253
windows-1254 cp1254 cswindows1254
windows-1255 cp1255 cswindows1255
windows-1256 cp1256 cswindows1256
windows-1257 cp1257 cswindows1257
windows-1258 cp1258 cswindows1258
Extended_UNIX_Code_Packed_Format_for_Japanese * cseucpkdfmtjapanese euc-jp
ISO-2022-JP * csiso2022jp
Shift_JIS * csshiftjis ms_kanji
EUC-KR * cseuckr
GB18030 * csgb18030
GBK * cp936 csgbk ms936 windows-936
HZ-GB-2312 *
Big5 * csbig5
"""
"""Canonical name, codec and aliases: codec ``*`` for a set that extends ASCII in its own way, ``?`` for one that Python lacks."""

_CORRECTIONS: Final = {"KOI8-U": {0xAE: "ў", 0xBE: "Ў"}, "windows-1255": {0xCA: "\u05ba"}}
_REPLACEMENT: Final = "\ufffd"
_ESCAPING: Final = {"HZ-GB-2312": "~", "ISO-2022-JP": "\x0e\x0f\x1b"}
"""ASCII characters that these sets use for something else."""


class NotComputed(Exception):
    """Terraform knows the answer, this module does not."""


@dataclass(frozen=True, slots=True)
class Charset:
    """One character set."""

    name: str
    codec: str

    def encode(self, text: str) -> bytes | None:
        """``text`` in this set; None when it has a character that the set lacks.

        Raises:
            NotComputed: for text that this module cannot encode.
        """
        if self.codec in "*?":
            return self._ascii(text).encode()
        if self.codec == "utf-16":
            return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
        if self.codec.startswith("utf"):
            return text.encode(self.codec)
        table = self._encoding()
        encoded = [table.get(character) for character in text]
        return bytes([code for code in encoded if code is not None]) if None not in encoded else None

    def decode(self, data: bytes) -> str | None:
        """The text that ``data`` stands for; None when it stands for none.

        Raises:
            NotComputed: for data that this module cannot decode.
        """
        if self.codec in "*?":
            return self._ascii(data.decode("latin-1"))
        if self.codec == "utf-16":
            swapped = data.startswith(codecs.BOM_UTF16_LE)
            marked = swapped or data.startswith(codecs.BOM_UTF16_BE)
            return _strict(data[2 * marked :], "utf-16-le" if swapped else "utf-16-be")
        if self.codec.startswith("utf"):
            return _strict(data, self.codec)
        table = _decoding(self)
        decoded = [table[byte] for byte in data]
        return None if _REPLACEMENT in decoded else "".join(decoded)

    def _ascii(self, text: str) -> str:
        if self.codec == "?" or not text.isascii() or any(character in text for character in _ESCAPING.get(self.name, "")):
            raise NotComputed(f"text in {self.name} is not computed here")
        return text

    def _encoding(self) -> dict[str, int]:
        return {character: byte for byte, character in enumerate(_decoding(self)) if character != _REPLACEMENT}


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if _REPLACEMENT in text else text


@cache
def _decoding(charset: Charset) -> list[str]:
    """The character of every byte."""
    table = [bytes([byte]).decode(charset.codec, "replace") for byte in range(256)]
    if charset.codec.startswith("iso8859-") and charset.codec != "iso8859-1":
        # Go leaves the C1 controls of these sets undefined.
        table[0x80:0xA0] = [_REPLACEMENT] * 0x20
    for byte, character in _CORRECTIONS.get(charset.name, {}).items():
        table[byte] = character
    return table


@cache
def _names() -> dict[str, Charset]:
    found = {}
    for line in _CHARSETS.strip().splitlines():
        name, codec, *aliases = line.split()
        found.update(dict.fromkeys((name.lower(), *aliases), Charset(name, codec)))
    return found


def charset(name: str) -> Charset | None:
    """The character set of that IANA name or alias, in whatever case; None when Terraform supports none."""
    return _names().get(name.strip().lower())
