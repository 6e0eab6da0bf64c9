variable "environment" {
  description = "Promotion target"
  type        = string
}

variable "aws_account_id" {
  description = "Account that the environment lives in"
  type        = string
}

variable "aws_region" {
  description = "Region of the tables and of their backups"
  type        = string
}

variable "cost_center" {
  description = "Where the bill goes"
  type        = string
}

variable "backup_retention_days" {
  description = "How long a backup is kept"
  type        = number
}
