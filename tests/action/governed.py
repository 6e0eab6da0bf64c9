"""The bundled example under a spec that asks for people: roles, approvals, manual work, waivers."""

from __future__ import annotations

from tests.action.workspace import Workspace

SPEC = ".github/promotion.yml"
PEOPLE = """\
roles:
  tech-lead: {users: [lead]}
  dba: {users: [dba]}
  security: {users: [mallory]}
  devops-engineer: {users: [lead]}

approvals:
  - {role: tech-lead}
"""


def governed_spec(workspace: Workspace, people: str = PEOPLE) -> str:
    """The checked out example's spec with other people."""
    return workspace.read(SPEC).partition("roles:\n")[0] + people
