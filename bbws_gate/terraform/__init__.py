"""Terraform read exactly as Terraform reads it, from files alone.

In: a repository, a root folder and the environment's inputs. Out: a :class:`~bbws_gate.terraform.stack.Stack`.
"""
