#!/usr/bin/env python3
"""Checks the SIT buckets after a deployment: they exist, are private, versioned and encrypted."""

import argparse

import boto3
from botocore.exceptions import ClientError

EXPECTED_BUCKETS = [
    "acme-shop-templates-sit",
    "acme-shop-invoices-sit",
    "acme-shop-uploads-sit",
    "acme-shop-exports-sit",
    "acme-shop-archive-sit",
    "acme-shop-logs-sit",
]


def problems_of(client, name):
    """What is wrong with one bucket, as lines for a person."""
    found = []
    try:
        block = client.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
        found.extend(f"{name}: {setting} is off" for setting, on in sorted(block.items()) if not on)
        if client.get_bucket_versioning(Bucket=name).get("Status") != "Enabled":
            found.append(f"{name}: versioning is off")
        client.get_bucket_encryption(Bucket=name)
    except ClientError as error:
        found.append(f"{name}: {error}")
    return found


def main():
    """Print every problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--region", default="eu-west-1")
    client = boto3.client("s3", region_name=parser.parse_args().region)
    found = [line for name in EXPECTED_BUCKETS for line in problems_of(client, name)]
    for line in found:
        print(line)
    print(f"{len(EXPECTED_BUCKETS)} buckets checked, {len(found)} problems")


if __name__ == "__main__":
    main()
