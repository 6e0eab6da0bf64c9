"""Reads GitHub Actions workflows.

Syntax: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

from bbws_gate.deferred import replace
from bbws_gate.evidence.expression import Scope
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.handed_on import handed_on
from bbws_gate.evidence.matrix import legs
from bbws_gate.evidence.workflow_parts import Input, Job, Permissions, Step, Texts, Trigger, Workflow
from bbws_gate.model import Place
from bbws_gate.notation import Malformed, Node, Scalar, Sequence, yaml
from bbws_gate.notation import Mapping as MappingNode

__all__ = ["Input", "Job", "Permissions", "Step", "Trigger", "Workflow", "parse_workflow"]


def parse_workflow(text: bytes, path: str) -> Workflow:
    """The workflow in ``text``.

    Raises:
        Malformed: not sound YAML, or not a mapping of keys.
    """
    root = yaml.parse(text, path, aliases=True)
    if not isinstance(root, MappingNode):
        raise Malformed(path, 1, "not a workflow: no keys at the top")
    return _Reader(path).workflow(root)


class _Reader:
    """Reads one file; collects what is not understood."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._problems: list[Fact[str]] = []

    def workflow(self, root: MappingNode) -> Workflow:
        triggers, inputs = self._triggers(root)
        env = self._texts(root.get("env"))
        defaults = {name: entry.default for name, entry in inputs.items()}
        jobs = root.get("jobs")
        if not isinstance(jobs, MappingNode):
            self._problem("no jobs", root.line)
            jobs = MappingNode({}, {}, root.line, root.line)
        run_defaults = self._run_defaults(root)
        found = {
            name: self._job(name, jobs.lines[name], node, Scope(env, defaults), run_defaults)
            for name, node in jobs.items.items()
            if isinstance(node, MappingNode)
        }
        for job in found.values():
            for need in job.needs:
                if need.value not in found:
                    self._problem(f"job {job.id} needs {need.value!r:.60}, which does not exist", need.place.line)
        return Workflow(
            path=self._path,
            name=_string(root.get("name")),
            triggers=triggers,
            inputs=inputs,
            permissions=self._permissions(root),
            env=env,
            concurrency=self._group(root),
            jobs=found,
            problems=tuple(self._problems),
        )

    def _problem(self, what: str, line: int) -> None:
        self._problems.append(Fact(what, Place(self._path, line, line)))

    def _place(self, node: Node, line: int | None = None) -> Place:
        return Place(self._path, line or node.line, max(line or node.line, node.end_line))

    def _text(self, parent: MappingNode, key: str) -> Fact[str] | None:
        node = parent.get(key)
        if not isinstance(node, Scalar) or node.value is None:
            return None
        line = parent.lines[key]
        return Fact(_scalar(node), Place(self._path, line, line))

    def _texts(self, node: Node | None) -> dict[str, Fact[str]]:
        if not isinstance(node, MappingNode):
            return {}
        return {key: fact for key in node.items if (fact := self._text(node, key)) is not None}

    def _list(self, node: Node | None) -> tuple[Fact[str], ...]:
        """A scalar or a list of scalars."""
        items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
        return tuple(
            Fact(_scalar(item), Place(self._path, item.line, item.line))
            for item in items
            if isinstance(item, Scalar) and item.value is not None
        )

    def _triggers(self, root: MappingNode) -> tuple[tuple[Trigger, ...], dict[str, Input]]:
        node = root.get("on")
        if node is None:
            self._problem("no triggers (on)", root.line)
            return (), {}
        if not isinstance(node, MappingNode):
            return tuple(Trigger(name.value, name.place, {}) for name in self._list(node)), {}
        triggers: list[Trigger] = []
        inputs: dict[str, Input] = {}
        for name, event in node.items.items():
            filters = {key: self._list(value) for key, value in event.items.items()} if isinstance(event, MappingNode) else {}
            if isinstance(event, Sequence):  # schedule: [{cron: ...}]
                filters = {
                    "cron": tuple(fact for item in event.items if isinstance(item, MappingNode) for fact in self._list(item.get("cron")))
                }
            triggers.append(Trigger(name, self._place(event, node.lines[name]), {key: found for key, found in filters.items() if found}))
            if name in {"workflow_dispatch", "workflow_call"} and isinstance(event, MappingNode):
                inputs |= self._inputs(event.get("inputs"))
        return tuple(triggers), inputs

    def _inputs(self, node: Node | None) -> dict[str, Input]:
        found: dict[str, Input] = {}
        for name, entry in node.items.items() if isinstance(node, MappingNode) else ():
            inner = entry if isinstance(entry, MappingNode) else MappingNode({}, {}, entry.line, entry.line)
            line = node.lines[name] if isinstance(node, MappingNode) else entry.line
            found[name] = Input(
                name=name,
                place=self._place(entry, line),
                type=_string(inner.get("type")) or "string",
                required=_is_true(inner.get("required")),
                default=self._text(inner, "default"),
                options=tuple(option.value for option in self._list(inner.get("options"))),
            )
        return found

    def _permissions(self, parent: MappingNode) -> Permissions | None:
        node = parent.get("permissions")
        if node is None:
            return None
        everything = _string(node) if isinstance(node, Scalar) else None
        return Permissions(self._place(node, parent.lines["permissions"]), everything, self._texts(node))

    def _group(self, parent: MappingNode) -> Fact[str] | None:
        node = parent.get("concurrency")
        if isinstance(node, MappingNode):
            return self._text(node, "group")
        return self._text(parent, "concurrency")

    def _run_defaults(self, parent: MappingNode) -> Texts:
        defaults = parent.get("defaults")
        return self._texts(defaults.get("run")) if isinstance(defaults, MappingNode) else {}

    def _job(self, name: str, line: int, node: MappingNode, scope: Scope, defaults: Texts) -> Job:
        own = Scope({**scope.env, **self._texts(node.get("env"))}, scope.inputs, self._matrix(node))
        run_defaults = {**defaults, **self._run_defaults(node)}
        environment = node.get("environment")
        named = self._text(environment, "name") if isinstance(environment, MappingNode) else self._text(node, "environment")
        return Job(
            id=name,
            place=self._place(node, line),
            name=_string(node.get("name")),
            needs=self._list(node.get("needs")),
            condition=self._text(node, "if"),
            environment=named,
            permissions=self._permissions(node),
            uses=self._text(node, "uses"),
            inputs=self._texts(node.get("with")),
            steps=self._steps(node, own, run_defaults),
            continue_on_error=self._tolerance(node),
            concurrency=self._group(node),
            runs_on=next(iter(self._list(node.get("runs-on"))), None),
            timeout=self._text(node, "timeout-minutes"),
            scope=own,
            legs=legs(_matrix_of(node), self._path),
        )

    def _matrix(self, job: MappingNode) -> dict[str, Fact[str] | None]:
        matrix = _matrix_of(job)
        if not isinstance(matrix, MappingNode):
            return {}
        found = {key: self._list(node) for key, node in matrix.items.items() if key not in ("include", "exclude")}
        values = {key: of[0] if len(of) == 1 else None for key, of in found.items()}
        added = matrix.get("include")
        entries = [entry for entry in added.items if isinstance(entry, MappingNode)] if isinstance(added, Sequence) else []
        for entry in entries:
            # With one combination an entry is that combination; with more, which of them a job gets is not followed.
            values |= {key: self._text(entry, key) if len(entries) == 1 and not found else None for key in entry.items}
        return values

    def _tolerance(self, node: MappingNode) -> Fact[str] | None:
        found = self._text(node, "continue-on-error")
        return None if found is None or found.value == "false" else found

    def _steps(self, job: MappingNode, scope: Scope, defaults: Texts) -> tuple[Step, ...]:
        node = job.get("steps")
        steps: list[Step] = []
        for number, item in enumerate(node.items if isinstance(node, Sequence) else (), 1):
            if not isinstance(item, MappingNode):
                self._problem("a step without keys", item.line)
                continue
            env = self._texts(item.get("env"))
            steps.append(self._step(number, item, replace(scope, env={**scope.env, **env}), defaults))
        return handed_on(steps)

    def _step(self, number: int, node: MappingNode, scope: Scope, defaults: Texts) -> Step:
        shell = _string(node.get("shell")) or (defaults["shell"].value if "shell" in defaults else None)
        return Step(
            number=number,
            place=self._place(node),
            id=_string(node.get("id")),
            name=_string(node.get("name")),
            uses=self._text(node, "uses"),
            inputs=self._texts(node.get("with")),
            run=self._script(node),
            condition=self._text(node, "if"),
            continue_on_error=self._tolerance(node),
            working_directory=self._text(node, "working-directory") or defaults.get("working-directory"),
            shell=shell,
            scope=scope,
            env=self._texts(node.get("env")),
        )

    def _script(self, node: MappingNode) -> Fact[str] | None:
        script = node.get("run")
        if not isinstance(script, Scalar) or not isinstance(script.value, str):
            return None
        first = script.line + 1 if script.style in {"|", ">"} else script.line
        return Fact(script.value, Place(self._path, first, max(first, script.end_line)))


def _matrix_of(job: MappingNode) -> Node | None:
    strategy = job.get("strategy")
    return strategy.get("matrix") if isinstance(strategy, MappingNode) else None


def _scalar(node: Scalar) -> str:
    return node.value if isinstance(node.value, str) else node.text


def _string(node: Node | None) -> str | None:
    return _scalar(node) if isinstance(node, Scalar) and node.value is not None else None


def _is_true(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is True
