"""Reads the simulator through Microsoft's own SDKs, unmodified, and says for each reading whether it worked.

The variables come from `amltop simulate --write-env FILE`. One JSON line per check on stdout:
{"check": name, "ok": true|false, ...facts}. Exit status 1 when a check failed.
"""

import json
import sys
import tempfile
import warnings
from datetime import datetime, timedelta, timezone

warnings.filterwarnings("ignore")

from azure.ai.ml import MLClient  # noqa: E402
from azure.core.exceptions import HttpResponseError  # noqa: E402
from azure.identity import ClientSecretCredential  # noqa: E402
from azure.mgmt.monitor import MonitorManagementClient  # noqa: E402
from azure.mgmt.resourcegraph import ResourceGraphClient  # noqa: E402
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions  # noqa: E402
from azure.monitor.query import LogsQueryClient, LogsQueryStatus  # noqa: E402
import requests  # noqa: E402

# Nothing is to be written beside the sources.
sys.dont_write_bytecode = True
from checks import check, credential, environment, finish, need  # noqa: E402

subscription = environment["AZURE_SUBSCRIPTION_ID"]
group = environment["AZURE_DEFAULTS_GROUP"]
workspace_name = environment["AZURE_DEFAULTS_WORKSPACE"]
client = MLClient(credential, subscription, group, workspace_name)
cloud = requests.get(environment["ARM_CLOUD_METADATA_URL"], timeout=10).json()[0]
arm = cloud["resourceManager"]
found = {}


def read(resource, action, version):
    """What no SDK of these reads: a resource by its id."""
    token = credential.get_token("https://management.azure.com/.default").token
    answer = requests.get(
        f"{arm}{resource}/{action}".rstrip("/"),
        params={"api-version": version},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    answer.raise_for_status()
    return answer.json()


@check("sign in")
def _():
    token = credential.get_token("https://management.azure.com/.default")
    need(token.expires_on > datetime.now(timezone.utc).timestamp(), "the token has lapsed")


@check("workspace get")
def _():
    workspace = client.workspaces.get(workspace_name)
    need(workspace.name == workspace_name, workspace.name)
    found["workspace"] = workspace
    return {"location": workspace.location}


@check("workspaces list")
def _():
    names = [workspace.name for workspace in client.workspaces.list()]
    need(workspace_name in names, names)


@check("online endpoints list, paged")
def _():
    endpoints = list(client.online_endpoints.list())
    names = [endpoint.name for endpoint in endpoints]
    need(len(names) == len(set(names)), "an endpoint came twice")
    need("my-endpoint" in names, names)
    found["endpoints"] = endpoints
    return {"count": len(names), "states": sorted({endpoint.provisioning_state for endpoint in endpoints})}


@check("online endpoints get")
def _():
    for endpoint in found["endpoints"][:12]:
        same = client.online_endpoints.get(endpoint.name)
        need(same.auth_mode == endpoint.auth_mode, endpoint.name)
        need(same.scoring_uri, endpoint.name)


@check("online deployments list and get")
def _():
    count = 0
    for endpoint in found["endpoints"][:12]:
        for deployment in client.online_deployments.list(endpoint.name):
            same = client.online_deployments.get(deployment.name, endpoint.name)
            need(same.instance_type == deployment.instance_type, deployment.name)
            found.setdefault("deployment", (endpoint.name, deployment.name))
            count += 1
    need(count > 0, "no deployment at all")
    return {"count": count}


def endpoint_with(mode):
    for endpoint in found["endpoints"]:
        if endpoint.auth_mode == mode:
            return endpoint
    raise AssertionError(f"no endpoint with {mode}")


@check("get_keys, key")
def _():
    keys = client.online_endpoints.get_keys(endpoint_with("key").name)
    need(keys.primary_key and keys.secondary_key and keys.primary_key != keys.secondary_key, "keys")


@check("get_keys, aml_token")
def _():
    token = client.online_endpoints.get_keys(endpoint_with("aml_token").name)
    need(token.access_token and token.expiry_time_utc > token.refresh_after_time_utc, "token")


@check("get_keys, aad_token")
def _():
    token = client.online_endpoints.get_keys(endpoint_with("aad_token").name)
    need(token.access_token, "token")


@check("get_logs")
def _():
    endpoint, deployment = found["deployment"]
    text = client.online_deployments.get_logs(deployment, endpoint, lines=20)
    need("azmlinfsrv" in text, text[:200])
    return {"lines": text.count("\n") + 1}


@check("invoke, key")
def _():
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({"data": [[1, 2, 3]]}, file)
        file.flush()
        answer = client.online_endpoints.invoke("my-endpoint", request_file=file.name)
    need(isinstance(json.loads(answer)[0], float), answer)


@check("unknown endpoint is not found")
def _():
    try:
        client.online_endpoints.get("no-such-endpoint")
    except HttpResponseError as error:
        need(error.status_code == 404, error.status_code)
        return
    raise AssertionError("it was found")


@check("log query")
def _():
    logs_url = cloud["logAnalyticsResourceId"]
    logs = LogsQueryClient(credential, endpoint=logs_url, audience=logs_url)
    setting = read(client.online_endpoints.get("my-endpoint").id, "providers/Microsoft.Insights/diagnosticSettings",
                   "2021-05-01-preview")["value"][0]
    found["customer"] = read(setting["properties"]["workspaceId"], "", "2022-10-01")["properties"]["customerId"]
    query = (
        "AmlOnlineEndpointTrafficLog | summarize n = count(), p95 = percentile(TotalDurationMs, 95) "
        "by EndpointName | order by n desc"
    )
    answer = logs.query_workspace(found["customer"], query, timespan=timedelta(hours=1))
    need(answer.status == LogsQueryStatus.SUCCESS, answer.status)
    rows = [list(row) for row in answer.tables[0].rows]
    need(rows and rows[0][1] > 0, rows)
    return {"columns": list(answer.tables[0].columns), "first": rows[0]}


@check("log query by resource")
def _():
    logs_url = cloud["logAnalyticsResourceId"]
    logs = LogsQueryClient(credential, endpoint=logs_url, audience=logs_url)
    endpoint = client.online_endpoints.get("my-endpoint")
    answer = logs.query_resource(
        endpoint.id, "AmlOnlineEndpointTrafficLog | distinct EndpointName", timespan=timedelta(hours=3)
    )
    need([row[0] for row in answer.tables[0].rows] == ["my-endpoint"], answer.tables[0].rows)


@check("bad log query is refused")
def _():
    logs_url = cloud["logAnalyticsResourceId"]
    logs = LogsQueryClient(credential, endpoint=logs_url, audience=logs_url)
    try:
        logs.query_workspace(found["customer"], "AmlOnlineEndpointTrafficLog | frobnicate", timespan=None)
    except HttpResponseError as error:
        need(error.status_code == 400 and "SYN0002" in str(error.response.text()), error)
        return
    raise AssertionError("it was accepted")


@check("metrics of an endpoint")
def _():
    monitor = MonitorManagementClient(
        credential, subscription, base_url=arm, credential_scopes=["https://management.azure.com/.default"]
    )
    found["monitor"] = monitor
    endpoint = client.online_endpoints.get("my-endpoint")
    now = datetime.now(timezone.utc).replace(microsecond=0)
    span = f"{(now - timedelta(hours=2)).isoformat().replace('+00:00', 'Z')}/{now.isoformat().replace('+00:00', 'Z')}"
    answer = monitor.metrics.list(
        endpoint.id,
        metricnames="RequestsPerMinute,RequestLatency_P95",
        timespan=span,
        interval="PT1M",
        aggregation="Average",
        filter="deployment eq '*'",
    )
    need([metric.name.value for metric in answer.value] == ["RequestsPerMinute", "RequestLatency_P95"], answer.value)
    series = answer.value[0].timeseries
    need(series and series[0].metadatavalues[0].name.value == "deployment", "no series by deployment")
    points = [point.average for one in series for point in one.data if point.average is not None]
    need(points, "no point has a value")
    return {"points": len(points)}


@check("metrics of a deployment")
def _():
    endpoint, deployment = found["deployment"]
    uri = f"{client.online_endpoints.get(endpoint).id}/deployments/{deployment}"
    answer = found["monitor"].metrics.list(
        uri, metricnames="CpuUtilizationPercentage,CpuMemoryUtilizationPercentage", interval="PT1M", aggregation="Average"
    )
    values = [point.average for metric in answer.value for one in metric.timeseries for point in one.data]
    need(any(value for value in values), values)


@check("metrics of all endpoints in one call")
def _():
    answer = found["monitor"].metrics.list_at_subscription_scope(
        region=found["workspace"].location,
        metricnamespace="Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
        metricnames="RequestsPerMinute",
        interval="PT5M",
        aggregation="Average",
        filter="Microsoft.ResourceId eq '*'",
        top=1000,
    )
    named = {series.metadatavalues[0].value.lower() for series in answer.value[0].timeseries}
    need(any(name.endswith("/onlineendpoints/my-endpoint") for name in named), named)
    return {"series": len(named)}


@check("resource graph, paged")
def _():
    graph = ResourceGraphClient(
        credential, base_url=arm, credential_scopes=["https://management.azure.com/.default"]
    )
    kind = "microsoft.machinelearningservices/workspaces/onlineendpoints"
    query = f"resources | where type =~ '{kind}' | project id, name, properties | order by id asc"
    names, token = [], None
    while True:
        options = QueryRequestOptions(top=5, skip_token=token, result_format="objectArray")
        page = graph.resources(QueryRequest(subscriptions=[subscription], query=query, options=options))
        names += [row["name"] for row in page.data]
        token = page.skip_token
        if token is None or len(names) > 30:
            break
    listed = {endpoint.name for endpoint in found["endpoints"]}
    need(set(names) <= listed and len(names) == len(set(names)), names)
    need(len(names) > 30 or set(names) == listed, names)
    return {"count": len(names)}


@check("bad resource graph query is refused")
def _():
    graph = ResourceGraphClient(
        credential, base_url=arm, credential_scopes=["https://management.azure.com/.default"]
    )
    try:
        graph.resources(QueryRequest(query="resources | frobnicate"))
    except HttpResponseError as error:
        need(error.status_code == 400 and error.error.code == "BadRequest", error)
        codes = [detail.code for detail in error.error.details]
        need(codes == ["InvalidQuery", "ParserFailure"], codes)
        return
    raise AssertionError("it was accepted")


@check("metric definitions")
def _():
    endpoint = client.online_endpoints.get("my-endpoint")
    names = [definition.name.value for definition in found["monitor"].metric_definitions.list(endpoint.id)]
    need("RequestLatency_P99" in names, names)


@check("wrong secret is refused")
def _():
    wrong = ClientSecretCredential(
        environment["AZURE_TENANT_ID"],
        environment["AZURE_CLIENT_ID"],
        "not-the-secret",
        authority=environment["AZURE_AUTHORITY_HOST"],
        disable_instance_discovery=True,
    )
    try:
        wrong.get_token("https://management.azure.com/.default")
    except Exception as error:
        need("AADSTS7000215" in str(error), error)
        return
    raise AssertionError("it was accepted")


finish()
