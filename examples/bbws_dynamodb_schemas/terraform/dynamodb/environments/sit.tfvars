environment         = "sit"
aws_account_id      = "815856636111"
aws_region          = "eu-west-1"
cost_center         = "CC-1002"
deletion_protection = true
