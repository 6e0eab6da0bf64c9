environment     = "sit"
aws_account_id  = "444455556666"
aws_region      = "eu-west-1"
cost_center     = "CC-3002"
noncurrent_days = 30
