resource "aws_lambda_function" "campaign_service" {
  function_name = "campaign_service-${var.environment}"
  role          = aws_iam_role.campaign_service.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "build/campaign_service.zip"
  timeout       = 60
  memory_size   = 256
  architectures = ["arm64"]

  environment {
    variables = {
      TEMPLATES_BUCKET = "acme-email-templates-${var.environment}"
    }
  }
}

resource "aws_iam_role" "campaign_service" {
  name = "campaign_service-${var.environment}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "campaign_service" {
  name              = "/aws/lambda/campaign_service-${var.environment}"
  retention_in_days = 30
}
