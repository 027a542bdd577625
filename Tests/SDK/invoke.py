"""Invokes endpoints through Microsoft's own SDK, unmodified, and says for each step whether it worked.

The variables come from `amltop simulate --write-env FILE`. One JSON line per check on stdout:
{"check": name, "ok": true|false, ...facts}. Exit status 1 when a check failed.
"""

import json
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")

from azure.ai.ml import MLClient  # noqa: E402
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError  # noqa: E402

# Nothing is to be written beside the sources.
sys.dont_write_bytecode = True
from checks import check, credential, environment, finish, need  # noqa: E402

ROWS = {"data": [[1, 2, 3], [4, 5, 6]]}


def make_client():
    return MLClient(
        credential,
        environment["AZURE_SUBSCRIPTION_ID"],
        environment["AZURE_DEFAULTS_GROUP"],
        environment["AZURE_DEFAULTS_WORKSPACE"],
    )


client = make_client()


def invoke(endpoint, body=ROWS, deployment=None):
    """What the SDK returns; its headers of earlier calls, which it keeps, are taken away first."""
    from azure.ai.ml.constants._endpoint import EndpointInvokeFields

    EndpointInvokeFields.DEFAULT_HEADER.pop(EndpointInvokeFields.MODEL_DEPLOYMENT, None)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(body, file)
        file.flush()
        return client.online_endpoints.invoke(endpoint, request_file=file.name, deployment_name=deployment)


def failure(endpoint, body, deployment=None):
    try:
        invoke(endpoint, body, deployment)
    except HttpResponseError as error:
        return error
    raise AssertionError("it was answered")


for mode, endpoint, deployment in (
    ("key", "my-endpoint", "blue"),
    ("Azure ML token", "pricing-kr", "v12"),
    ("Microsoft Entra token", "fraud-scoring", "green"),
):

    @check(f"invoke with {mode}")
    def _():
        scores = json.loads(invoke(endpoint))
        need(len(scores) == 2 and all(isinstance(score, float) for score in scores), scores)

    @check(f"invoke with {mode}, one deployment")
    def _():
        scores = json.loads(invoke(endpoint, deployment=deployment))
        need(len(scores) == 2, scores)
        need(json.loads(invoke(endpoint, deployment=deployment)) == scores, "another answer to the same rows")


@check("invoke a deployment without traffic")
def _():
    need(len(json.loads(invoke("vision-batch", deployment="yolo"))) == 2, "no scores")


@check("invoke a chat")
def _():
    body = {"messages": [{"role": "user", "content": "hello"}]}
    answer = json.loads(invoke("llm-gateway", body))
    need(answer["choices"][0]["message"]["content"], answer)


@check("invoke a Kubernetes endpoint")
def _():
    need(len(json.loads(invoke("edge-k8s"))) == 2, "no scores")


@check("a body the model refuses")
def _():
    error = failure("my-endpoint", {"rows": [[1]]})
    need(error.status_code == 424, error.status_code)
    need(error.response.headers["ms-azureml-model-error-statuscode"] == "400", dict(error.response.headers))
    need("expected" in error.response.json()["message"], error.response.text())


@check("a script that raises")
def _():
    error = failure("my-endpoint", {"data": [["N/A"]]})
    need(error.status_code == 424, error.status_code)
    need(error.response.headers["ms-azureml-model-error-statuscode"] == "500", dict(error.response.headers))
    need(error.response.headers["ms-azureml-model-error-reason"] == "model_error", dict(error.response.headers))


@check("a deployment that is not there is found missing by the SDK itself")
def _():
    try:
        invoke("my-endpoint", deployment="purple")
    except ClientAuthenticationError:
        raise
    except Exception as error:
        need("purple" in str(error), error)
        return
    raise AssertionError("it was answered")


finish()
