"""Finds the agent behind a dialled number or an extension, for the flow `direct-dial.flow.json`.

Amazon Connect calls `handler` with `lookup` = `number` first. If the number that was dialled is nobody's own, it asks
the caller, and calls again with `lookup` = `extension` and the digits. The answer is a flat map of texts, with the same
names every time. An event of another form is an error, which sends the call to the fallback queue.

Nothing of a call is logged or kept: no number, no name, no extension.
"""

import functools
import json
import os
import re

# What a user of Amazon Connect is tagged with.
TAGS = {"number": "direct-number", "extension": "extension"}
# As many digits as the flow takes.
EXTENSION = re.compile(r"[0-9]{1,8}", re.ASCII)
NUMBER = re.compile(r"\+[0-9]{3,15}", re.ASCII)
# Longer than a name, and short enough for a line.
LONGEST = 64


@functools.cache
def connect():
    """AWS's client. Connect gives up after 8 seconds, its own attempts included."""
    import boto3
    from botocore.config import Config

    return boto3.client("connect", config=Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2}))


def handler(event, _context=None):
    """What the flow asks for: who was dialled, and who calls."""
    contact, parameters = event["Details"]["ContactData"], event["Details"]["Parameters"]
    instance = contact["InstanceARN"]
    lookup = parameters["lookup"]
    if lookup not in TAGS or not isinstance(instance, str):
        raise ValueError("The flow asks for a number or for an extension.")
    if lookup == "number":
        dialled = wanted(NUMBER, (contact.get("SystemEndpoint") or {}).get("Address"))
    else:
        dialled = wanted(EXTENSION, parameters.get("extension"))
    outcome, agent = found(instance, lookup, dialled) if dialled else ("unknown", {})
    return {
        "outcome": outcome,
        "agentId": agent.get("id", ""),
        "agentName": agent.get("name", ""),
        "extension": dialled if outcome == "agent" and lookup == "extension" else "",
        **caller((contact.get("CustomerEndpoint") or {}).get("Address")),
    }


def wanted(form, value):
    """A value of the form; nothing for any other, as "Timeout" is, which Connect has if nobody entered digits."""
    return value if isinstance(value, str) and form.fullmatch(value) else None


def found(instance, lookup, dialled):
    """The outcome, and the agent if there is exactly one, in this instance."""
    table = json.loads(os.environ.get("AGENTS") or "null")
    if table is None:
        users = tagged(instance, TAGS[lookup], dialled)
    else:
        users = [{"Id": table[dialled]}] if dialled in table else []
    if len(users) != 1:
        return ("several" if users else "unknown"), {}
    user = users[0]
    arn = user.get("Arn") or user["Id"]
    if arn.startswith("arn:") and not arn.startswith(f"{instance}/agent/"):
        return "elsewhere", {}
    who = user.get("IdentityInfo") or {}
    name = " ".join(part for part in (who.get("FirstName"), who.get("LastName")) if part)
    return "agent", {"id": user["Id"].rpartition("/")[2], "name": plain(name or user.get("Username"))}


def tagged(instance, key, value):
    """The users with that tag: the one call of AWS."""
    answer = connect().search_users(
        InstanceId=instance.rpartition("/")[2],
        SearchFilter={"TagFilter": {"TagCondition": {"TagKey": key, "TagValue": value}}},
    )
    # Held against the tag again: a call must never reach somebody whose extension only begins like the one entered.
    return [user for user in answer.get("Users") or [] if (user.get("Tags") or {}).get(key) == value]


def caller(number):
    """Who calls, if the table of callers has the number."""
    known = json.loads(os.environ.get("CALLERS") or "{}").get(number) or {}
    name, entra = plain(known.get("name")), plain(known.get("entraId"))
    return {"callerName": name, "callerEntraId": entra, "callerSource": "teams" if entra else "table" if name else ""}


def plain(text):
    """A text without control characters, not too long."""
    return "".join(sign for sign in text or "" if sign.isprintable())[:LONGEST]
