terraform {
  required_version = ">= 1.9.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.76"
    }
  }

  # Bucket, key, region and lock table come from environments/<env>.tfbackend.
  backend "s3" {}
}
