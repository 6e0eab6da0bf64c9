resource "aws_s3_bucket" "email_templates" {
  bucket = "acme-email-templates-${var.environment}"
}

resource "aws_s3_bucket_public_access_block" "email_templates" {
  bucket                  = aws_s3_bucket.email_templates.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "invoice_archive" {
  bucket = "acme-invoice-archive-${var.environment}"
}

resource "aws_s3_bucket_public_access_block" "invoice_archive" {
  bucket                  = aws_s3_bucket.invoice_archive.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
