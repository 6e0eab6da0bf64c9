terraform {
  required_version = ">= 1.9.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.76"
    }
  }

  backend "s3" {
    key     = "campaign_lambda/terraform.tfstate"
    encrypt = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      Environment = var.environment
      Project     = "campaign_lambda"
      ManagedBy   = "terraform"
    }
  }
}
