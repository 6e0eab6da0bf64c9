resource "aws_dynamodb_table" "tenants" {
  name         = "tenants"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "PK"
  range_key    = "SK"

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "SK"
    type = "S"
  }

  attribute {
    name = "email"
    type = "S"
  }

  attribute {
    name = "status"
    type = "S"
  }

  attribute {
    name = "createdAt"
    type = "S"
  }

  attribute {
    name = "active"
    type = "S"
  }

  global_secondary_index {
    name            = "TenantsByEmail"
    hash_key        = "email"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "TenantStatusIndex"
    hash_key        = "status"
    range_key       = "createdAt"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "ActiveIndex"
    hash_key        = "active"
    projection_type = "ALL"
  }

  stream_enabled   = true
  stream_view_type = local.stream_view_type

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = var.deletion_protection

  tags = {
    Component = "tenants"
  }
}

resource "aws_dynamodb_table" "products" {
  name         = "products-${var.environment}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "PK"
  range_key    = "SK"

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "SK"
    type = "S"
  }

  attribute {
    name = "category"
    type = "S"
  }

  attribute {
    name = "createdAt"
    type = "S"
  }

  global_secondary_index {
    name            = "ProductsByCategory"
    hash_key        = "category"
    range_key       = "createdAt"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = var.deletion_protection

  tags = {
    Component = "products"
  }
}

resource "aws_dynamodb_table" "campaigns" {
  name         = "campaigns"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "PK"
  range_key    = "SK"

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "SK"
    type = "S"
  }

  attribute {
    name = "tenantId"
    type = "S"
  }

  attribute {
    name = "productId"
    type = "S"
  }

  attribute {
    name = "status"
    type = "S"
  }

  attribute {
    name = "createdAt"
    type = "S"
  }

  attribute {
    name = "startDate"
    type = "S"
  }

  global_secondary_index {
    name            = "CampaignsByStatus"
    hash_key        = "status"
    range_key       = "createdAt"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "CampaignsByDate"
    hash_key        = "tenantId"
    range_key       = "startDate"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "CampaignsByProduct"
    hash_key        = "productId"
    range_key       = "startDate"
    projection_type = "ALL"
  }

  stream_enabled   = true
  stream_view_type = local.stream_view_type

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = var.deletion_protection

  tags = {
    Component = "campaigns"
  }
}
