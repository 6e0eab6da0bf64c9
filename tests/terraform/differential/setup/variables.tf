# What generated expressions may refer to: every kind of value, known, null, sensitive and unknown.
variable "text" {
  type    = string
  default = "eu-west-1"
}

variable "number" {
  type    = number
  default = 3.5
}

variable "flag" {
  type    = bool
  default = true
}

variable "texts" {
  type    = list(string)
  default = ["b", "a", "c", "a"]
}

variable "set" {
  type    = set(string)
  default = ["orders", "campaigns", "Products"]
}

variable "numbers" {
  type    = list(number)
  default = [10, 2, 33.25]
}

variable "tags" {
  type = map(string)
  default = {
    Project     = "shop"
    Environment = "dev"
    "cost:code" = "42"
  }
}

variable "sizes" {
  type    = map(number)
  default = { small = 1, large = 100 }
}

variable "tables" {
  type = map(object({
    hash_key = string
    ttl      = optional(number, 30)
    indexes  = optional(list(object({ name = string, keys = optional(set(string), ["PK"]) })), [])
  }))
  default = {
    orders    = { hash_key = "PK", indexes = [{ name = "ByDate" }, { name = "ByUser", keys = ["SK", "PK"] }] }
    campaigns = { hash_key = "id", ttl = null }
  }
}

variable "list_of_tables" {
  type    = list(object({ name = string, size = optional(number) }))
  default = [{ name = "orders", size = 2 }, { name = "campaigns" }]
}

variable "anything" {
  type    = any
  default = { name = "x", list = [1, "two", true], nested = { deep = [{ a = 1 }, { a = 2 }] } }
}

variable "nothing" {
  type    = string
  default = null
}

variable "no_list" {
  type    = list(string)
  default = null
}

variable "secret" {
  type      = string
  sensitive = true
  default   = "hunter2"
}

variable "secrets" {
  type      = map(string)
  sensitive = true
  default   = { user = "admin", password = "swordfish" }
}

locals {
  key    = "computed"
  name   = "${var.text}-${local.key}"
  count  = length(var.texts)
  list   = [for name in var.set : upper(name)]
  map    = { for name, table in var.tables : name => table.hash_key }
  object = { name = local.name, size = local.count, tags = merge(var.tags, { Owner = "team" }) }
}
