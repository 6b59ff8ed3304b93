"""Runs the Lambda function of `docs/direct-dial` on one event, with a fake of the one call of AWS that it makes.

Reads `{"event", "users", "environment"}` from stdin and writes `{"answer" or "raised", "calls"}` to stdout, as JSON.
botocore knows the form of that call: what it would not send, and users that AWS could not answer with, are `unfit`.
"""

import json
import os
import pathlib
import sys
import types

import botocore.session
import botocore.validate

SAMPLE = pathlib.Path(__file__).parents[2] / "docs" / "direct-dial" / "lambda"


def unfit(shape, value):
    return botocore.validate.ParamValidator().validate(value, shape).generate_report().splitlines()


class Connect:
    def __init__(self, users):
        self.users, self.calls = users, []

    def search_users(self, **parameters):
        answer = {"Users": self.users, "ApproximateTotalCount": len(self.users)}
        described = botocore.session.Session().get_service_model("connect").operation_model("SearchUsers")
        odd = unfit(described.input_shape, parameters) + unfit(described.output_shape, answer)
        self.calls.append({"parameters": parameters, "unfit": odd})
        return answer


def main():
    case = json.load(sys.stdin)
    os.environ.update(case["environment"])
    client = Connect(case["users"])
    sys.modules["boto3"] = types.SimpleNamespace(client=lambda service, **_: {"connect": client}[service])
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(SAMPLE))
    import direct_dial as sample

    try:
        result = {"answer": sample.handler(case["event"])}
    except Exception as error:
        result = {"raised": type(error).__name__}
    print(json.dumps({**result, "calls": client.calls}))


main()
