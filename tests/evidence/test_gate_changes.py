from __future__ import annotations

import pytest

from bbws_gate.evidence.gate_changes import gate_changes
from bbws_gate.evidence.gate_workflows import is_gate, workflows_digest
from bbws_gate.repository import MemoryRepository

SHA = "5f1c0b7e9d2a4c6e8b0d1f3a5c7e9b1d3f5a7c9e"
GATE = f"""\
on: {{pull_request: {{branches: [main]}}}}
permissions: {{}}
jobs:
  prepare:
    runs-on: ubuntu-24.04
    steps: [{{run: make prepare}}]
  gate:
    needs: prepare
    runs-on: ubuntu-24.04
    permissions: {{contents: read, checks: write}}
    steps:
      - uses: actions/checkout@v4
      - uses: acme/bbws-gate@{SHA} # v1.0.0
        with: {{environment: sit}}
  after:
    needs: gate
    runs-on: ubuntu-24.04
    steps: [{{run: make after}}]
  other:
    runs-on: ubuntu-24.04
    steps: [{{run: make other}}]
"""
DEPLOY = f"""\
on: workflow_dispatch
jobs:
  asked:
    runs-on: ubuntu-24.04
    steps: [{{uses: acme/bbws-gate/verify@{SHA}, with: {{environment: sit}}}}]
  apply:
    needs: asked
    runs-on: ubuntu-24.04
    steps: [{{run: terraform apply}}]
"""
CALLED = f"on: workflow_call\njobs: {{gate: {{runs-on: x, steps: [{{uses: acme/bbws-gate@{SHA}}}]}}}}\n"
CALLER = "on: pull_request\njobs: {call: {uses: ./.github/workflows/called.yml, with: {environment: sit}}}\n"
LOCAL = "on: pull_request\njobs: {gate: {runs-on: x, steps: [{uses: ./.github/actions/gate}]}}\n"
COMPOSITE = f"name: ours\nruns: {{using: composite, steps: [{{uses: acme/bbws-gate@{SHA}}}]}}\n"
OWN = "on: pull_request\njobs: {gate: {runs-on: x, steps: [{uses: ./}]}}\n"
COMMAND = 'on: pull_request\njobs: {gate: {runs-on: x, steps: [{run: "bbws-gate check --env sit"}]}}\n'
POSTS = """\
on: push
permissions: {checks: write}
jobs: {test: {runs-on: x, steps: [{run: "gh api -f name='bbws-gate / a / b'"}]}}
"""
SCRIPTED = """\
on: push
jobs: {post: {runs-on: x, steps: [{uses: a/script@v1, with: {script: 'checks.create({name: "bbws-gate / a / b"})'}}]}}
"""

BASE = {
    "gate.yml": GATE,
    "deploy.yml": DEPLOY,
    "called.yml": CALLED,
    "caller.yml": CALLER,
    "local.yml": LOCAL,
    "../actions/gate/action.yml": COMPOSITE,
    "own.yml": OWN,
    "../../action.yml": "name: bbws-gate\nruns: {using: docker, image: Dockerfile}\n",
    "command.yml": COMMAND,
    "test.yml": "on: push\njobs: {test: {runs-on: x, steps: [{run: make test}]}}\n",
}


def titles(head: dict[str, str | None], base: dict[str, str] = BASE) -> list[str]:
    """What is said of a change; None deletes a file."""

    def repository(files: dict[str, str]) -> MemoryRepository:
        return MemoryRepository({f".github/workflows/{path}": text for path, text in files.items()})

    after = {path: text for path, text in {**base, **head}.items() if text is not None}
    return [change.title.replace(".github/workflows/", "") for change in gate_changes(repository(after), repository(base))]


def test_nothing_edited__is_no_change() -> None:
    assert titles({}) == []


@pytest.mark.parametrize(
    "head",
    [
        {"gate.yml": GATE.replace("# v1.0.0", "# as before")},
        {"gate.yml": GATE.replace("make other", "make another")},
        {"gate.yml": GATE.replace("make after", "make afterwards")},
        {"gate.yml": f"# a comment\n{GATE}"},
        {"deploy.yml": DEPLOY.replace("terraform apply", "terraform apply -input=false")},
        {"deploy.yml": DEPLOY.replace("workflow_dispatch", "[workflow_dispatch, push]")},
        {"deploy-prod.yml": DEPLOY},
        {"people.yml": f"on: schedule\njobs: {{again: {{runs-on: x, steps: [{{uses: acme/bbws-gate@{SHA}}}]}}}}\n"},
        {"test.yml": None},
        {"test.yml": "on: push\njobs: {test: {runs-on: x, steps: [{run: make tests}]}}\n"},
        {"new.yml": "on: push\npermissions: {checks: write}\njobs: {lint: {runs-on: x, steps: [{run: make lint}]}}\n"},
        {"wait.yml": 'on: push\njobs: {wait: {runs-on: x, steps: [{run: "wait-for \\"bbws-gate / shop / sit\\""}]}}\n'},
        {"../actions/other/action.yml": "name: other\n"},
        {"broken.yml": "on: [\n"},
    ],
)
def test_what_leaves_the_gate_alone__is_not_mentioned(head: dict[str, str | None]) -> None:
    assert titles(head) == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"gate.yml": GATE.replace(f"@{SHA}", "@main")}, "gate.yml runs another gate than before: acme/bbws-gate@main"),
        ({"gate.yml": GATE.replace("acme/bbws", "evil/bbws")}, f"gate.yml runs another gate than before: evil/bbws-gate@{SHA}"),
        ({"gate.yml": GATE.replace("environment: sit", "environment: dev")}, "gate.yml, which runs the gate, is changed: job gate"),
        (
            {"gate.yml": GATE.replace("environment: sit", "environment: sit, check: none")},
            "gate.yml, which runs the gate, is changed: job gate",
        ),
        ({"gate.yml": GATE.replace("checks: write", "checks: read")}, "gate.yml, which runs the gate, is changed: job gate"),
        ({"gate.yml": GATE.replace("permissions: {}", "permissions: write-all")}, "gate.yml, which runs the gate, is changed: permissions"),
        ({"gate.yml": GATE.replace("branches: [main]", "branches: [none]")}, "gate.yml, which runs the gate, is changed: on"),
        ({"gate.yml": GATE.replace("make prepare", "rm -r .git")}, "gate.yml, which runs the gate, is changed: job prepare"),
        ({"gate.yml": GATE.replace("needs: gate", "if: always()")}, "gate.yml, which runs the gate, is changed: job after's condition"),
        ({"gate.yml": GATE.partition("  gate:")[0]}, "gate.yml, which runs the gate, is without the gate"),
        ({"gate.yml": "on: [\n"}, "gate.yml, which runs the gate, is no longer readable"),
        ({"gate.yml": None}, "gate.yml, which runs the gate, is deleted"),
        ({"deploy.yml": DEPLOY.replace("needs: asked", "needs: []")}, "deploy.yml, which runs the gate, is changed: job apply's condition"),
        ({"called.yml": CALLED.replace(SHA, "main")}, "called.yml runs another gate than before: acme/bbws-gate@main"),
        ({"caller.yml": CALLER.replace("sit", "dev")}, "caller.yml, which runs the gate, is changed: job call"),
        (
            {"../actions/gate/action.yml": COMPOSITE.replace(SHA, "main")},
            "local.yml, which runs the gate, is changed: action ./.github/actions/gate",
        ),
        ({"../actions/gate/more.sh": "exit 0\n"}, "local.yml, which runs the gate, is changed: action ./.github/actions/gate"),
        (
            {"../../action.yml": "name: bbws-gate\nruns: {using: docker, image: other}\n"},
            "own.yml, which runs the gate, is changed: action ./",
        ),
        ({"command.yml": COMMAND.replace("sit", "dev")}, "command.yml, which runs the gate, is changed: job gate"),
        (
            {
                "second.yml": GATE.replace(f"acme/bbws-gate@{SHA}", "evil/bbws-gate@v1")
                .replace("  gate:", "  mine:")
                .replace("needs: gate", "")
            },
            "second.yml runs another gate beside the one there is: evil/bbws-gate@v1",
        ),
        (
            {"forged.yml": 'on: push\njobs: {x: {name: "bbws-gate / shop / sit", runs-on: x, steps: [{run: "true"}]}}\n'},
            "Job x of forged.yml takes the name of the gate's check run: bbws-gate / shop / sit",
        ),
        (
            {"forged.yml": 'on: push\njobs: {gate: {runs-on: x, steps: [{run: "true"}]}}\n'},
            "Job gate of forged.yml takes the name of the job of called.yml that runs the gate: gate",
        ),
        ({"test.yml": POSTS}, "Job test of test.yml posts a check under the gate's name"),
        ({"new.yml": SCRIPTED}, "Job post of new.yml posts a check under the gate's name"),
    ],
)
def test_what_touches_the_gate__is_named(head: dict[str, str | None], said: str) -> None:
    assert titles(head) == [said]


def test_base_without_a_gate__takes_a_first_one() -> None:
    assert titles({"gate.yml": GATE, "x.yml": OWN}, {"test.yml": "on: push\njobs: {gate: {runs-on: x, steps: [{run: make}]}}\n"}) == []


@pytest.mark.parametrize(
    ("uses", "expected"),
    [("acme/bbws-gate@v1", True), ("acme/bbws-gate/verify@v1", True), ("docker://ghcr.io/acme/bbws-gate:1", True), ("./bbws-gate", True),
     ("acme/flows/.github/workflows/bbws-gate.yml@v1", True), ("acme/not-bbws-gate@v1", False), ("acme/bbws-gate-old@v1", False),
     ("acme/x@bbws-gate", False), ("./", False), ("", False)],
)  # fmt: skip
def test_is_gate__knows_the_action_by_its_name(uses: str, expected: bool) -> None:
    assert is_gate(uses) is expected


def test_workflows_digest__is_of_names_and_bytes() -> None:
    files = {".github/workflows/a.yml": "on: push\n", "README.md": "x"}
    digest = workflows_digest(MemoryRepository(files))
    assert workflows_digest(MemoryRepository({**files, "README.md": "y"})) == digest
    assert workflows_digest(MemoryRepository({**files, ".github/workflows/a.yml": "on: pull\n"})) != digest
    assert workflows_digest(MemoryRepository({**files, ".github/actions/b/action.yml": "name: b\n"})) != digest
    assert workflows_digest(MemoryRepository({**files, ".github/workflows/a.yml": b"\xff" * 1_000_001})) != digest


def test_change__that_the_base_has_got_since_is_not_the_pull_requests() -> None:
    newer = GATE.replace("environment: sit", "environment: prod")
    base, head = MemoryRepository({".github/workflows/gate.yml": newer}), MemoryRepository({".github/workflows/gate.yml": GATE, "a.tf": ""})
    assert gate_changes(head, base, ("a.tf",)) == ()
    assert [each.subject for each in gate_changes(head, base, (".github/workflows/gate.yml",))] == ["gate/.github/workflows/gate.yml"]
    assert [each.subject for each in gate_changes(head, base, None)] == ["gate/.github/workflows/gate.yml"]


def test_change__of_a_called_workflow_counts_where_its_caller_is_the_bases() -> None:
    base = MemoryRepository({".github/workflows/called.yml": CALLED, ".github/workflows/caller.yml": CALLER})
    head = MemoryRepository({".github/workflows/called.yml": CALLED.replace("runs-on: x", "runs-on: y")})
    assert [each.subject for each in gate_changes(head, base, (".github/workflows/called.yml",))] == ["gate/.github/workflows/called.yml"]


def test_change__that_deletes_or_adds_a_workflow_is_seen_among_what_it_touched() -> None:
    base, path = MemoryRepository({".github/workflows/gate.yml": GATE, "main.tf": ""}), ".github/workflows/gate.yml"
    assert [each.now for each in gate_changes(MemoryRepository({"main.tf": ""}), base, (path,))] == ["deleted"]
    forged = MemoryRepository({path: GATE, ".github/workflows/posts.yml": POSTS})
    assert len(gate_changes(forged, base, (".github/workflows/posts.yml",))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "on: push\njobs: {gate: {runs-on: x, steps: [{run: bbws-gate --version}]}}\n",
        f"on: push\njobs: {{gate: {{runs-on: x, steps: [{{uses: acme/bbws-gate@{SHA}, with: {{spec: other.yml}}}}]}}}}\n",
        f"on: push\njobs: {{gate: {{runs-on: x, steps: [{{uses: acme/bbws-gate/verify@{SHA}}}]}}}}\n",
    ],
)
def test_new_job__that_mentions_the_gate_may_not_take_its_name_either(text: str) -> None:
    base = MemoryRepository({".github/workflows/gate.yml": GATE, ".github/workflows/x.yml": "on: push\njobs: {}\n"})
    for path in (".github/workflows/new.yml", ".github/workflows/x.yml"):
        head = MemoryRepository({".github/workflows/gate.yml": GATE, ".github/workflows/x.yml": "on: push\njobs: {}\n", path: text})
        assert [each.subject for each in gate_changes(head, base)] == [f"gate/{path}/gate"]


def test_action__is_found_under_the_path_that_a_step_gives_it() -> None:
    files = {".github/workflows/gate.yml": LOCAL.replace("./.github/actions/gate", "./tools//gate"), "tools/gate/action.yml": COMPOSITE}
    head = MemoryRepository({**files, "tools/gate/action.yml": COMPOSITE.replace("acme", "evil")})
    assert len(gate_changes(head, MemoryRepository(files), ("tools/gate/action.yml",))) == 1


PREP = "on: workflow_call\njobs: {ask: {runs-on: x, steps: [{uses: ./ci/ask}]}}\n"
INNER = {
    ".github/workflows/gate.yml": f"""\
on: pull_request
jobs:
  prep: {{uses: ./.github/workflows/prep.yml}}
  gate: {{needs: prep, runs-on: x, steps: [{{uses: ./.github/actions/outer}}, {{uses: acme/bbws-gate@{SHA}}}]}}
""",
    ".github/workflows/prep.yml": PREP,
    ".github/actions/outer/action.yml": "runs: {using: composite, steps: [{uses: ./.github/actions/inner}]}\n",
    ".github/actions/inner/action.yml": "runs: {using: node20, main: dist/index.js}\n",
    **{f".github/actions/inner/dist/{number:03}.js": "" for number in range(60)},
    ".github/actions/inner/dist/index.js": "",
    "ci/ask/action.yml": "runs: {using: node20, main: index.js}\n",
    "ci/ask/index.js": "",
    "ci/ask/README.md": "",
}


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/prep.yml",
        ".github/actions/inner/action.yml",
        ".github/actions/inner/dist/index.js",
        "ci/ask/action.yml",
        "ci/ask/index.js",
    ],
)
def test_what_runs_in_or_before_the_gates_job__is_part_of_it(path: str) -> None:
    base, head = MemoryRepository(INNER), MemoryRepository({**INNER, path: INNER[path].replace("{", "{env: {A: b}, ", 1) or "edited"})
    assert [each.subject for each in gate_changes(head, base)] == ["gate/.github/workflows/gate.yml"]
    assert workflows_digest(head) != workflows_digest(base)


def test_what_an_action_does_not_name__is_no_part_of_it() -> None:
    head = MemoryRepository({**INNER, "ci/ask/README.md": "# Ask"})
    assert gate_changes(head, MemoryRepository(INNER)) == ()


@pytest.mark.parametrize(
    "job",
    [
        "{name: ' Gate ', runs-on: x, steps: []}",
        "{name: bbws-gate, uses: ./.github/workflows/inner.yml}",
        "{name: BBWS-Gate / a / sit, runs-on: x}",
    ],
)
def test_new_job__takes_the_name_however_it_is_written(job: str) -> None:
    base = MemoryRepository({".github/workflows/gate.yml": GATE})
    head = MemoryRepository({".github/workflows/gate.yml": GATE, ".github/workflows/new.yml": f"on: push\njobs: {{a: {job}}}\n"})
    assert [each.subject for each in gate_changes(head, base)] == ["gate/.github/workflows/new.yml/a"]
