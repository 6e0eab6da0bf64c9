# The report service of the same environment reads the exports.
data "aws_iam_policy_document" "exports" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${module.bucket["exports"].arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/report-service"]
    }
  }
}

resource "aws_s3_bucket_policy" "exports" {
  bucket = module.bucket["exports"].id
  policy = data.aws_iam_policy_document.exports.json
}
