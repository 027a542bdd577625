"""Makes new keys through Microsoft's own SDK, unmodified, and says for each step whether it worked.

The variables come from `amltop simulate --write-env FILE`; with `PRINCIPAL=reader` the credentials are expected to be
refused. One JSON line per check on stdout: {"check": name, "ok": true|false, ...facts}. Exit status 1 when a check failed.
"""

import json
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")

from azure.ai.ml import MLClient  # noqa: E402
from azure.core.exceptions import HttpResponseError  # noqa: E402
import requests  # noqa: E402

# Nothing is to be written beside the sources.
sys.dont_write_bytecode = True
from checks import check, credential, environment, finish, need  # noqa: E402

client = MLClient(
    credential,
    environment["AZURE_SUBSCRIPTION_ID"],
    environment["AZURE_DEFAULTS_GROUP"],
    environment["AZURE_DEFAULTS_WORKSPACE"],
)
endpoint = "my-endpoint"


def keys():
    both = client.online_endpoints.get_keys(endpoint)
    return {"primary": both.primary_key, "secondary": both.secondary_key}


def invoke():
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"data": [[1, 2, 3]]}, file)
        file.flush()
        return client.online_endpoints.invoke(endpoint, request_file=file.name)


def status_with(key):
    uri = client.online_endpoints.get(endpoint).scoring_uri
    answer = requests.post(uri, json={"data": [[1]]}, headers={"Authorization": f"Bearer {key}"}, timeout=10)
    return answer.status_code


def refused(action, call):
    """Azure's words name who, what and where."""
    try:
        call()
    except HttpResponseError as error:
        need(error.status_code == 403, error.status_code)
        need(error.error.code == "AuthorizationFailed", error.error.code)
        need(f"'Microsoft.MachineLearningServices/workspaces/{action}'" in error.message, error.message)
        need(f"The client '{environment['AZURE_CLIENT_ID']}' with object id" in error.message, error.message)
        return
    raise AssertionError("it was let in")


def as_owner():
    for slot, other in (("primary", "secondary"), ("secondary", "primary")):

        @check(f"begin_regenerate_keys, {slot}")
        def _():
            before = keys()
            poller = client.online_endpoints.begin_regenerate_keys(endpoint, key_type=slot)
            poller.result(timeout=60)
            need(poller.status() == "Succeeded", poller.status())
            after = keys()
            need(after[slot] != before[slot], "the key is as it was")
            need(after[other] == before[other], "the other key is another")
            need(status_with(after[slot]) == 200, "the new key is refused")
            need(status_with(after[other]) == 200, "the other key is refused")
            need(status_with(before[slot]) == 401, "the old key is let in")

    @check("invoke with the new key")
    def _():
        answer = invoke()
        need(isinstance(json.loads(answer)[0], float), answer)

    @check("an endpoint without keys is refused by the SDK itself")
    def _():
        try:
            client.online_endpoints.begin_regenerate_keys("pricing-kr")
        except Exception as error:
            need("does not use keys" in str(error), error)
            return
        raise AssertionError("it was accepted")


def as_reader():
    @check("a reader reads")
    def _():
        need(client.online_endpoints.get(endpoint).scoring_uri, "no scoring URI")
        need(len(list(client.online_endpoints.list())) > 1, "no endpoints")

    @check("a reader gets no keys")
    def _():
        refused("onlineEndpoints/listKeys/action", keys)

    @check("a reader makes no keys")
    def _():
        # The SDK asks for the keys first: that is where it ends.
        refused(
            "onlineEndpoints/listKeys/action",
            lambda: client.online_endpoints.begin_regenerate_keys(endpoint).result(timeout=60),
        )

    @check("a reader gets no logs")
    def _():
        refused(
            "onlineEndpoints/deployments/getLogs/action",
            lambda: client.online_deployments.get_logs("blue", endpoint, lines=5),
        )


as_reader() if environment.get("PRINCIPAL") == "reader" else as_owner()
finish()
