resource "aws_ecr_repository" "storefront" {
  name                 = "storefront-${var.environment}"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecs_cluster" "shop" {
  name = "shop-${var.environment}"
}
