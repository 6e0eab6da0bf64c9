locals {
  tables = {
    tenants   = aws_dynamodb_table.tenants
    products  = aws_dynamodb_table.products
    campaigns = aws_dynamodb_table.campaigns
  }
}

output "table_names" {
  description = "Name of each table, for the services that read it"
  value       = { for key, table in local.tables : key => table.name }
}

output "table_arns" {
  description = "ARN of each table, for IAM policies"
  value       = { for key, table in local.tables : key => table.arn }
}

output "stream_arns" {
  description = "ARN of the stream of each table that has one"
  value       = { for key, table in local.tables : key => table.stream_arn if table.stream_enabled == true }
}
