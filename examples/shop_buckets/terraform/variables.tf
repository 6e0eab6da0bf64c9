variable "environment" {
  description = "Promotion target"
  type        = string
}

variable "aws_account_id" {
  description = "Account that the environment lives in"
  type        = string
}

variable "aws_region" {
  description = "Region of the buckets"
  type        = string
}

variable "cost_center" {
  description = "Where the bill goes"
  type        = string
}

variable "noncurrent_days" {
  description = "How long a version that was replaced is kept"
  type        = number
}
