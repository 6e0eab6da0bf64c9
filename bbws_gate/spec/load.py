"""From the bytes of a spec to the spec, or to one error that names every line to mend."""

from __future__ import annotations

import hashlib

from bbws_gate.deferred import dataclass
from bbws_gate.errors import SpecError
from bbws_gate.model import Evidence, Place
from bbws_gate.notation import Malformed, Mapping
from bbws_gate.notation import json as json_text
from bbws_gate.notation import yaml as yaml_text
from bbws_gate.notation.node import Plain, plain
from bbws_gate.spec.complaint import Complaint, from_pydantic, spec_error
from bbws_gate.spec.promotion import PromotionSpec
from bbws_gate.spec.references import broken_references, roles_without_people
from bbws_gate.spec.tree import SpecTree


@dataclass(frozen=True, slots=True)
class LoadedSpec:
    """A valid spec and where it stands."""

    spec: PromotionSpec
    path: str
    """As given: repository-relative, or ``owner/repo:path@ref``."""
    digest: str
    """sha256 of the bytes, hexadecimal."""
    tree: SpecTree
    warnings: tuple[tuple[Place, str], ...]
    """What is not wrong but will hurt: roles that nobody has."""

    def place(self, *keys: str | int) -> Place:
        """The line of a key: ``place("expect", "tables", "required", "orders")``; see :meth:`SpecTree.place`."""
        return self.tree.place(*keys)

    def evidence(self, *keys: str | int) -> Evidence:
        """A key's line with what is written there."""
        return self.tree.evidence(*keys)


def load_spec(text: bytes, path: str) -> LoadedSpec:
    """The spec in ``text``, YAML or JSON.

    Raises:
        SpecError: not YAML, not version 1, an unknown or missing key, a wrong value, a broken reference, or nothing expected.
            One line for each complaint: ``.github/promotion.yml:14: unknown key 'requierd' in expect.tables (did you mean 'required'?)``.
    """
    try:
        root = json_text.parse(text, path) if path.endswith(".json") else yaml_text.parse(text, path)
    except Malformed as malformed:
        raise SpecError(malformed.why, where=str(Place(path, malformed.line, malformed.line))) from malformed
    tree = SpecTree(root, path)
    if not isinstance(root, Mapping):
        raise SpecError("the spec is empty" if plain(root) is None else "the spec is not a mapping of keys", where=path)
    spec = _validated(plain(root), tree)
    complaints = tuple(broken_references(spec))
    if complaints:
        raise spec_error(complaints, tree)
    warnings = tuple(
        (tree.place(*location), f"role {role!r} has neither users nor teams in roles: nobody can act in it")
        for location, role in roles_without_people(spec)
    )
    return LoadedSpec(spec, path, hashlib.sha256(text).hexdigest(), tree, warnings)


def _validated(values: Plain, tree: SpecTree) -> PromotionSpec:
    version = values.get("version") if isinstance(values, dict) else None
    if version != 1 or isinstance(version, bool):
        # Said alone: the keys of another version would only add noise.
        what = "'version' is missing" if version is None else f"version {version!s:.40} is not one that this tool reads"
        raise spec_error([Complaint(("version",), f"{what} (write version: 1)")], tree)
    try:
        return PromotionSpec.model_validate(values)
    except ValueError as error:
        from pydantic import ValidationError  # loaded only for a spec that is wrong

        if not isinstance(error, ValidationError):
            raise
        raise spec_error(from_pydantic(error.errors(include_url=False, include_context=False), PromotionSpec), tree) from error
