resource "aws_lambda_function" "order_service" {
  function_name = "order_service-${var.environment}"
  role          = aws_iam_role.order_service.arn
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "build/order_service.zip"
  timeout       = 10
  memory_size   = 256
  architectures = ["arm64"]

  environment {
    variables = {
      ORDERS_TABLE = "orders-${var.environment}"
    }
  }
}

resource "aws_iam_role" "order_service" {
  name = "order_service-${var.environment}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "order_service" {
  name              = "/aws/lambda/order_service-${var.environment}"
  retention_in_days = 30
}
