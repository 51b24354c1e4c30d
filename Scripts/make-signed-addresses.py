#!/usr/bin/env python3
"""make-signed-addresses.py > Tests/ObjectStoresTests/Goldens/signed-addresses.json

What Amazon's own library signs (pip install boto3==1.43.11), for Tests/ObjectStoresTests.
"""
import datetime
import json
import sys
from unittest import mock

import boto3
from botocore.config import Config

TIME = datetime.datetime(2026, 11, 29, 12, 34, 56, tzinfo=datetime.timezone.utc)
KEYS = ["a.jpg", "clothes/dress/1.jpg", "ö ä+b%20c~&=.jpg", "a'b(c)*!,;:@$.jpg", "日本/着物.jpg", 'quo"te<>|\\^`{}[]?#.jpg', "a/b c/d"]
ENDPOINTS = [(None, "virtual"), ("http://127.0.0.1:9000", "path"), ("https://store.example/minio", "path")]


def client(endpoint, style, region, token):
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name=region, aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", aws_session_token=token,
        config=Config(signature_version="s3v4", s3={"addressing_style": style}))


def addresses():
    for endpoint, style in ENDPOINTS:
        for region, token in [("eu-west-1", None), ("us-west-2", "IQoJb3//token+==")]:
            s3 = client(endpoint, style, region, token)
            common = {"endpoint": endpoint, "region": region, "token": token}
            for key in KEYS:
                url = s3.generate_presigned_url("get_object", {"Bucket": "shop", "Key": key}, ExpiresIn=3600)
                yield common | {"key": key, "url": url}
            for mark in [None, "1/Ab+c=="]:
                wanted = {"Bucket": "shop", "Prefix": "clothes ä/", "EncodingType": "url"}
                wanted |= {"ContinuationToken": mark} if mark else {}
                url = s3.generate_presigned_url("list_objects_v2", wanted, ExpiresIn=3600)
                yield common | {"prefix": wanted["Prefix"], "mark": mark, "url": url}


with mock.patch("botocore.auth.get_current_datetime", return_value=TIME.replace(tzinfo=None)):
    json.dump({"time": int(TIME.timestamp()), "addresses": list(addresses())}, sys.stdout, ensure_ascii=False, indent=1)
    print()
