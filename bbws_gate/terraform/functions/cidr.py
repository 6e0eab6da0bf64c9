"""IP network functions: Terraform's funcs/cidr.go over https://github.com/apparentlymart/go-cidr (v1.1.0)."""

from __future__ import annotations

from bbws_gate.terraform.cty.types import NUMBER, STRING, ListOf, Type
from bbws_gate.terraform.cty.values import Value, string, unknown
from bbws_gate.terraform.functions.addresses import Network, parse_network, show
from bbws_gate.terraform.functions.arguments import big_int, go_int, text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter

_WORD = (1 << 64) - 1
_MOST_BITS = 32
"""By so many bits one call may extend a prefix."""


def _network(argument: Value, position: int | None = None) -> Network:
    found = parse_network(text(argument))
    if found is None:
        raise FunctionError(f"invalid CIDR expression: invalid CIDR address: {text(argument)}", position)
    return found


def _inserted(network: Network, number: int, length: int) -> int:
    """The address with a number in the bits that end at ``length``; like Go's, negative ones in two's complement."""
    address = abs(network.address | number << (network.bits - length))
    if address >> network.bits:
        raise FunctionError("panic in function implementation: runtime error: index out of range")
    return address


def _cidrhost(arguments: Arguments, promised: Type, _: Context) -> Value:
    number = big_int(arguments[1].raw)
    network = _network(arguments[0])
    highest = (1 << (network.bits - network.prefix)) - 1
    # Only the lowest 64 bits are compared, as a signed number.
    compared = abs(number) & _WORD
    compared -= (compared >> 63) << 64
    if number < 0:
        compared = -number - 1
        number = highest - compared
    if compared > highest:
        raise FunctionError(f"prefix of {network.prefix} does not accommodate a host numbered {number}")
    length = 32 if network.is_mapped else network.bits
    return Value(promised, show(_inserted(network, number, length), network.bits))


def _cidrnetmask(arguments: Arguments, promised: Type, _: Context) -> Value:
    network = _network(arguments[0])
    if network.bits == 128 and not network.is_mapped:
        raise FunctionError(f"IPv6 addresses cannot have a netmask: {text(arguments[0])}")
    return Value(promised, show(network.mask, network.bits))


def _cidrsubnet(arguments: Arguments, promised: Type, _: Context) -> Value:
    added, number = go_int(arguments[1].raw), big_int(arguments[2].raw)
    network = _network(arguments[0])
    prefix = network.prefix + added
    if prefix > network.bits:
        raise FunctionError(f"insufficient address space to extend prefix of {network.prefix} by {added}")
    if prefix < 0:
        return unknown("cidrsubnet() of a negative prefix is not computed here", promised)
    highest = (1 << added) - 1 if 0 <= added < 64 else _WORD
    if abs(number) & _WORD > highest:
        raise FunctionError(f"prefix extension of {added} does not accommodate a subnet numbered {number}")
    return Value(promised, str(Network(_inserted(network, number, prefix), prefix, network.bits)))


def _cidrsubnets(arguments: Arguments, promised: Type, context: Context) -> Value:
    network = _network(arguments[0], 0)
    if network.is_mapped:
        return unknown("cidrsubnets() of IPv4 networks written as IPv6 is not computed here", promised)
    context.spend(8 * len(arguments))
    subnets: list[Value] = []
    current: Network | None = None
    for position, argument in enumerate(arguments[1:], 1):
        prefix = _extended(network, argument, position)
        if current is None:
            # Counting begins with the network just before.
            before = (network.address - 1) % (1 << network.bits)
            current = _subnet(before, prefix, network.bits)
        following = _after(current, prefix)
        if following == 0 or following & network.mask != network.address:
            raise FunctionError(f"not enough remaining address space for a subnet with a prefix of {prefix} bits after {current}", position)
        current = Network(following, prefix, network.bits)
        subnets.append(string(str(current)))
    return Value(promised, tuple(subnets))


def _subnet(address: int, prefix: int, bits: int) -> Network:
    free = bits - prefix
    return Network(address >> free << free, prefix, bits)


def _after(current: Network, prefix: int) -> int:
    """The first address of the next subnet with that prefix; 0 when the addresses have run out."""
    last = current.address | ((1 << (current.bits - current.prefix)) - 1)
    end = _subnet(last, prefix, current.bits).address + (1 << (current.bits - prefix))
    return end % (1 << current.bits)


def _extended(network: Network, argument: Value, position: int) -> int:
    try:
        added = go_int(argument.raw)
    except FunctionError as error:
        raise FunctionError(error.message, position) from error
    if added < 1:
        raise FunctionError("must extend prefix by at least one bit", position)
    if added > _MOST_BITS:
        raise FunctionError(f"may not extend prefix by more than {_MOST_BITS} bits", position)
    prefix = network.prefix + added
    if prefix > network.bits:
        kind = "IPv4" if network.bits == 32 else "IPv6"
        raise FunctionError(f"would extend prefix to {prefix} bits, which is too long for an {kind} address", position)
    return prefix


_PREFIX = Parameter("prefix", STRING)

FUNCTIONS = (
    Function("cidrhost", (_PREFIX, Parameter("hostnum", NUMBER)), STRING, _cidrhost),
    Function("cidrnetmask", (_PREFIX,), STRING, _cidrnetmask),
    Function("cidrsubnet", (_PREFIX, Parameter("newbits", NUMBER), Parameter("netnum", NUMBER)), STRING, _cidrsubnet),
    Function("cidrsubnets", (_PREFIX,), ListOf(STRING), _cidrsubnets, Parameter("newbits", NUMBER)),
)
