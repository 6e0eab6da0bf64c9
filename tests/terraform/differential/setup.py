"""The module that generated expressions stand in: what they refer to."""

from __future__ import annotations

from typing import Final

_VARIABLES: Final = """
variable "text" {
  type    = string
  default = "orders-sit"
}
variable "nothing" {
  type    = string
  default = null
}
variable "number" {
  default = 42.5
}
variable "flag" {
  type    = bool
  default = "true"
}
variable "texts" {
  type    = list(string)
  default = ["orders", "campaigns", "orders", ""]
}
variable "no_list" {
  type    = list(string)
  default = null
}
variable "numbers" {
  type    = list(number)
  default = [3, "1.5", -2]
}
variable "set" {
  type    = set(string)
  default = ["orders", "Campaigns", "é"]
}
variable "tags" {
  type = map(string)
}
variable "sizes" {
  type    = map(number)
  default = { small = 1, large = 1024 }
}
variable "tables" {
  type = map(object({
    ttl     = optional(number, 30)
    indexes = optional(list(object({ name = string, keys = set(string) })), [])
  }))
  default = {
    orders    = { ttl = 90, indexes = [{ name = "by_date", keys = ["PK"] }, { name = "by_all", keys = ["SK", "PK"] }] }
    campaigns = {}
  }
}
variable "list_of_tables" {
  type    = list(object({ name = string, size = optional(number) }))
  default = [{ name = "orders", size = 5 }, { name = "campaigns" }]
}
variable "anything" {
  type    = any
  default = { name = "any", list = ["a", 1, true], nested = { deep = [{ a = 1 }, { a = 2.5 }] } }
}
variable "secret" {
  sensitive = true
  default   = "hunter2"
}
variable "secrets" {
  sensitive = true
  default   = { user = "root", port = 22 }
}
"""

_REST: Final = """
locals {
  name   = "${var.text}-${local.count}"
  key    = "k-${local.count}"
  count  = length(var.tags)
  list   = [for name, table in var.tables : "${name}:${table.ttl}"]
  map    = { for key, value in var.tags : lower(key) => value }
  object = { name = local.name, size = 3, tags = var.tags, list = local.list }
}
module "child" {
  source = "./child"
  name   = var.text
}
resource "terraform_data" "later" {
  input = "${var.text}!"
}
resource "terraform_data" "counted" {
  count = 2
  input = "n${count.index}"
}
resource "terraform_data" "each" {
  for_each = var.tables
  input    = { name = each.key, size = each.value.ttl }
}
"""

_CHILD: Final = """
variable "name" {
  type = string
}
output "name" {
  value = "child-${var.name}"
}
output "secret" {
  value     = sensitive(upper(var.name))
  sensitive = true
}
output "map" {
  value     = { a = var.name, s = sensitive("s"), u = terraform_data.inner.id }
  sensitive = true
}
resource "terraform_data" "inner" {
}
"""

SETUP: Final = {
    "variables.tf": _VARIABLES,
    "rest.tf": _REST,
    "child/main.tf": _CHILD,
    "terraform.tfvars": 'tags = { Project = "bbws", "cost:code" = "42", empty = "" }\n',
}
"""By path; the expressions themselves are in ``main.tf``."""
