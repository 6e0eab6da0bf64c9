provider "aws" {
  region              = var.aws_region
  allowed_account_ids = [var.aws_account_id]

  default_tags {
    tags = {
      Environment = var.environment
      Project     = "orders"
      Owner       = "orders-team"
      CostCenter  = var.cost_center
      ManagedBy   = "terraform"
    }
  }
}
