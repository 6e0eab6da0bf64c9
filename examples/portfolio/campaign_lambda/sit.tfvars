environment = "sit"
region      = "eu-west-1"
account_id  = "444455556666"
