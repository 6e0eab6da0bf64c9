"""What one evaluation may cost, so that no configuration can keep the reader busy or fill its memory."""

from __future__ import annotations

from typing import Final, final

STEPS: Final = 5_000_000
"""Expression nodes evaluated, elements produced and characters written by functions, for one root module.

Among the heaviest public roots, one of a whole organisation on Google Cloud takes 2.9 million, one of a network 1.1 million; most
take some thousands.
"""
STEPS_COMPARED: Final = 500_000
"""For each environment beside the target. What needs more, and what was too much for the target itself, is left out: a configuration
that is made to keep the gate busy keeps it busy once.
"""
TEXT: Final = 32_000_000
"""Characters of all strings that templates put together."""
LONGEST: Final = 1_000_000
"""Characters of one string."""
PLAIN: Final = 2_000_000
"""Parts of all values that are handed on; parts that values share are counted wherever they occur."""
INSTANCE: Final = 200
"""Steps that an instance of a resource or module costs, besides what its arguments take."""
BLOCK: Final = 25
"""Steps that a block made by a dynamic one costs."""


class BudgetExceeded(Exception):
    """The evaluation asks for more than it may have; never caught by ``try`` or ``can``."""


@final
class Budget:
    """Counts down. Whoever is about to produce something asks first."""

    __slots__ = ("plain", "steps", "text")

    def __init__(self, steps: int = STEPS, text: int = TEXT, plain: int = PLAIN) -> None:
        self.steps = steps
        self.text = text
        self.plain = plain

    def spend(self, amount: int = 1) -> None:
        """Takes steps.

        Raises:
            BudgetExceeded: there are not that many left.
        """
        self.steps -= amount
        if self.steps < 0:
            raise BudgetExceeded("needs more evaluation steps than one configuration may take")

    def write(self, length: int) -> None:
        """Takes characters for one string.

        Raises:
            BudgetExceeded: the string, or all strings together, would be too long.
        """
        if length > LONGEST:
            raise BudgetExceeded(f"makes a string of more than {LONGEST:,} characters")
        self.text -= length
        if self.text < 0:
            raise BudgetExceeded(f"makes strings of more than {TEXT:,} characters together")

    def hand_on(self, parts: int) -> None:
        """Takes the parts of one value that leaves the evaluation.

        Raises:
            BudgetExceeded: all such values together would have too many.
        """
        self.plain -= parts
        if self.plain < 0:
            raise BudgetExceeded(f"makes values of more than {PLAIN:,} parts together")
