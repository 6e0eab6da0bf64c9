variable "name" {
  type = string
}

output "name" {
  value = upper(var.name)
}

output "secret" {
  value     = sensitive("${var.name}!")
  sensitive = true
}

output "map" {
  value = { id = terraform_data.inner.id, name = var.name }
}

resource "terraform_data" "inner" {
  input = var.name
}
