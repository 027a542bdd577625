"""Signs in with Microsoft's azure-identity, unmodified, in every way the simulator offers.

Prints one JSON object a check: {"check", "ok", "error"?}.
The variables of `amltop simulate` say where it is; SIGN_IN says in which way.
"""

import json
import os
import sys
import threading
import urllib.request

from azure.identity import (
    CertificateCredential,
    ClientSecretCredential,
    DefaultAzureCredential,
    DeviceCodeCredential,
    ManagedIdentityCredential,
    WorkloadIdentityCredential,
)
from azure.core.exceptions import ClientAuthenticationError

ARM = os.environ["AZURE_AUTHORITY_HOST"]
SCOPES = ["https://management.azure.com//.default", "https://ml.azure.com/.default"]
FAILED = []


def check(name, function):
    try:
        function()
        print(json.dumps({"check": name, "ok": True}), flush=True)
    except Exception as error:  # noqa: BLE001
        FAILED.append(name)
        print(json.dumps({"check": name, "ok": False, "error": f"{type(error).__name__}: {error}"[:800]}), flush=True)


def is_accepted(token):
    """Whether Resource Manager takes the token."""
    url = f"{ARM}/subscriptions/{os.environ['AZURE_SUBSCRIPTION_ID']}?api-version=2022-12-01"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def uses(credential):
    for scope in SCOPES:
        token = credential.get_token(scope)
        assert token.token.count(".") == 2
    is_accepted(credential.get_token(SCOPES[0]).token)


def client_arguments(**more):
    return {
        "tenant_id": os.environ["AZURE_TENANT_ID"],
        "client_id": os.environ["AZURE_CLIENT_ID"],
        "authority": ARM,
        "disable_instance_discovery": True,
        **more,
    }


def approve(answer):
    def post():
        body = json.dumps({"answer": answer}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{ARM}/_simulator/devicecode", data=body, method="POST"))

    return lambda uri, code, expires: threading.Timer(0, post).start()


def device_code():
    uses(DeviceCodeCredential(authority=ARM, disable_instance_discovery=True, prompt_callback=approve("approve")))


def declined_device_code():
    credential = DeviceCodeCredential(
        authority=ARM, disable_instance_discovery=True, prompt_callback=approve("decline")
    )
    try:
        credential.get_token(SCOPES[0])
    except ClientAuthenticationError as error:
        assert "AADSTS90120" in str(error), str(error)
        return
    raise AssertionError("a declined sign-in signed in")


def certificate():
    path = os.environ["AZURE_CLIENT_CERTIFICATE_PATH"]
    password = os.environ.get("AZURE_CLIENT_CERTIFICATE_PASSWORD")
    uses(CertificateCredential(certificate_path=path, password=password, **client_arguments()))
    uses(CertificateCredential(certificate_path=path, password=password, send_certificate_chain=True, **client_arguments()))


WAYS = {
    "secret": [
        ("ClientSecretCredential", lambda: uses(
            ClientSecretCredential(client_secret=os.environ["AZURE_CLIENT_SECRET"], **client_arguments())
        )),
        ("DeviceCodeCredential", device_code),
        ("DeviceCodeCredential declined", declined_device_code),
    ],
    "certificate": [("CertificateCredential (PEM)", certificate)],
    "pfx": [("CertificateCredential (PFX)", certificate)],
    "workload": [
        ("WorkloadIdentityCredential", lambda: uses(WorkloadIdentityCredential(
            token_file_path=os.environ["AZURE_FEDERATED_TOKEN_FILE"], **client_arguments()
        ))),
    ],
    "managed": [
        ("ManagedIdentityCredential", lambda: uses(ManagedIdentityCredential())),
    ],
}

for name, function in WAYS[os.environ["SIGN_IN"]]:
    check(name, function)
check(
    "DefaultAzureCredential",
    lambda: uses(DefaultAzureCredential(authority=ARM, disable_instance_discovery=True)),
)
sys.exit(1 if FAILED else 0)
