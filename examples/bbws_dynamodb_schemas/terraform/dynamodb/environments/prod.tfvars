environment         = "prod"
aws_account_id      = "444455556666"
aws_region          = "af-south-1"
cost_center         = "CC-1003"
deletion_protection = true
