"""What the checks share: one JSON line for each, and who signs in."""

import json
import os
import sys

from azure.identity import ClientSecretCredential

failures = 0


def check(name):
    """Runs a function at once and prints what came of it."""

    def run(function):
        global failures
        try:
            facts = function() or {}
            print(json.dumps({"check": name, "ok": True, **facts}), flush=True)
        except Exception as error:  # a failed check must not hide the next
            failures += 1
            text = f"{type(error).__name__}: {error}"
            print(json.dumps({"check": name, "ok": False, "error": text[:600]}), flush=True)
        return function

    return run


def need(condition, what):
    if not condition:
        raise AssertionError(what)


def finish():
    """Ends the program: with 1 when a check failed."""
    sys.exit(1 if failures else 0)


environment = os.environ
credential = ClientSecretCredential(
    environment["AZURE_TENANT_ID"],
    environment["AZURE_CLIENT_ID"],
    environment["AZURE_CLIENT_SECRET"],
    authority=environment["AZURE_AUTHORITY_HOST"],
    disable_instance_discovery=True,
)
