"""Letters of another alphabet among Latin ones: they look the same to people and are another name to machines.

Unicode calls such words mixed-script confusables: https://www.unicode.org/reports/tr39/#Mixed_Script_Detection
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import observe
from bbws_gate.checks.outcomes import failed
from bbws_gate.deferred import regex
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity

_WORD = regex(r"[^\W\d_]+")
_ALPHABETS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
_DISGUISED = ("FULLWIDTH LATIN", "MATHEMATICAL")
"""Latin letters that are written as other characters."""
_NAMES = ("name", "bucket", "function_name", "identifier", "cluster_identifier", "repository_name", "table_name")


@check(
    "NAM003",
    "look-alike-letters",
    severity=Severity.MEDIUM,
    category="Naming",
    work=works.NAMING,
    why="Whoever reads the name takes it for another one; what asks for the right name does not find it.",
    clear="Write the name in Latin letters.",
)
def look_alike_letters(project: ProjectEvidence) -> Iterator[Outcome]:
    """Addresses of resources, and the arguments that name them: words that mix Latin letters with those of another alphabet that look like
    them, and full-width or mathematical letters. The characters are told by their numbers. Words of one alphabet are left alone.
    """
    for resource in project.stack.resources:
        names = {
            key: letters for key in _NAMES if isinstance(value := resource.attributes.get(key), str) and (letters := look_alikes(value))
        }
        found = dict.fromkeys((*look_alikes(resource.address), *(letter for letters in names.values() for letter in letters)))
        if found:
            shown = ", ".join(f"U+{ord(letter):04X} {unicodedata.name(letter)}" for letter in list(found)[:5])
            yield failed(
                f"resource/{resource.address}/letters",
                f"{resource.address} is named in letters of one alphabet",
                *(observe(resource, key).evidence for key in names),
                Evidence(resource.place, shown),
                title=f"The name of {resource.address} holds letters that only look Latin: {shown}",
                expected="letters of one alphabet",
                actual=shown,
            )


def look_alikes(text: str) -> list[str]:
    """The letters of a text that pass for others in their word."""
    if text.isascii():
        return []
    found = []
    for word in _WORD.findall(text):
        names = [unicodedata.name(letter, "") for letter in word]
        is_mixed = any(name.startswith("LATIN") for name in names)
        foreign = (*_DISGUISED, *_ALPHABETS) if is_mixed else _DISGUISED
        found += [letter for letter, name in zip(word, names, strict=True) if name.startswith(foreign)]
    return found
