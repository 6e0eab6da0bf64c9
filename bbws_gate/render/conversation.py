"""What the gate says to people on GitHub beside its reports: questions to decide, how to accept a finding, answers to commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bbws_gate.model import ActionItem, Assessment, Decision
from bbws_gate.model.record import Reply
from bbws_gate.render.escape import markdown_block, markdown_code, markdown_inline, markdown_link, one_line

MAX_REPLIES = 30
MAX_FINDINGS = 10


def decision_issue(assessment: Assessment, decision: Decision) -> tuple[str, str]:
    """Title and text of the issue of an open decision: the options with what speaks for and against each, who may decide, and how."""
    title = one_line(f"Decide: {decision.question} ({assessment.project}, {assessment.environment})")
    recommended = f" Recommended: {markdown_code(decision.recommended, 40)}." if decision.recommended else ""
    due = f" Due {markdown_inline(decision.due, 20)}." if decision.due else ""
    facts = [markdown_inline(text, 400) for text in (decision.urgency, decision.impact) if text]
    lines = [
        f"**{markdown_inline(decision.question, 600)}**",
        "",
        f"For {markdown_code(assessment.project, 80)} to {markdown_code(assessment.environment, 40)}.{recommended}{due}",
        "",
    ]
    if decision.proposed:
        lines += [
            f"Two sources contradict each other ({markdown_code(str(decision.place), 200)}); somebody must say which one is right.",
            "",
        ]
    lines += [f"- {fact}" for fact in facts] + ([""] if facts else [])
    lines += ["### Options", "", *_options(decision)]
    if decision.findings:
        shown = ", ".join(markdown_code(finding, 200) for finding in decision.findings[:MAX_FINDINGS])
        more = f" and {len(decision.findings) - MAX_FINDINGS} more" if len(decision.findings) > MAX_FINDINGS else ""
        lines += [f"These findings wait for it: {shown}{more}.", ""]
    owners = ", ".join(markdown_inline(role, 80) for role in decision.owners)
    example = f"/gate decide {decision.id} {decision.options[0].key} why"
    lines += ["### How to decide", "", f"Somebody of {owners} writes a comment here with an option's key and the reason:", ""]
    lines += [markdown_block(one_line(example, 200)), "", "Until then the promotion stays pending. Closing this issue decides nothing."]
    return title, "\n".join(lines) + "\n"


def _options(decision: Decision) -> Iterable[str]:
    for option in decision.options:
        yield f"- {markdown_code(option.key, 60)}: {markdown_inline(option.text, 400)}"
        yield from (f"  - for it: {markdown_inline(text, 300)}" for text in option.pros)
        yield from (f"  - against it: {markdown_inline(text, 300)}" for text in option.cons)
        if option.defers:
            yield f"  - puts off: {', '.join(markdown_code(each, 120) for each in option.defers[:MAX_FINDINGS])}"
    yield ""


def tracking_issue(assessment: Assessment) -> tuple[str, str]:
    """Title and text of the issue under which all others of a project and environment stand."""
    title = one_line(f"Promote {assessment.project} to {assessment.environment}")
    date = f" Target date: {markdown_inline(assessment.target_date, 20)}." if assessment.target_date else ""
    ways = f"{markdown_code(assessment.project, 80)} and {markdown_code(assessment.environment, 40)}"
    text = (
        f"Everything that stands between {ways} has an issue under this one.{date}\n\n"
        "The gate opens, updates and closes them from the files and from what people decide. The promotion spec is "
        f"{markdown_code(assessment.spec_path, 200)}. Write `/gate help` on a pull request for the commands."
    )
    return title, text + "\n"


def way_to_waive(item: ActionItem) -> str:
    """How to accept what an action item is about; closing its issue alone does not."""
    commands = "\n".join(one_line(f"/gate waive {finding} until YYYY-MM-DD reason", 300) for finding in item.findings[:MAX_FINDINGS])
    return (
        "\n### If it should stay as it is\n\nClosing this issue does not accept a finding: the gate opens it again. "
        f"Somebody who may accept it writes, on the pull request or here, the last day and the reason:\n\n{markdown_block(commands)}\n"
    )


def answers(replies: tuple[Reply, ...]) -> str:
    """What became of each command, newest first, for the end of the comment; empty when nobody wrote one."""
    if not replies:
        return ""
    lines = [_answer(reply) for reply in reversed(replies[-MAX_REPLIES:])]
    older = f"- and {len(replies) - MAX_REPLIES} older ones\n" if len(replies) > MAX_REPLIES else ""
    return "\n### Commands\n\n" + "\n".join(lines) + "\n" + older


def _answer(reply: Reply) -> str:
    where = markdown_link("said here", reply.link) if reply.link else "said here"
    return f"- {'accepted' if reply.accepted else 'refused'}: {markdown_inline(reply.text, 400)} ({where})"


def not_applicable(project: str, environment: str) -> Mapping[str, str]:
    """Title and text for a change that does not concern a project."""
    title = f"Not applicable: nothing of {one_line(project, 100)} changed"
    what = f"{markdown_code(project, 80)} for {markdown_code(environment, 40)}"
    text = (
        f"Nothing that the assessment of {what} looks at changed, and no finding came or went. "
        "The project's own state is as it was, and the job summary shows it."
    )
    return {"title": title, "text": text}
