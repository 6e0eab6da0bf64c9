resource "aws_ecs_task_definition" "storefront" {
  family                   = "storefront-${var.environment}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024

  container_definitions = jsonencode([{
    name         = "storefront"
    image        = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com/storefront-${var.environment}:1.4.0"
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "storefront" {
  name            = "storefront-${var.environment}"
  cluster         = "shop-${var.environment}"
  task_definition = aws_ecs_task_definition.storefront.arn
  desired_count   = 2
  launch_type     = "FARGATE"
}
