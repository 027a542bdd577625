import AzureCore
import AzureML
import Dashboard
import JSONValue

/// What `invoke --dry-run` prints: the request as it would go out, without the secret.
struct InvokeDryRun {
    var payload: InvokePayload
    var uri: String
    var endpoint: OnlineEndpoint
    var credential: ScoringCredential
    /// As it was given: the file, or `-`.
    var path: String

    /// `{"requests": [{"method", "url", "headers", "body"}], "az", "curl"}`; `az` is null where it cannot do it.
    var json: JSONValue {
        var headers = JSONObject()
        if let variable { headers["Authorization"] = .string("Bearer $" + variable) }
        for header in allHeaders { headers[header.name] = .string(header.value) }
        let request: JSONValue = [
            "method": "POST", "url": .string(uri), "headers": .object(headers), "body": InvokeAnswer.body(payload.body),
        ]
        return [
            "requests": [request], "az": azureCLILine.map(JSONValue.string) ?? .null, "curl": .string(curlLine),
        ]
    }

    private var variable: String? {
        switch credential {
        case .primary, .secondary: "AML_KEY"
        case .amlToken, .entra: "TOKEN"
        case .none: nil
        }
    }

    private var allHeaders: [CurlLine.Header] {
        var headers = [CurlLine.Header("Content-Type", payload.contentType)]
        if let deployment = payload.deployment {
            headers.append(CurlLine.Header("azureml-model-deployment", deployment))
        }
        return headers + payload.headers
    }

    /// It does not score with a Microsoft Entra token, and adds no headers.
    private var azureCLILine: String? {
        guard credential != .entra, credential != .secondary, payload.headers.isEmpty,
            payload.contentType == "application/json", path != "-", !path.hasSuffix(".payload")
        else { return nil }
        var words = ["az", "ml", "online-endpoint", "invoke", "-n", endpoint.name, "-r", ShellWords.quoted(path)]
        if let deployment = payload.deployment { words += ["-d", ShellWords.quoted(deployment)] }
        if let group = endpoint.id.resourceGroup { words += ["-g", group] }
        if let workspace = endpoint.id.workspaceName { words += ["-w", workspace] }
        if let subscription = endpoint.id.subscriptionID { words += ["--subscription", subscription] }
        return words.joined(separator: " ")
    }

    private var curlLine: String {
        let isPlain = path != "-" && !path.hasSuffix(".payload")
        let text = String(validating: payload.body, as: UTF8.self)
        let line = CurlLine(
            url: uri,
            headers: allHeaders,
            body: isPlain ? .file(path) : text.map(CurlLine.Body.text) ?? .file("-")
        )
        return line.shellText(credentialVariable: variable)
    }
}
