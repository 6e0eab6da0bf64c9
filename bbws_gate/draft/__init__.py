"""Drafts a promotion spec from a plan document and from the Terraform as it is. Nothing is judged and nothing is written to disk here."""

from bbws_gate.draft.document import Draft, draft_spec

__all__ = ["Draft", "draft_spec"]
