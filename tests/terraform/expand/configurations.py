"""Whole root modules that say one thing each; real Terraform can plan them without any provider but its own."""

from __future__ import annotations

import json
from typing import Final

CHILD: Final = """
variable "name" {
  type = string
}
variable "rules" {
  type = list(object({ port = number, on = optional(bool, true), tags = optional(map(string), {}) }))
  default = []
}
resource "terraform_data" "c" {
  input = { name = var.name, rules = var.rules, path = path.module }
}
output "name" {
  value = terraform_data.c.input.name
}
output "id" {
  value = terraform_data.c.id
}
"""

CONFIGURATIONS: Final[dict[str, dict[str, str]]] = {
    "precedence": {
        "main.tf": 'variable "v" {\n  default = "d"\n}\nvariable "w" {\n  default = "d"\n}\noutput "o" {\n  value = [var.v, var.w]\n}\n',
        "terraform.tfvars": 'v = "tfvars"\nw = "tfvars"\n',
        "terraform.tfvars.json": '{"v": "json"}',
        "b.auto.tfvars": 'v = "b"\n',
        "a.auto.tfvars.json": '{"v": "a", "w": "a"}',
    },
    "conversion": {
        "main.tf": """
variable "a" {
  type = map(object({
    n = optional(number, 7)
    s = optional(set(string), ["x"])
    o = optional(object({ k = optional(string, "deep") }), {})
  }))
}
variable "b" {
  type = list(any)
}
variable "c" {
  type = tuple([string, bool])
}
variable "d" {
  type     = string
  nullable = false
  default  = "fallback"
}
variable "e" {
  type    = number
  default = null
}
variable "f" {
  type = any
}
output "o" {
  value = { a = var.a, b = var.b, c = var.c, d = var.d, e = var.e, f = var.f }
}
""",
        "terraform.tfvars": 'a = { x = {}, y = { n = "5", s = ["b", "a", "b"], extra = 1 }, z = { o = { k = null } } }\n'
        'b = [1, "2", true]\n'
        'c = [1, "true"]\nd = null\nf = { k = [1, { l = null }] }\n',
    },
    "json values are verbatim": {
        "main.tf": 'variable "v" {\n  type = any\n}\noutput "o" {\n  value = var.v\n}\n',
        "terraform.tfvars.json": '{"v": {"a": "${not.evaluated}", "b": [1.50, null, true], "c": "%{ x"}}',
    },
    "modules": {
        "main.tf": """
locals {
  sets = { web = [{ port = 80 }, { port = "443", on = false, tags = { a = 1 } }], none = [] }
}
module "m" {
  source   = "./m"
  for_each = local.sets
  name     = "n-${each.key}"
  rules    = each.value
}
module "n" {
  source = "./m"
  count  = 2
  name   = count.index
}
module "zero" {
  source = "./m"
  count  = 0
  name   = "x"
}
module "one" {
  source = "./m"
  name   = module.n[1].name
}
output "o" {
  value = { for k, v in module.m : k => v.name }
}
resource "terraform_data" "all" {
  input = module.one
}
output "splat" {
  value = [module.n[*].name, module.zero[*].name, one(module.zero[*].name), length(module.zero), try(module.zero[0].name, "none")]
}
""",
        "m/main.tf": CHILD,
    },
    "nested modules": {
        "main.tf": (
            'module "a" {\n  source = "./a"\n  for_each = toset(["x", "y"])\n  k = each.value\n}\n'
            'output "o" {\n  value = values(module.a)[*].names\n}\n'
        ),
        "a/main.tf": (
            'variable "k" {\n}\nmodule "b" {\n  source = "../m"\n  count = 2\n'
            '  name = "${var.k}${count.index}"\n}\noutput "names" {\n  value = module.b[*].name\n}\n'
        ),
        "m/main.tf": CHILD,
    },
    "resources refer to each other": {
        "main.tf": """
resource "terraform_data" "a" {
  for_each = { x = 1, y = 2 }
  input    = each.value * 10
}
resource "terraform_data" "b" {
  for_each         = terraform_data.a
  input            = { of = each.value.input, key = each.key, id = each.value.id }
  triggers_replace = [each.value.output]
}
resource "terraform_data" "c" {
  count = length(terraform_data.a)
  input = values(terraform_data.a)[count.index].input
}
output "o" {
  value = [terraform_data.c[*].input, terraform_data.b["x"].input.of, { for k, v in terraform_data.b : k => v.input.of }]
}
""",
    },
    "locals in any order": {
        "main.tf": 'output "o" {\n  value = local.c\n}\nlocals {\n  c = "${local.b}!"\n}\nlocals {\n  b = upper(local.a)\n  a = "x"\n}\n',
    },
    "overrides": {
        "main.tf": 'resource "terraform_data" "r" {\n  input = 1\n  triggers_replace = "t"\n}\nvariable "v" {\n'
        "  default = 1\n  type = number\n}\n"
        'locals {\n  l = 1\n}\noutput "o" {\n  value = [var.v, local.l]\n}\nmodule "m" {\n  source = "./m"\n  name = "base"\n}\n',
        "override.tf": 'resource "terraform_data" "r" {\n  input = 2\n  count = 2\n}\nlocals {\n  l = 2\n}\n',
        "z_override.tf": (
            'variable "v" {\n  default = "5"\n}\noutput "o" {\n  value = ["over", var.v, local.l]\n}\nmodule "m" {\n  name = "over"\n}\n'
        ),
        "a_override.tf.json": '{"resource": {"terraform_data": {"r": {"input": "json ${1 + 2}"}}}}',
        "m/main.tf": CHILD,
    },
    "json syntax": {
        "main.tf.json": json.dumps(
            {
                "//": "a comment",
                "variable": {"env": {"type": "string", "default": "sit"}, "n": {"type": "list(number)", "default": ["1"]}},
                "locals": {"a": "${var.env}-a", "b": {"k ${1}": "${[for x in var.n : x + 1]}"}, "c": "$${literal}"},
                "resource": {"terraform_data": {"r": {"count": 2, "input": {"i": "${count.index}", "t": "x${count.index}", "u": 1.5}}}},
                "output": {"o": {"value": ["${local.a}", "${local.b}", "${local.c}", True, None, "${terraform_data.r[1].input}"]}},
            }
        ),
    },
    "paths and files": {
        "main.tf": (
            'module "m" {\n  source = "./deep/m"\n}\noutput "o" {\n'
            '  value = [path.module, path.root, module.m.o, file("a.txt"), fileexists("nope")]\n}\n'
        ),
        "a.txt": "A",
        "deep/m/main.tf": (
            'output "o" {\n'
            '  value = [path.module, path.root, file("${path.module}/b.txt"), templatefile("./deep/m/t.tftpl", { xs = ["p", "q"] })]\n'
            "}\n"
        ),
        "deep/m/b.txt": "B",
        "deep/m/t.tftpl": "%{ for x in xs ~}\n- ${x}\n%{ endfor ~}\n",
    },
    "sensitive values": {
        "main.tf": """
variable "s" {
  sensitive = true
  default   = "x"
}
module "m" {
  source = "./m"
  name   = var.s
}
resource "terraform_data" "r" {
  input = { a = var.s, b = "plain", c = [var.s, 1] }
}
output "o" {
  value     = [module.m.name, "plain"]
  sensitive = true
}
output "plain" {
  value = nonsensitive("${var.s}y")
}
""",
        "m/main.tf": CHILD,
    },
    "undeclared tfvars are a warning": {"main.tf": 'output "o" {\n  value = 1\n}\n', "terraform.tfvars": "nope = 1\n"},
    "moved, removed and check change nothing": {
        "main.tf": 'resource "terraform_data" "r" {\n}\nmoved {\n  from = terraform_data.old\n'
        "  to = terraform_data.r\n}\nremoved {\n  from = terraform_data.gone\n  lifecycle {\n"
        "    destroy = false\n  }\n}\n"
        'check "c" {\n  assert {\n    condition = terraform_data.r.id != null\n    error_message = "never"\n  }\n}\n',
    },
    "conditions hold": {
        "main.tf": (
            'variable "n" {\n  default = 1\n}\n'
            'resource "terraform_data" "a" {\n  count = 2\n  input = count.index\n  lifecycle {\n'
            '    precondition {\n      condition = var.n + count.index > 0\n      error_message = "no"\n    }\n'
            '    postcondition {\n      condition = self.input == count.index && self.id != ""\n      error_message = "no"\n    }\n  }\n}\n'
            'output "o" {\n  value = var.n\n'
            '  precondition {\n    condition = terraform_data.a[0].input == 0\n    error_message = "no"\n  }\n}\n'
        ),
    },
    "moves, removals and imports": {
        "main.tf": (
            'resource "terraform_data" "a" {\n  count = 1\n}\nmodule "m" {\n  source = "./m"\n  for_each = toset(["x"])\n}\n'
            "moved {\n  from = terraform_data.a\n  to = terraform_data.a[0]\n}\n"
            'moved {\n  from = terraform_data.c\n  to = module.m["x"].terraform_data.c\n}\n'
            'moved {\n  from = module.m\n  to = module.m["x"]\n}\n'
            "removed {\n  from = terraform_data.gone\n  lifecycle {\n    destroy = false\n  }\n}\n"
            'import {\n  for_each = { x = "id" }\n  to = module.m[each.key].terraform_data.c\n  id = each.value\n}\n'
        ),
        "m/main.tf": 'resource "terraform_data" "c" {\n}\n',
    },
    "provisioners and checks": {
        "main.tf": (
            'resource "terraform_data" "a" {\n  count = 1\n'
            "  connection {\n    host = self.id\n  }\n"
            '  provisioner "local-exec" {\n    when = destroy\n    on_failure = continue\n    command = self.id\n  }\n'
            "  lifecycle {\n    replace_triggered_by = [terraform_data.b[count.index].id]\n  }\n}\n"
            'resource "terraform_data" "b" {\n  count = 1\n}\n'
            'check "c" {\n  data "terraform_remote_state" "d" {\n    backend = "local"\n    config = { path = "x" }\n  }\n'
            '  assert {\n    condition = data.terraform_remote_state.d.outputs != null\n    error_message = "no"\n  }\n}\n'
        ),
    },
    "provider configurations that nothing uses": {
        "main.tf": (
            'provider "terraform" {\n  nope = terraform_data.nope.id\n}\n'
            'provider "terraform" {\n  alias = "x"\n  nope = tonumber("x")\n}\n'
            'module "m" {\n  source = "./m"\n  providers = {\n    terraform = terraform.x\n  }\n}\n'
        ),
        "m/main.tf": 'output "o" {\n  value = 1\n}\n',
    },
    "validation holds": {
        "main.tf": (
            'variable "v" {\n  default = "sit"\n  validation {\n'
            '    condition = contains(["dev", "sit"], var.v) && length(local.l) > 0\n'
            '    error_message = "no"\n  }\n}\nlocals {\n  l = "x"\n}\n'
        ),
    },
    "null argument": {
        "main.tf": (
            'resource "terraform_data" "r" {\n  input = null\n}\noutput "o" {\n'
            "  value = [terraform_data.r.input, terraform_data.r.output]\n}\n"
        )
    },
    "outputs of unknowns": {
        "main.tf": (
            'resource "terraform_data" "r" {\n  input = [1, 2]\n}\nresource "terraform_data" "o" {\n'
            '  input = { id = terraform_data.r.id, n = length(terraform_data.r.input), known = true || terraform_data.r.id == "x" }\n'
            "}\n"
        ),
    },
    "module arguments may be unknown": {
        "main.tf": (
            'resource "terraform_data" "r" {\n}\nmodule "m" {\n  source = "./m"\n'
            '  name = "n-${terraform_data.r.id}"\n  rules = [{ port = 1 }]\n}\noutput "o" {\n'
            "  value = module.m.name\n}\n"
        ),
        "m/main.tf": CHILD,
    },
    "data flows through one module twice": {
        "main.tf": 'module "m" {\n  source = "./m"\n  a = 1\n  b = module.m.a\n}\noutput "o" {\n  value = module.m.b\n}\n',
        "m/main.tf": 'variable "a" {\n}\nvariable "b" {\n}\noutput "a" {\n  value = var.a + 1\n}\noutput "b" {\n  value = var.b + 1\n}\n',
    },
    "heredocs and escapes": {
        "main.tf": (
            'locals {\n  a = <<-EOT\n    one\n      two ${upper("x")}\n    %{ if true }three%{ endif }\n'
            '  EOT\n  b = "\\t\\"q\\" $${x} %%{y} \\u00e9"\n}\noutput "o" {\n  value = [local.a, local.b]\n'
            "}\n"
        ),
    },
    "for with grouping and conditions": {
        "main.tf": (
            'locals {\n  users = [{ n = "a", r = "x" }, { n = "b", r = "y" }, { n = "c", r = "x" }]\n'
            '  by = { for u in local.users : u.r => u.n... }\n}\nresource "terraform_data" "r" {\n'
            "  for_each = { for r, ns in local.by : r => ns if length(ns) > 1 }\n  input = each.value\n}\n"
        ),
    },
    "flatten and setproduct": {
        "main.tf": 'locals {\n  nets = { a = ["1", "2"], b = ["3"] }\n'
        "  flat = flatten([for k, v in local.nets : [for s in v : { net = k, sub = s }]])\n}\n"
        'resource "terraform_data" "r" {\n'
        '  for_each = { for f in local.flat : "${f.net}.${f.sub}" => f }\n'
        '  input = merge(each.value, { pair = setproduct([each.key], ["x", "y"]) })\n}\n',
    },
}

CONFIGURATIONS["modules are plain values"] = {
    "main.tf": (
        'module "m" {\n  source = "./m"\n  name = "x"\n}\nmodule "f" {\n  source = "./m"\n  for_each = { a = 1 }\n  name = each.key\n}\n'
        'output "o" {\n'
        '  value = [module.m["name"], module.f.a.name, try(module.m.nope, 1), try(module.f.name, 2), try(module.m[0], 3)]\n'
        "}\n"
    ),
    "m/main.tf": CHILD,
}

REFUSED: Final[dict[str, dict[str, str]]] = {
    "precondition fails": {
        "main.tf": (
            'variable "n" {\n  default = 1\n}\nresource "terraform_data" "a" {\n'
            '  lifecycle {\n    precondition {\n      condition = var.n > 1\n      error_message = "no"\n    }\n  }\n}\n'
        )
    },
    "postcondition fails": {
        "main.tf": (
            'resource "terraform_data" "a" {\n  input = 1\n'
            '  lifecycle {\n    postcondition {\n      condition = self.input == 2\n      error_message = "no"\n    }\n  }\n}\n'
        )
    },
    "precondition of an output fails": {
        "main.tf": (
            'variable "n" {\n  default = 1\n}\noutput "o" {\n  value = 1\n'
            '  precondition {\n    condition = var.n > 1\n    error_message = "no"\n  }\n}\n'
        )
    },
    "undeclared in a precondition": {
        "main.tf": (
            'resource "terraform_data" "a" {\n'
            '  lifecycle {\n    precondition {\n      condition = local.nope\n      error_message = "no"\n    }\n  }\n}\n'
        )
    },
    "undeclared in a provisioner": {
        "main.tf": 'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n    command = local.nope\n  }\n}\n'
    },
    "undeclared in a check": {"main.tf": 'check "c" {\n  assert {\n    condition = local.nope\n    error_message = "no"\n  }\n}\n'},
    "undeclared trigger": {
        "main.tf": 'resource "terraform_data" "a" {\n  lifecycle {\n    replace_triggered_by = [terraform_data.nope]\n  }\n}\n'
    },
    "moved and still declared": {
        "main.tf": (
            'resource "terraform_data" "a" {\n}\nresource "terraform_data" "b" {\n}\n'
            "moved {\n  from = terraform_data.b\n  to = terraform_data.a\n}\n"
        )
    },
    "moved instance still declared": {
        "main.tf": (
            'resource "terraform_data" "a" {\n}\nresource "terraform_data" "b" {\n  for_each = toset(["x"])\n}\n'
            'moved {\n  from = terraform_data.b["x"]\n  to = terraform_data.a\n}\n'
        )
    },
    "moved module still declared": {
        "main.tf": 'module "m" {\n  source = "./m"\n}\nmoved {\n  from = module.m\n  to = module.n\n}\n',
        "m/main.tf": 'resource "terraform_data" "c" {\n}\n',
    },
    "moved inside a module and still declared": {
        "main.tf": (
            'module "m" {\n  source = "./m"\n  count = 1\n}\nmoved {\n  from = module.m[0].terraform_data.c\n  to = terraform_data.c\n}\n'
        ),
        "m/main.tf": 'resource "terraform_data" "c" {\n}\n',
    },
    "removed and still declared": {
        "main.tf": (
            'module "m" {\n  source = "./m"\n}\nremoved {\n  from = module.m.terraform_data.c\n  lifecycle {\n    destroy = false\n  }\n}\n'
        ),
        "m/main.tf": 'resource "terraform_data" "c" {\n}\n',
    },
    "import into nothing": {"main.tf": 'import {\n  to = terraform_data.nope\n  id = "x"\n}\n'},
    "undeclared in an import": {"main.tf": 'resource "terraform_data" "a" {\n}\nimport {\n  to = terraform_data.a\n  id = local.nope\n}\n'},
    "missing variable": {"main.tf": 'variable "v" {\n}\n'},
    "wrong type": {"main.tf": 'variable "v" {\n  type = list(number)\n}\n', "terraform.tfvars": 'v = ["x"]\n'},
    "null not allowed": {"main.tf": 'variable "v" {\n  nullable = false\n}\n', "terraform.tfvars": "v = null\n"},
    "validation fails": {
        "main.tf": 'variable "v" {\n  default = 1\n  validation {\n    condition = var.v > 1\n    error_message = "small"\n  }\n}\n'
    },
    "default of the wrong type": {"main.tf": 'variable "v" {\n  type = number\n  default = "x"\n}\n'},
    "undeclared in a validation": {
        "main.tf": 'variable "v" {\n  default = 1\n  validation {\n    condition = local.x == var.v\n    error_message = "x"\n  }\n}\n'
    },
    "undeclared local": {"main.tf": 'output "o" {\n  value = try(local.x, 1)\n}\n'},
    "undeclared resource": {"main.tf": 'output "o" {\n  value = true ? 1 : terraform_data.x.id\n}\n'},
    "undeclared output": {
        "main.tf": 'module "m" {\n  source = "./m"\n  name = "x"\n}\noutput "o" {\n  value = module.m.nope\n}\n',
        "m/main.tf": CHILD,
    },
    "unsupported argument": {"main.tf": 'module "m" {\n  source = "./m"\n  name = "x"\n  nope = 1\n}\n', "m/main.tf": CHILD},
    "missing argument": {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/main.tf": CHILD},
    "argument of the wrong type": {"main.tf": 'module "m" {\n  source = "./m"\n  name = []\n}\n', "m/main.tf": CHILD},
    "circle of locals": {"main.tf": "locals {\n  a = local.b\n  b = local.a\n}\n"},
    "circle of resources": {
        "main.tf": (
            'resource "terraform_data" "a" {\n  input = terraform_data.b.id\n}\n'
            'resource "terraform_data" "b" {\n  input = terraform_data.a.id\n}\n'
        )
    },
    "resource of itself": {"main.tf": 'resource "terraform_data" "a" {\n  input = terraform_data.a.id\n}\n'},
    "circle through a module": {
        "main.tf": 'module "m" {\n  source = "./m"\n  x = module.m.o\n}\n',
        "m/main.tf": 'variable "x" {\n}\noutput "o" {\n  value = var.x\n}\n',
    },
    "declared twice": {"a.tf": "locals {\n  x = 1\n}\n", "b.tf": "locals {\n  x = 2\n}\n"},
    "resource declared twice": {"a.tf": 'resource "terraform_data" "a" {\n}\n', "b.tf": 'resource "terraform_data" "a" {\n}\n'},
    "unknown block": {"main.tf": "nonsense {\n}\n"},
    "argument outside blocks": {"main.tf": "x = 1\n"},
    "override without base": {"main.tf": "", "override.tf": 'resource "terraform_data" "a" {\n}\n'},
    "count of nothing": {"main.tf": 'resource "terraform_data" "a" {\n  count = null\n}\n'},
    "negative count": {"main.tf": 'resource "terraform_data" "a" {\n  count = -1\n}\n'},
    "fractional count": {"main.tf": 'resource "terraform_data" "a" {\n  count = 1.5\n}\n'},
    "unknown count": {
        "main.tf": 'resource "terraform_data" "a" {\n}\nresource "terraform_data" "b" {\n  count = length(terraform_data.a.id)\n}\n'
    },
    "for_each over a tuple": {"main.tf": 'resource "terraform_data" "a" {\n  for_each = ["a"]\n}\n'},
    "for_each over numbers": {"main.tf": 'resource "terraform_data" "a" {\n  for_each = toset([1])\n}\n'},
    "sensitive for_each": {"main.tf": 'resource "terraform_data" "a" {\n  for_each = sensitive({ a = 1 })\n}\n'},
    "unknown for_each keys": {
        "main.tf": 'resource "terraform_data" "a" {\n}\nresource "terraform_data" "b" {\n  for_each = toset([terraform_data.a.id])\n}\n'
    },
    "count and for_each": {"main.tf": 'resource "terraform_data" "a" {\n  count = 1\n  for_each = {}\n}\n'},
    "each without for_each": {"main.tf": 'resource "terraform_data" "a" {\n  input = each.key\n}\n'},
    "count without count": {"main.tf": 'resource "terraform_data" "a" {\n  for_each = {}\n  input = count.index\n}\n'},
    "key without instances": {"main.tf": 'resource "terraform_data" "a" {\n}\noutput "o" {\n  value = terraform_data.a[0].id\n}\n'},
    "instances without key": {
        "main.tf": 'resource "terraform_data" "a" {\n  count = 1\n}\noutput "o" {\n  value = terraform_data.a.id\n}\n'
    },
    "missing instance": {"main.tf": 'resource "terraform_data" "a" {\n  count = 1\n}\noutput "o" {\n  value = terraform_data.a[1].id\n}\n'},
    "sensitive output": {"main.tf": 'output "o" {\n  value = sensitive("x")\n}\n'},
    "output without value": {"main.tf": 'output "o" {\n}\n'},
    "functions in tfvars": {"main.tf": 'variable "v" {\n}\n', "terraform.tfvars": 'v = upper("x")\n'},
    "references in defaults": {"main.tf": 'variable "v" {\n  default = local.x\n}\nlocals {\n  x = 1\n}\n'},
    "missing module": {"main.tf": 'module "m" {\n  source = "./nope"\n}\n'},
    "module of itself": {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/main.tf": 'module "m" {\n  source = "../m"\n}\n'},
    "function that is not there": {"main.tf": 'output "o" {\n  value = nope(1)\n}\n'},
    "self outside a resource": {"main.tf": 'resource "terraform_data" "a" {\n  input = self.id\n}\n'},
    "attribute that is not there": {"main.tf": 'resource "terraform_data" "a" {\n}\noutput "o" {\n  value = terraform_data.a.nope\n}\n'},
    "moved without to": {"main.tf": "moved {\n  from = terraform_data.a\n}\n"},
    "attribute twice": {"main.tf": 'resource "terraform_data" "a" {\n  input = 1\n  input = 2\n}\n'},
}
