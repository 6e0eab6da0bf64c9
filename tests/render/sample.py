"""Assessments written by hand: a blocked one in the shape of the bundled example, and others made of it."""

from __future__ import annotations

from dataclasses import replace

from bbws_gate.model import (
    ActionItem,
    Approval,
    Assessment,
    CategoryScore,
    ChecklistItem,
    Decision,
    Dependent,
    Evidence,
    Finding,
    Option,
    Place,
    Reply,
    Result,
    Score,
    Severity,
    Status,
    Step,
    Waiver,
)
from bbws_gate.model.proposal import Mark, PageChange, Proposal, Retrial, RuleChange

SPEC = ".github/promotion.yml"
MAIN = "terraform/dynamodb/main.tf"
TFVARS = "terraform/dynamodb/environments/sit.tfvars"


def link(place: Place) -> str:
    return f"https://example.test/blob/{BLOCKED.commit}/{place.path}#L{place.line}"


def at(path: str, line: int = 0, value: str = "", *steps: Step, end: int = 0) -> Evidence:
    return Evidence(Place(path, line, end or line), value, steps)


def finding(code: str, subject: str, severity: Severity, category: str, title: str, *evidence: Evidence, **more: object) -> Finding:
    words = {
        "expected": "what the plan says",
        "actual": "what the code says",
        "impact": "Services fail.",
        "action": "Bring both together.",
        "blocking": severity in (Severity.CRITICAL, Severity.HIGH),
    }
    return Finding(code, subject, severity, category, title, evidence=evidence, **{**words, **more})  # type: ignore[arg-type]


FINDINGS = (
    finding(
        "BAK001",
        "backup/vault",
        Severity.CRITICAL,
        "Backup",
        "No backup vault",
        at(SPEC, 68, "vault: true"),
        at("terraform/dynamodb", 0, "no aws_backup_vault"),
        expected="an aws_backup_vault, a plan and a selection that covers all tables",
        actual="none of the three",
        impact="Data that is deleted or overwritten in SIT cannot be brought back.",
        action="Add aws_backup_vault, aws_backup_plan (hourly, 7 days) and aws_backup_selection.",
        state="open",
    ),
    finding(
        "NAM001",
        "table/campaigns",
        Severity.CRITICAL,
        "Naming",
        "Table campaigns does not carry the environment",
        at(MAIN, 123, '"campaigns"'),
        at(SPEC, 38, "{name}-{env}"),
        expected="campaigns-sit",
        actual="campaigns",
        impact="Two environments in one account would share one table.",
        action='Set name = "campaigns-${var.environment}", or decide that no table carries it.',
        state="open",
    ),
    finding(
        "TBL001",
        "table/orders",
        Severity.CRITICAL,
        "Tables",
        "Table orders is missing",
        at(SPEC, 57, "orders"),
        at("docs/promotion_plan.md", 47, "orders-sit"),
        expected="orders-sit",
        actual="no aws_dynamodb_table of that name among 3",
        impact="order_lambda cannot start.",
        action="Add the table to terraform/dynamodb/main.tf, or take it out of the plan.",
        state="new",
        folded=("IDX001/index/orders/OrdersByDate", "IDX001/index/orders/OrdersByTenant"),
    ),
    finding(
        "VAL001",
        "validation/script",
        Severity.CRITICAL,
        "Validation",
        "The validation script for sit does not exist",
        at(".github/workflows/deploy-sit.yml", 89, "python scripts/validate_dynamodb_sit.py --region eu-west-1"),
        at("scripts/validate_dynamodb_sit.py", 0, "no such file"),
        expected="scripts/validate_dynamodb_sit.py",
        actual="no such file",
        impact="The deployment ends red after it has changed the tables.",
        action="Write it; scripts/validate_dynamodb_dev.py is a model.",
        state="open",
    ),
    finding(
        "WFL003",
        "workflow/apply",
        Severity.HIGH,
        "Workflow",
        "Job apply holds the role without the approval environment",
        at(".github/workflows/deploy-sit.yml", 55, "apply", end=89),
        expected="environment: sit-approval on the job that assumes the role",
        actual="no environment",
        impact="Whoever can start or re-run the workflow deploys without an approval.",
        action="Add environment: sit-approval to the job apply.",
        state="open",
    ),
    finding(
        "IDX004",
        "index/tenants/TenantsByStatus",
        Severity.MEDIUM,
        "Indexes",
        "Index TenantsByStatus is called TenantStatusIndex",
        at(MAIN, 44, '"TenantStatusIndex"'),
        at(SPEC, 44, "TenantsByStatus"),
        expected="TenantsByStatus (status, createdAt)",
        actual="TenantStatusIndex (status, createdAt)",
        impact="Queries by the planned name fail.",
        action="Rename it, or change the plan.",
        blocking=False,
        state="open",
    ),
    finding(
        "DOC002",
        "document/README.md/indexes",
        Severity.LOW,
        "Documents",
        "README.md counts 6 indexes",
        at("README.md", 5, "3 tables with 6 global secondary indexes"),
        expected="7",
        actual="6",
        impact="Readers are misled.",
        action="Correct the number.",
        blocking=False,
        state="open",
    ),
    finding(
        "TAG001",
        "table/products/CostCenter",
        Severity.MEDIUM,
        "Tags",
        "Table products has another cost centre",
        at(
            MAIN,
            75,
            "CC-1002",
            Step("var.cost_center from environments/sit.tfvars", Place(TFVARS, 4, 4)),
            Step("local.common_tags", Place("terraform/dynamodb/locals.tf", 6, 6)),
        ),
        expected="CC-1003",
        actual="CC-1002",
        impact="The bill goes elsewhere.",
        action="Agree on one.",
        blocking=False,
        state="open",
        waiver=Waiver("until the new centre exists", "octocat", "2026-02-01"),
    ),
    finding(
        "STR001",
        "table/tenants/stream",
        Severity.MEDIUM,
        "Tables",
        "Table tenants had no stream",
        at(MAIN, 57, "stream_enabled = true"),
        expected="NEW_AND_OLD_IMAGES",
        actual="nothing",
        blocking=False,
        state="fixed",
    ),
)

CHECKLIST = (
    ChecklistItem("BAK001", "Backup", "A backup vault exists", Result.FAIL, "none", FINDINGS[0].evidence, 8),
    ChecklistItem("NAM001", "Naming", "Table campaigns is named {name}-{env}", Result.FAIL, "campaigns", FINDINGS[1].evidence, 8),
    ChecklistItem("NAM001", "Naming", "Table products is named {name}-{env}", Result.PASS, "", (at(MAIN, 75, "products-sit"),), 8),
    ChecklistItem("TBL001", "Tables", "Table tenants exists", Result.PASS, "", (at(MAIN, 1, "tenants"),), 8),
    ChecklistItem("TBL001", "Tables", "Table orders exists", Result.FAIL, "missing", FINDINGS[2].evidence, 8),
    ChecklistItem("IDX004", "Indexes", "Index TenantsByStatus has its planned name", Result.FAIL, "renamed", FINDINGS[5].evidence, 2),
    ChecklistItem("VAL001", "Validation", "The validation script exists", Result.FAIL, "missing", FINDINGS[3].evidence, 8),
    ChecklistItem(
        "WFL003", "Workflow", "The job with the role waits for sit-approval", Result.FAIL, "no environment", FINDINGS[4].evidence, 4
    ),
    ChecklistItem("DOC002", "Documents", "README.md counts the indexes", Result.FAIL, "6", FINDINGS[6].evidence, 1),
    ChecklistItem("TAG001", "Tags", "Table products has its cost centre", Result.FAIL, "waived", FINDINGS[7].evidence, 2),
    ChecklistItem(
        "ENV004",
        "Environment",
        "The role trusts only sit-approval",
        Result.UNVERIFIED,
        "the role's trust policy lives in the account, not in files",
        (at(".github/workflows/deploy-sit.yml", 69, "role/bbws-dynamodb-deploy-sit"),),
        4,
    ),
)

SCORE = Score(
    28,
    28,
    50,
    (
        CategoryScore("Tables", 1, 1, 0, 8, 16),
        CategoryScore("Indexes", 0, 1, 0, 0, 2),
        CategoryScore("Naming", 1, 1, 0, 8, 16),
        CategoryScore("Backup", 0, 1, 0, 0, 8),
        CategoryScore("Tags", 0, 1, 0, 0, 2),
        CategoryScore("Environment", 0, 0, 1, 0, 0),
        CategoryScore("Workflow", 0, 1, 0, 0, 4),
        CategoryScore("Validation", 0, 1, 0, 0, 8),
        CategoryScore("Documents", 0, 1, 0, 0, 1),
    ),
    10,
    11,
)

ITEMS = (
    ActionItem(
        "add-missing-tables",
        "Add the missing tables",
        Severity.CRITICAL,
        "devops-engineer",
        "6h",
        "build",
        ("Add table orders with its indexes", "Extend the schemas"),
        ("TBL001/table/orders",),
    ),
    ActionItem(
        "add-backup",
        "Back up every table",
        Severity.CRITICAL,
        "devops-engineer",
        "4h",
        "build",
        ("Add vault, plan and selection",),
        ("BAK001/backup/vault",),
    ),
    ActionItem(
        "unify-names",
        "Use one naming convention",
        Severity.CRITICAL,
        "devops-engineer",
        "2h",
        "build",
        ("Rename what decision table-naming says",),
        ("NAM001/table/campaigns", "IDX004/index/tenants/TenantsByStatus"),
    ),
    ActionItem(
        "write-validation",
        "Write the validation script",
        Severity.CRITICAL,
        "devops-engineer",
        "3h",
        "test",
        ("Write scripts/validate_dynamodb_sit.py",),
        ("VAL001/validation/script",),
    ),
    ActionItem(
        "close-the-gate",
        "Close the way around the gate",
        Severity.HIGH,
        "devops-lead",
        "30m",
        "build",
        ("Put the job under sit-approval",),
        ("WFL003/workflow/apply",),
    ),
    ActionItem(
        "correct-documents",
        "Correct the documents",
        Severity.LOW,
        "devops-engineer",
        "30m",
        "document",
        ("Correct README.md",),
        ("DOC002/document/README.md/indexes",),
    ),
    ActionItem(
        "manual/security-review",
        "Security review of tables, keys and roles",
        Severity.MEDIUM,
        "security",
        "2h",
        "test",
        ("Review the IAM roles", "Confirm who may read streams"),
        (),
        manual=True,
    ),
)

DECISIONS = (
    Decision(
        "missing-tables",
        "Add the orders and users tables, or revise the architecture?",
        (Option("A", "Add both tables with their indexes"), Option("B", "Take orders and users out of the plan")),
        ("tech-lead", "product-owner"),
        None,
        Place(SPEC, 98, 104),
    ),
    Decision(
        "table-naming",
        "Add the environment suffix to every table, or remove it from all?",
        (Option("A", "Every table is called {name}-{env}"), Option("B", "No table carries the environment")),
        ("devops-engineer",),
        "A",
        Place(SPEC, 112, 118),
    ),
)

BLOCKED = Assessment(
    version="1.0.0",
    project="bbws_dynamodb_schemas",
    environment="sit",
    commit="4f2a9c1be07d35861f0e9a7c2d4b6f8130c5e7a9",
    assessed_at="2026-01-07T09:30:00Z",
    status=Status.BLOCKED,
    score=SCORE,
    findings=FINDINGS,
    checklist=CHECKLIST,
    action_items=ITEMS,
    decisions=DECISIONS,
    approvals=(
        Approval("tech-lead", "architecture", None, required=True, dropped="hubot: dropped by TBL001/table/orders"),
        Approval("dba", "backup strategy", None, required=True, given_by="octocat", given=("octocat",)),
        Approval("security", "", "severity >= high", required=True),
        Approval("finops-lead", "cost", "cost > budget", required=False),
    ),
    upstream=(),
    downstream=(
        Dependent("order_lambda", "acme/order_lambda", ("table/orders",), ("TBL001/table/orders",)),
        Dependent("product_lambda", "acme/product_lambda", ("table/products",), ()),
    ),
    spec_path=SPEC,
    spec_digest="9a1d6c0f3b7e42580c9f1a6d7e3b5c2840f6a1d9e7c3b5f2086a4d1c9e7f3b50",
    target_date="2026-01-13",
    budget=("50", "USD"),
    notes=("This pull request changes .github/promotion.yml; the base branch's version was used.",),
    replies=(
        Reply(1, False, "1a2b3c4 is no commit of this change, or more than one; its head is 4f2a9c1: /gate approve dba 4f2a9c1"),
        Reply(2, True, "octocat approved as dba for 4f2a9c1"),
    ),
)

READY = replace(
    BLOCKED,
    project="orders",
    status=Status.READY,
    score=replace(SCORE, value=100, uncapped=100, cap=None, categories=(CategoryScore("Tables", 2, 0, 0, 16, 16),), verified=2, total=2),
    findings=(),
    checklist=(
        ChecklistItem("TBL001", "Tables", "Table orders exists", Result.PASS, "", (at("terraform/tables.tf", 1, "orders-sit"),), 8),
        ChecklistItem("TBL001", "Tables", "Table customers exists", Result.PASS, "", (at("terraform/tables.tf", 1, "customers-sit"),), 8),
    ),
    action_items=(),
    decisions=(),
    approvals=(),
    downstream=(),
    target_date=None,
    budget=None,
    notes=(),
    replies=(),
)

WARNED = replace(
    BLOCKED,
    status=Status.READY_WITH_WARNINGS,
    findings=FINDINGS[5:8],
    action_items=ITEMS[5:6],
    decisions=DECISIONS[1:],
    approvals=(),
    downstream=(),
    score=replace(SCORE, cap=None),
)
PENDING = replace(WARNED, status=Status.PENDING, decisions=DECISIONS, approvals=BLOCKED.approvals, action_items=ITEMS[5:])
ERROR = replace(
    READY, status=Status.ERROR, error="check TBL001 failed on table/orders: unexpected value", score=replace(READY.score, value=0)
)

FAILED = Assessment(
    version="1.0.0",
    project="",
    environment="",
    commit="",
    assessed_at="",
    status=Status.ERROR,
    score=Score(0, 0, 0, (), 0, 0),
    findings=(),
    checklist=(),
    action_items=(),
    decisions=(),
    approvals=(),
    upstream=(),
    downstream=(),
    spec_path="",
    spec_digest="",
    error=".github/promotion.yml:3: unknown key 'requierd' (did you mean required?)",
)
"""A run that could not assess at all."""

ALL = {"failed": FAILED, "blocked": BLOCKED, "warned": WARNED, "pending": PENDING, "ready": READY, "error": ERROR}


def hostile(text: str) -> Assessment:
    """The blocked assessment with ``text`` in every field that a repository can fill."""
    evil = Evidence(Place(text or "x", 3, 3), text, (Step(text, Place(text or "x", 1, 1)),))
    hurt = tuple(
        replace(
            each,
            subject=text,
            category=f"{each.category} {text}",
            title=text,
            expected=text,
            actual=text,
            impact=text,
            action=text,
            evidence=(evil, evil),
            waiver=each.waiver and Waiver(text, text, text),
            deferred="" if each.blocking else text,
            folded=(text,),
        )
        for each in FINDINGS
    )
    return replace(
        BLOCKED,
        project=text,
        environment=text,
        findings=hurt,
        checklist=tuple(replace(line, category=f"{line.category} {text}", item=text, reason=text, evidence=(evil,)) for line in CHECKLIST),
        score=replace(SCORE, categories=tuple(replace(part, category=f"{part.category} {text}") for part in SCORE.categories)),
        action_items=tuple(
            replace(
                item,
                id=text,
                title=text,
                owner=text,
                estimate=text,
                phase=text,
                tasks=(text,),
                findings=item.findings and (hurt[0].id, text),
            )
            for item in ITEMS
        ),
        decisions=tuple(
            replace(
                each,
                id=text,
                question=text,
                options=(Option(text, text), Option(text, text)),
                owners=(text,),
                chosen=each.chosen and text,
                chosen_by=text,
                reason=text,
                due=text,
                place=evil.place,
            )
            for each in DECISIONS
        ),
        approvals=tuple(
            replace(each, role=text, scope=text, when=text, given_by=each.given_by and text, given=each.given and (text,), dropped=text)
            for each in BLOCKED.approvals
        ),
        downstream=(Dependent(text, text, (text,), (text,)), Dependent(text, None, (text,), ())),
        upstream=(Dependent(text, text, (text,), ()),),
        proposal=Proposal(
            changes=(RuleChange(text, "spec", "changed"), RuleChange(text, "template", "added")),
            owners=(text,),
            retrial=Retrial("READY", 90, (9, 8), (text, text), (Mark(text, text, "high", "waived"),), (text,), (text, "none")),
            spec_problem=text,
            pages=(PageChange("summary", text, 0, 0, (), ""), PageChange("comment", "", 2, 1, (text, text), text)),
            template_problems=(text,),
        ),
        spec_path=text,
        spec_digest=text,
        commit=text,
        assessed_at=text,
        target_date=text,
        budget=(text, text),
        notes=(text,),
        replies=(Reply(1, True, text, text), Reply(2, False, text)),
        error=text,
    )
