"""One environment of the draft: account, region, files, state, workflow, script, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.draft.ground import Ground, Surroundings, fits
from bbws_gate.draft.plan import Target
from bbws_gate.draft.stated import Remark, Stated, as_in
from bbws_gate.draft.yaml_text import Block, Entry, Note, Value
from bbws_gate.evidence.given import given_elsewhere
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.statements import Statement, account_statements, region_statements
from bbws_gate.spec.words import Account, Day, NamePattern, Region
from bbws_gate.terraform.stack import Plain

_BACKEND = {
    "bucket": "bucket",
    "key": "key",
    "region": "region",
    "lock_table": "dynamodb_table",
    "lock_file": "use_lockfile",
    "encrypt": "encrypt",
}
"""The spec's words and those of Terraform's S3 backend."""
_PLACEHOLDER = regex(r"\{\{.*\}\}|\$\{|<[^<>]+>|__[A-Za-z]\w*__|(?i:change[-_ ]?me|replace[-_ ]?(?:me|with))")
"""Texts that somebody, or a tool, is to put something in place of."""
_TERRAFORM = (".tf", ".tf.json", ".tfvars", ".tfvars.json")


class Targets:
    """Settles what environments are, so that what is drafted for one agrees with what the files say about all."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.remarks: list[Remark] = []
        self._accounts = self._settled(
            "account", {name: list(account_statements(project)) for name, project in ground.environments.items()}
        )
        self._regions = self._settled("region", {name: list(region_statements(project)) for name, project in ground.environments.items()})

    def block(self, name: str, tables: Block | None) -> Block:
        """The entries of one environment."""
        around, target = self._ground.surroundings[name], self._target(name)
        project = self._ground.environments[name]
        parts: list[Entry | Note] = []
        for key, kind, planned, coded in (
            ("account", Account, target.account, self._accounts.get(name)),
            ("region", Region, target.region, self._regions.get(name)),
        ):
            stated = planned if planned is not None and fits(kind, planned.value) else coded
            if stated is not None:
                parts.append(Entry(key, stated.value, stated.note))
        parts += self._files(around)
        if given_elsewhere(project):
            parts.append(
                Note("no value file of this environment is in git: what follows from its variables stays unverified; see var_files")
            )
        backend = _backend(project, around)
        if backend.settings:
            parts.append(Entry("backend", backend.settings))
        if backend.to_fill_in:
            parts.append(Note(f"backend: {', '.join(backend.to_fill_in)} left out, a text to fill in stands there"))
        parts += _deployment(around)
        parts += _dates(target)
        if tables is not None:
            parts.append(Entry("tables", tables))
        return Block(tuple(parts))

    def _target(self, name: str) -> Target:
        return self._ground.wanted.targets[name] if self._ground.wanted is not None else Target()

    def _files(self, around: Surroundings) -> Iterator[Entry]:
        if around.deployment.workspace is not None and around.deployment.workspace.value:
            yield Entry("workspace", around.deployment.workspace.value, around.deployment.workspace.note)
        if around.var_files:
            yield Entry("var_files", around.var_files, "assumed: found by name")

    def _settled(self, what: str, statements: Mapping[str, list[Statement]]) -> dict[str, Stated[str]]:
        """The value of each environment that nothing contradicts; a remark where something does."""
        kind = Account if what == "account" else Region
        chosen = {name: found for name, said in statements.items() if (found := _chosen(said, kind)) is not None}
        settled = {}
        for name, (value, statement) in chosen.items():
            against = next((other for other in statements[name] if not self._agrees(other, value, name, chosen)), None)
            if against is None:
                settled[name] = Stated(value, as_in(statement.origin))
            elif getattr(self._target(name), what) is None:
                text = f"{what} {', '.join(against.values)} for {name}, where {statement.origin} says {value}; the draft names neither"
                self.remarks.append(Remark(against.evidence.place, text))
        return settled

    def _agrees(self, statement: Statement, value: str, name: str, chosen: Mapping[str, tuple[str, Statement]]) -> bool:
        if not statement.values or value in statement.values:
            return True
        return any(
            chosen[other][0] in statement.values
            for other in chosen
            if other != name and statement.origin.path in _shared_files(self._ground.surroundings[other])
        )


def _shared_files(around: Surroundings) -> set[str]:
    return {stated.value for stated in (around.workflow, around.validation_script) if stated is not None}


def _chosen(statements: Iterable[Statement], kind: object) -> tuple[str, Statement] | None:
    """What the Terraform says, else what anything says; None where that is not one value."""
    said = [statement for statement in statements if statement.values]
    coded = [statement for statement in said if statement.origin.path.endswith(_TERRAFORM)] or said
    shared = [value for value in (coded[0].values if coded else ()) if all(value in other.values for other in coded)]
    return (shared[0], coded[0]) if len(shared) == 1 and fits(kind, shared[0]) else None


class _Backend(NamedTuple):
    """What files tell of the state's settings."""

    settings: dict[str, Value]
    """Empty where the Terraform has no backend."""
    to_fill_in: tuple[str, ...] = ()
    """The settings that hold a placeholder."""


def _backend(project: ProjectEvidence, around: Surroundings) -> _Backend:
    backend = project.stack.backend
    if backend is None:
        return _Backend({})
    found: dict[str, Value] = {} if backend.type == "s3" else {"type": backend.type}
    given: dict[str, Plain] = {each.name: each.value.value for init in project.state_settings for each in init.laid if each.name}
    # The command line's value wins over the block's.
    said = {**backend.attributes, **given}
    words = {word: said.get(argument) for word, argument in _BACKEND.items()} if backend.type == "s3" else {}
    to_fill_in = tuple(word for word, value in words.items() if isinstance(value, str) and _PLACEHOLDER.search(value))
    settings = {word: _setting(word, value) for word, value in words.items() if word not in to_fill_in}
    found |= {word: value for word, value in settings.items() if value is not None}
    if around.backend_files:
        found["config_files"] = around.backend_files
    return _Backend(found, to_fill_in)


def _setting(word: str, value: Plain) -> str | bool | None:
    """A setting as the spec has it; None where files do not tell it."""
    if word in {"lock_file", "encrypt"}:
        return {"true": True, "false": False}.get(str(value).lower()) if isinstance(value, bool | str) else None
    return value if isinstance(value, str) and value and (word != "region" or fits(Region, value)) else None


def _deployment(around: Surroundings) -> Iterator[Entry]:
    if around.workflow is not None:
        workflow: dict[str, Value] = {"path": around.workflow.value}
        note = around.workflow.note
        if around.approval_environment is not None:
            workflow["approval_environment"] = around.approval_environment.value
        else:
            note += "; add approval_environment: without it nobody's approval is checked"
        yield Entry("workflow", workflow, note)
    if around.validation_script is not None:
        yield Entry("validation_script", around.validation_script.value, around.validation_script.note)


def _dates(target: Target) -> Iterator[Entry]:
    for key, kind, stated in (("release_tag", NamePattern, target.release_tag), ("target_date", Day, target.target_date)):
        if stated is not None and fits(kind, stated.value):
            yield Entry(key, stated.value, stated.note)
