output "bucket_names" {
  description = "Name of each bucket, for the services that use it"
  value       = { for key, bucket in module.bucket : key => bucket.id }
}
