variable "name" {
  description = "Name of the bucket, unique in the world"
  type        = string
}

variable "versioning" {
  description = "Enabled or Suspended"
  type        = string
}

variable "force_destroy" {
  description = "Whether the bucket may be deleted with objects in it"
  type        = bool
}

variable "noncurrent_days" {
  description = "How long a version that was replaced is kept"
  type        = number
}
