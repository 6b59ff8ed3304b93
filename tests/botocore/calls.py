"""Calls AWS at an address by botocore, which is AWS's own client and knows nothing of the sandbox.

Reads a call a line from stdin and writes its result a line to stdout, both as JSON. Every successful answer is compared
with botocore's own description of the service as well: what it does not name, names by another type, or has another
word for, is listed as `unfit`.
"""

import datetime
import json
import sys
import unittest.mock
import xml.etree.ElementTree as ElementTree

import botocore.auth
import botocore.config
import botocore.exceptions
import botocore.session

TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "timestamp": (int, float),
    "boolean": bool,
    "double": (int, float),
    "float": (int, float),
}


def unfit(shape, value, types=TYPES, path=""):
    """The parts of a value that the description of the service does not have."""
    if shape.type_name == "structure":
        for name, part in value.items():
            if name in shape.members:
                yield from unfit(shape.members[name], part, types, f"{path}/{name}")
            else:
                yield f"{path}/{name} is not described"
        for name in shape.required_members:
            if name not in value:
                yield f"{path}/{name} is missing"
    elif shape.type_name == "list":
        for part in value:
            yield from unfit(shape.member, part, types, f"{path}[]")
    elif shape.type_name == "map":
        for name, part in value.items():
            yield from unfit(shape.value, part, types, f"{path}/{name}")
    elif not isinstance(value, types[shape.type_name]) or (
        isinstance(value, bool) and shape.type_name != "boolean"
    ):
        yield f"{path} is {value!r}, not of type {shape.type_name}"
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path} is {value!r}, which is no word of the service"


def of_xml(element):
    """An element of XML as JSON would have it."""
    parts = {child.tag.split("}")[1]: of_xml(child) for child in element}
    return parts or (element.text or "")


def answered(session, call):
    http = botocore.config.Config(retries={"total_max_attempts": 1}, proxies={})
    keys = call.get("keys") or {}
    client = session.create_client(
        call["service"],
        region_name=call["region"],
        endpoint_url=call["address"],
        aws_access_key_id=keys.get("AccessKeyId"),
        aws_secret_access_key=keys.get("SecretAccessKey"),
        aws_session_token=keys.get("SessionToken"),
        config=http,
    )
    odd = []

    def look(operation_model, response_dict, **_):
        body = response_dict["body"]
        if response_dict["status_code"] >= 300 or operation_model.output_shape is None:
            return
        shape = operation_model.output_shape
        if call["service"] == "sts":
            body = of_xml(ElementTree.fromstring(body))[f"{operation_model.name}Result"]
            odd.extend(unfit(shape, body, {**TYPES, "timestamp": str}))
        else:
            odd.extend(unfit(shape, json.loads(body)))

    client.meta.events.register("before-parse.*", look)
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=call.get("ahead", 0))
    with unittest.mock.patch.object(botocore.auth, "get_current_datetime", lambda *_, **__: now.replace(tzinfo=None)):
        operation = botocore.xform_name(call["operation"])
        try:
            data = getattr(client, operation)(**call["parameters"])
        except botocore.exceptions.ClientError as error:
            refused = error.response
            return {
                "code": refused["Error"]["Code"],
                "message": refused["Error"]["Message"],
                "status": refused["ResponseMetadata"]["HTTPStatusCode"],
            }
    data.pop("ResponseMetadata")
    return {"data": data, "unfit": odd}


def main():
    session = botocore.session.Session()
    for line in sys.stdin:
        print(json.dumps(answered(session, json.loads(line)), default=lambda moment: moment.isoformat()), flush=True)


main()
