"""IP networks, read as Terraform reads them: with leading zeros in IPv4 octets, which Go itself refuses by now.

https://github.com/hashicorp/terraform/blob/v1.15.5/internal/ipaddr/ip.go
"""

from __future__ import annotations

import ipaddress
from typing import Final

from bbws_gate.deferred import NamedTuple, regex

_TOO_BIG: Final = 0xFFFFFF
_IPV4: Final = regex(r"([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)")
_GROUP: Final = regex(r"[0-9a-fA-F]+")
_MAPPED: Final = 0xFFFF


class Network(NamedTuple):
    """A network's address, the length of its prefix, and how many bits its kind of address has."""

    address: int
    prefix: int
    bits: int

    @property
    def mask(self) -> int:
        """The prefix's bits."""
        return _mask(self.prefix, self.bits)

    @property
    def is_mapped(self) -> bool:
        """Whether it is an IPv4 network written as IPv6, which Go takes for IPv4 in some places."""
        return self.bits == 128 and self.address >> 32 == _MAPPED

    def __str__(self) -> str:
        prefix = self.prefix - 96 if self.is_mapped and self.prefix >= 96 else self.prefix
        return f"{show(self.address, self.bits)}/{prefix}"


def _mask(prefix: int, bits: int) -> int:
    return ((1 << prefix) - 1) << (bits - prefix)


def show(address: int, bits: int) -> str:
    """An address as Go writes it."""
    if bits == 32:
        return str(ipaddress.IPv4Address(address))
    if address >> 32 == _MAPPED:
        return str(ipaddress.IPv4Address(address & 0xFFFFFFFF))
    return ipaddress.IPv6Address(address).compressed


def parse_network(text: str) -> Network | None:
    """The network that ``address/prefix`` lies in; None for anything else."""
    address, slash, length = text.partition("/")
    if not slash or not length.isascii() or not length.isdecimal():
        return None
    value, bits = _ipv4(address), 32
    if value is None:
        value, bits = _ipv6(address), 128
    # So many digits are more than any prefix, unless they are zeros.
    prefix = int(length) if len(length.lstrip("0")) < 9 else _TOO_BIG
    if value is None or prefix > bits:
        return None
    return Network(value & _mask(prefix, bits), prefix, bits)


def _ipv4(text: str) -> int | None:
    match = _IPV4.fullmatch(text)
    octets = [octet.lstrip("0") or "0" for octet in match.groups()] if match and text.isascii() else []
    if not octets or any(len(octet) > 3 or int(octet) > 0xFF for octet in octets):
        return None
    return int.from_bytes(bytes(map(int, octets)), "big")


def _ipv6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    if "::" in tail or (gap and tail.startswith(":")):
        return None
    before = _groups(head, last=not gap)
    after = _groups(tail, last=True) if gap else []
    if before is None or after is None:
        return None
    missing = 8 - len(before) - len(after)
    if missing < bool(gap) or (missing and not gap):
        return None
    value = 0
    for group in [*before, *([0] * missing), *after]:
        value = value << 16 | group
    return value


def _groups(text: str, *, last: bool) -> list[int] | None:
    """Groups of 16 bits between colons; at the end of the address the last may be two of them, written as IPv4."""
    if not text:
        return []
    groups: list[int] = []
    parts = text.split(":")
    for index, part in enumerate(parts):
        if last and index == len(parts) - 1 and "." in part:
            embedded = _ipv4(part)
            if embedded is None:
                return None
            groups += [embedded >> 16, embedded & 0xFFFF]
            continue
        digits = part.lstrip("0") or "0"
        if not _GROUP.fullmatch(part) or len(digits) > 4:
            return None
        groups.append(int(digits, 16))
    return groups
