resource "aws_lambda_function" "invoice_service" {
  function_name = "invoice_service-${var.environment}"
  role          = aws_iam_role.invoice_service.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "build/invoice_service.zip"
  timeout       = 10
  memory_size   = 256
  architectures = ["arm64"]

  environment {
    variables = {
      EVENTS_TABLE   = "order_events-${var.environment}"
      ARCHIVE_BUCKET = "acme-invoice-archive-${var.environment}"
    }
  }
}

resource "aws_iam_role" "invoice_service" {
  name = "invoice_service-${var.environment}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "invoice_service" {
  name              = "/aws/lambda/invoice_service-${var.environment}"
  retention_in_days = 30
}
