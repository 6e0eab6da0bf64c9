locals {
  common_tags = {
    Environment = var.environment
    Project     = "bbws_dynamodb_schemas"
    Owner       = var.owner
    CostCenter  = var.cost_center
    ManagedBy   = "terraform"
    Application = "bbws"
  }

  stream_view_type = "NEW_AND_OLD_IMAGES"
}
