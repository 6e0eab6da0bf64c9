resource "aws_lambda_function" "tenant_service" {
  function_name = "tenant_service-${var.environment}"
  role          = aws_iam_role.tenant_service.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "build/tenant_service.zip"
  timeout       = 10
  memory_size   = 256
  architectures = ["arm64"]

  environment {
    variables = {
      TENANTS_TABLE = "tenants-${var.environment}"
      USERS_TABLE   = "users-${var.environment}"
    }
  }
}

resource "aws_iam_role" "tenant_service" {
  name = "tenant_service-${var.environment}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "tenant_service" {
  name              = "/aws/lambda/tenant_service-${var.environment}"
  retention_in_days = 30
}
