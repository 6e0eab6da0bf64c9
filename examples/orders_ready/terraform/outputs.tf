output "table_names" {
  description = "Name of each table, for the services that read it"
  value       = { for key, table in aws_dynamodb_table.this : key => table.name }
}
