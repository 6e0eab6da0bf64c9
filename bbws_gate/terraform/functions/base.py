"""What a function of Terraform's language is: its parameters, its result type, and how it is computed.

The shape follows cty's function package (https://github.com/zclconf/go-cty/blob/v1.18.0/cty/function/function.go), so that each
implementation can be read beside its original.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bbws_gate.deferred import dataclass
from bbws_gate.repository.base import Repository
from bbws_gate.terraform.cty.types import Type
from bbws_gate.terraform.cty.values import Raw, Value


class FunctionError(Exception):
    """Terraform refuses this call.

    An implementation gives only the reason, and which argument it is about; :func:`~bbws_gate.terraform.functions.call` words the
    whole as Terraform does and sets ``summary``, the diagnostic's heading.
    """

    def __init__(self, message: str, argument: int | None = None, summary: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.argument = argument
        """Index of the argument that is at fault, when it is one."""
        self.summary = summary


class FileRefused(FunctionError):
    """A file that Terraform would read and this reader will not: neither a value nor Terraform's error is known.

    ``code`` is the problem's: FIL001 outside the checkout, FIL002 a link, HCL006 too large.
    """

    def __init__(self, message: str, argument: int | None, code: str, summary: str = "") -> None:
        super().__init__(message, argument, summary)
        self.code = code


@dataclass(frozen=True, slots=True)
class Context:
    """What a call may use besides its arguments."""

    repository: Repository
    directory: str
    """The root module's folder, POSIX and relative to the repository root: Terraform resolves relative paths against it."""
    render: Callable[[str, str, Value, bool], Value]
    """Renders a template: its text, its path for messages, its variables, and whether ``templatestring`` asks."""
    spend: Callable[[int], None]
    """Takes steps or characters from the evaluation's budget, before they are produced; raises when it is used up."""
    read_file: Callable[[str], bytes]
    """Reads a file of the repository and records that it was read; raises :class:`~bbws_gate.repository.base.Refused`."""
    decode_tfvars: Callable[[str], Mapping[str, Value]] | None = None
    """Reads the text of a ``.tfvars`` file; raises ValueError with Terraform's words."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument's place. The flags are cty's AllowNull, AllowUnknown, AllowDynamicType and AllowMarked."""

    name: str
    type: Type
    null: bool = False
    unknown: bool = False
    dynamic: bool = False
    marked: bool = False


Arguments: TypeAlias = Sequence[Value]
ResultType: TypeAlias = Callable[[Arguments], Type]
"""The type of the result, from arguments that may be unknown; raises :class:`FunctionError`."""
Implementation: TypeAlias = Callable[[Arguments, Type, Context], Value]
"""The result, from checked arguments and the type that was promised for it; raises :class:`FunctionError`."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function. A result type that depends on the arguments is a callable."""

    name: str
    parameters: tuple[Parameter, ...]
    result: Type | ResultType
    implementation: Implementation
    variadic: Parameter | None = None

    def parameter(self, position: int) -> Parameter | None:
        """The parameter that the argument at ``position`` belongs to."""
        return self.parameters[position] if position < len(self.parameters) else self.variadic


def plain(name: str, parameters: Mapping[str, Type], result: Type, compute: Callable[..., Raw]) -> Function:
    """A function of known, non-null primitives to a primitive: ``compute`` takes and gives what :class:`Value` holds in ``raw``."""

    def implementation(arguments: Arguments, promised: Type, _: Context) -> Value:
        return Value(promised, compute(*[argument.raw for argument in arguments]))

    return Function(name, tuple(Parameter(label, kind) for label, kind in parameters.items()), result, implementation)
