variable "environment" {
  type        = string
  description = "The environment: sit"
}

variable "region" {
  type        = string
  description = "The region of every resource"
}

variable "account_id" {
  type        = string
  description = "The account that may be changed"
}
