"""The pieces of work that findings fold into: one action item, and one issue on GitHub, for each."""

from __future__ import annotations

from bbws_gate.checks.base import Work

ADD_TABLES = Work("add-missing-tables", "Add the missing tables, or revise the plan", "devops-engineer", "4h", "build")
REVIEW_EXTRAS = Work("review-unplanned-resources", "Plan or remove what nobody planned", "tech-lead", "2h", "decide")
TABLE_SETTINGS = Work("align-table-settings", "Bring table settings in line with the plan", "devops-engineer", "2h", "build")
INDEXES = Work("align-indexes", "Bring indexes in line with the plan", "backend-developer", "4h", "build")
NAMING = Work("standardise-naming", "Standardise names", "devops-engineer", "2h", "build")
BACKUP = Work("configure-backup", "Configure backups", "dba", "4h", "build")
TAGS = Work("complete-tags", "Complete the tags", "devops-engineer", "1h", "build")
ENVIRONMENT = Work("settle-environment", "Settle account, region and state of the environment", "devops-engineer", "1h", "build")
INPUTS = Work("mend-inputs", "Mend the environment's input values", "devops-engineer", "1h", "build")
TERRAFORM = Work("mend-terraform", "Mend Terraform that cannot be planned", "devops-engineer", "2h", "build")
RESOURCES = Work("align-resources", "Bring resources in line with the plan", "devops-engineer", "4h", "build")
WORKFLOW = Work("mend-workflow", "Mend the deployment workflow", "devops-engineer", "3h", "build")
GATE = Work("approve-gate-change", "Approve or take back the change of the gate's own workflow", "tech-lead", "1h", "decide")
VALIDATION = Work("write-validation-script", "Provide the validation after deployment", "devops-engineer", "3h", "test")
SCHEMAS = Work("align-schemas", "Bring schema documents and Terraform together", "backend-developer", "2h", "build")
DOCUMENTS = Work("correct-documents", "Correct the documents", "devops-engineer", "2h", "document")
REPOSITORY = Work("clean-repository", "Clean the repository", "devops-engineer", "1h", "build")
BUDGET = Work("settle-budget", "Settle what the environment may cost", "devops-lead", "2h", "decide")
