"""What ``terraform init`` lays over the backend block: files and pairs of ``-backend-config``, the later ones over the earlier ones.

https://developer.hashicorp.com/terraform/language/backend#partial-configuration
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.signs import Checkout
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.model import Evidence


class Laid(NamedTuple):
    """One ``-backend-config``."""

    name: str
    """The argument that a pair sets; empty for a file."""
    value: Resolved
    """The pair's value, or the file's path relative to the repository root."""
    is_there: bool
    """Whether a file is in the repository."""


class StateSettings(NamedTuple):
    """What one ``terraform init`` lays over the block, in order."""

    command: TerraformCommand
    laid: tuple[Laid, ...]

    def last(self, argument: str, source: str) -> Laid | None:
        """What has the last word on an argument; None where it is the block.

        Args:
            argument: the backend's: ``key``.
            source: the file of the repository that sets the argument otherwise; files that are not it do not set it.
        """
        for each in reversed(self.laid):
            if each.name == argument or (not each.name and (each.value.value == source or not each.is_there)):
                return each
        return None

    def evidence(self, laid: Laid) -> Evidence:
        """The line of the command, and what it lays over."""
        value = laid.value | "unknown"
        return Evidence(self.command.run.place, f"-backend-config={laid.name}={value}" if laid.name else f"-backend-config={value}")


def state_settings(commands: tuple[TerraformCommand, ...], checkout: Checkout) -> Iterator[StateSettings]:
    """The settings of a job's state: of each ``terraform init`` on the root module that is not followed by another at once.

    Args:
        commands: the job's.
        checkout: the repository.
    """
    here = [command for command in commands if checkout.holds(command) and command.subcommand not in ("version", "fmt")]
    for number, command in enumerate(here):
        if command.subcommand != "init" or command.is_without_backend:
            continue
        is_repeated = number + 1 < len(here) and here[number + 1].subcommand == "init" and not command.run.tested
        if not is_repeated:
            laid = tuple(
                Laid(name, value, value.value is not None and value.value in checkout.files)
                for name, value in command.laid_over("backend-config")
            )
            yield StateSettings(command, laid)
