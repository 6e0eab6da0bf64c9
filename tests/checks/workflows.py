"""Small deployment workflows for the tests."""

from __future__ import annotations

PATH = ".github/workflows/sit.yml"
NAMED = f"account: '444455556666'\nworkflow: {{path: {PATH}, approval_environment: sit-approval}}"
LOGIN = (
    "      - uses: aws-actions/configure-aws-credentials@v4\n"
    "        with: {role-to-assume: 'arn:aws:iam::444455556666:role/deploy', aws-region: eu-west-1}\n"
)
OTHER_LOGIN = LOGIN.replace("444455556666", "111122223333")


def job(name: str, *runs: str, head: str = "", login: str = "", uses: str = "") -> str:
    """One job; ``head`` is indented by the caller's own four spaces."""
    lines = [f"  {name}:", "    runs-on: x", *([f"    {line}" for line in head.splitlines()])]
    steps = "".join(f"      - run: {run}\n" for run in runs)
    return "\n".join(lines) + "\n    steps:\n" + login + uses + steps


def workflow(*jobs: str, on: str = "{workflow_dispatch: {}}", top: str = "") -> dict[str, str]:
    """The file with its jobs."""
    return {PATH: f"on: {on}\n{top}jobs:\n{''.join(jobs)}"}
