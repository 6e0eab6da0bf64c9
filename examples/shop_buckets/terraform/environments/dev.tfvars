environment     = "dev"
aws_account_id  = "111122223333"
aws_region      = "eu-west-1"
cost_center     = "CC-3001"
noncurrent_days = 7
