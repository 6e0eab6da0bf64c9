locals {
  tables = {
    orders = {
      attributes = { PK = "S", SK = "S", customerId = "S", status = "S", createdAt = "S" }
      indexes = {
        OrdersByCustomer = { hash_key = "customerId", range_key = "createdAt" }
        OrdersByStatus   = { hash_key = "status", range_key = "createdAt" }
      }
    }
    customers = {
      attributes = { PK = "S", SK = "S", email = "S" }
      indexes = {
        CustomersByEmail = { hash_key = "email", range_key = null }
      }
    }
  }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name         = "${each.key}-${var.environment}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "PK"
  range_key    = "SK"

  dynamic "attribute" {
    for_each = each.value.attributes

    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = each.value.indexes

    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.hash_key
      range_key       = global_secondary_index.value.range_key
      projection_type = "ALL"
    }
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = true
}
