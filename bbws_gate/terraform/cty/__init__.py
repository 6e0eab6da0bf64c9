"""Terraform's type system and values (cty), without any syntax or evaluation."""
