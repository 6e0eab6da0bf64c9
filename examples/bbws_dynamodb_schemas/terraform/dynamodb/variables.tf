variable "environment" {
  description = "Promotion target"
  type        = string

  validation {
    condition     = contains(["dev", "sit", "prod"], var.environment)
    error_message = "The environment must be dev, sit or prod."
  }
}

variable "aws_account_id" {
  description = "Account that the environment lives in"
  type        = string
}

variable "aws_region" {
  description = "Region of the tables"
  type        = string
}

variable "owner" {
  description = "Team that answers for these tables"
  type        = string
  default     = "platform-team"
}

variable "cost_center" {
  description = "Where the bill goes"
  type        = string
}

variable "deletion_protection" {
  description = "Refuse to delete tables"
  type        = bool
  default     = true
}
