locals {
  buckets = {
    templates = {}
    invoices  = {}
    uploads   = { versioning = "Suspended" }
    exports   = { force_destroy = true }
  }
}

module "bucket" {
  source   = "./modules/bucket"
  for_each = local.buckets

  name            = "acme-shop-${each.key}-${var.environment}"
  versioning      = lookup(each.value, "versioning", "Enabled")
  force_destroy   = lookup(each.value, "force_destroy", false)
  noncurrent_days = var.noncurrent_days
}
