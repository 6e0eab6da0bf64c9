#!/usr/bin/env python3
"""Checks the SIT tables after a deployment: they exist, are active, and hold the indexes that the services query."""

import argparse
import sys

import boto3
from botocore.exceptions import ClientError

EXPECTED_TABLES = {
    "orders-sit": ["OrdersByCustomer", "OrdersByStatus"],
    "customers-sit": ["CustomersByEmail"],
}


def problems_of(client, name, expected_indexes):
    """What is wrong with one table, as lines for a person."""
    try:
        table = client.describe_table(TableName=name)["Table"]
    except client.exceptions.ResourceNotFoundException:
        return [f"{name}: does not exist"]
    found = []
    if table["TableStatus"] != "ACTIVE":
        found.append(f"{name}: status is {table['TableStatus']}")
    indexes = {index["IndexName"]: index["IndexStatus"] for index in table.get("GlobalSecondaryIndexes", [])}
    broken = [index for index in expected_indexes if indexes.get(index) != "ACTIVE"]
    found.extend(f"{name}: index {index} is {indexes.get(index, 'missing')}" for index in broken)
    found.extend(f"{name}: index {index} is not expected" for index in sorted(set(indexes) - set(expected_indexes)))
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    if backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] != "ENABLED":
        found.append(f"{name}: point-in-time recovery is off")
    return found


def main():
    """Print every problem; 1 when there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--region", default="eu-west-1")
    client = boto3.client("dynamodb", region_name=parser.parse_args().region)
    try:
        found = [line for name, indexes in EXPECTED_TABLES.items() for line in problems_of(client, name, indexes)]
    except ClientError as error:
        sys.exit(f"cannot describe the tables: {error}")
    for line in found:
        print(line)
    print(f"{len(EXPECTED_TABLES)} tables checked, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
