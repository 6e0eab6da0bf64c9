resource "aws_backup_vault" "orders" {
  name = "orders-${var.environment}"
}

resource "aws_backup_plan" "orders" {
  name = "orders-hourly-${var.environment}"

  rule {
    rule_name         = "hourly"
    target_vault_name = aws_backup_vault.orders.name
    schedule          = "cron(0 * * * ? *)"

    lifecycle {
      delete_after = var.backup_retention_days
    }
  }
}

resource "aws_backup_selection" "tables" {
  name         = "tables"
  plan_id      = aws_backup_plan.orders.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [for table in aws_dynamodb_table.this : table.arn]
}

resource "aws_iam_role" "backup" {
  name = "orders-backup-${var.environment}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "backup" {
  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}
