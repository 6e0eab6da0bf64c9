# Values that only apply makes known.
resource "terraform_data" "later" {
  input = "x"
}

resource "terraform_data" "each" {
  for_each = var.set
  input    = { name = each.key, size = length(each.value) }
}

resource "terraform_data" "counted" {
  count = 2
  input = "number ${count.index}"
}

module "child" {
  source = "./child"
  name   = "${var.text}-child"
}
