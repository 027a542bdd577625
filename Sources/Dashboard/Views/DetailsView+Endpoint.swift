internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    func endpointLines(_ record: EndpointRecord) -> [TextLine] {
        let endpoint = record.endpoint
        var lines = section(
            .detailsEndpoint,
            [
                (.detailsState, stateCell(record)),
                (.detailsError, lastOperationError(record)),
                (.detailsAuth, value(endpoint.authMode.cliValue)),
                (.detailsKeys, keyLine(record)),
                (.detailsKind, value(texts[endpoint.isKubernetes ? .valueKubernetes : .valueManaged])),
                (.detailsLocation, value(endpoint.location)),
                (.detailsDescription, value(endpoint.endpointDescription)),
                (.detailsCompute, value(endpoint.computeID?.text)),
                (.detailsNetwork, value(endpoint.publicNetworkAccess)),
            ]
        )
        lines += findingLines(record)
        lines += credentialLines(record)
        lines += section(
            .detailsSectionAddresses,
            [
                (.detailsScoringURI, value(endpoint.scoringURI)), (.detailsSwaggerURI, value(endpoint.swaggerURI)),
                (.detailsId, value(endpoint.id.text)),
            ]
        )
        lines += trafficLines(endpoint)
        lines += section(
            texts[.detailsSectionDeployments],
            (record.deployments ?? []).map { ($0.deployment.name, summary(of: $0)) }
        )
        lines += metricLines(record.metrics)
        lines += section(
            .detailsSectionIdentity,
            [
                (.detailsIdentityType, value(endpoint.identity?.type)),
                (.detailsPrincipal, value(endpoint.identity?.principalID)),
                (.detailsTenant, value(endpoint.identity?.tenantID)),
                (.detailsUserAssigned, value(endpoint.identity?.userAssigned.map(\.text).joined(separator: ", "))),
            ]
        )
        lines += loggingLines(record)
        lines += historyLines(endpoint.systemData)
        lines += section(.detailsSectionTags, endpoint.tags)
        return lines + section(.detailsSectionProperties, endpoint.properties)
    }

    private func lastOperationError(_ record: EndpointRecord) -> [Span]? {
        guard let operation = record.lastOperation, let code = operation.errorCode else { return nil }
        return [Span([code, operation.errorMessage].compactMap(\.self).joined(separator: ": "), .alert)]
    }

    private func findingLines(_ record: EndpointRecord) -> [TextLine] {
        section(
            texts[.detailsSectionFindings],
            record.findings.map { finding in
                switch finding.severity {
                case .alert: ("▲", [Span(text(of: finding, record), .alert)])
                case .warning: ("◆", [Span(text(of: finding, record), .warning)])
                case .note: ("·", [Span(text(of: finding, record))])
                }
            }
        )
    }

    func text(of finding: Finding, _ record: EndpointRecord) -> String {
        let metrics = record.metrics
        switch finding.kind {
        case .failed: return texts[.findingFailed]
        case .deploymentFailed: return texts[.findingDeploymentFailed]
        case .errorShare:
            let share = metrics?.errorShare.map { Format.percent($0) + " %" }
            return texts.text(.findingErrorShare, ["value": share ?? ""])
        case .p95: return texts.text(.findingP95, ["value": metrics?.p95Milliseconds.map(Format.milliseconds) ?? ""])
        case .changingForLong:
            return texts.text(.findingChangingForLong, ["value": age(of: record.endpoint.systemData?.lastModifiedAt)])
        case .silent: return texts.text(.findingSilent, ["value": age(of: record.lastTrafficAt)])
        case .tokenLapsing: return texts[.findingTokenLapsing]
        case .keyAge: return keyFindingText(record)
        case .changing: return texts[.findingChanging]
        case .noTraffic: return texts[.findingNoTraffic]
        case .loggingOff: return texts[.findingLoggingOff]
        case .neverCalled: return texts[.findingNeverCalled]
        }
    }

    private func trafficLines(_ endpoint: OnlineEndpoint) -> [TextLine] {
        let live = endpoint.traffic.sorted { $0.key < $1.key }.map { ($0.key, [Span("\($0.value) %")]) }
        let mirrored = endpoint.mirrorTraffic.sorted { $0.key < $1.key }.map {
            ($0.key, [Span(texts.text(.valueMirrored, ["percent": "\($0.value)"]), .muted)])
        }
        return section(texts[.detailsSectionTraffic], live + mirrored)
    }

    private func summary(of record: DeploymentRecord) -> [Span] {
        let deployment = record.deployment
        let size = [deployment.instanceType, deployment.instanceCount.map { "× \($0)" }].compactMap(\.self)
        let since = deployment.systemData?.lastModifiedAt
        return stateSpans(deployment.provisioningState, since: since, code: nil)
            + [Span("  " + size.joined(separator: " "), .muted)]
    }

    private func metricLines(_ metrics: EndpointMetrics?) -> [TextLine] {
        guard let metrics else { return [] }
        return section(
            .detailsSectionMeasured,
            [
                (.detailsRate, value(metrics.requestsPerSecond.map { Format.decimal($0, digits: 2) })),
                (.detailsErrors, value(metrics.errorShare.map { Format.percent($0) + " %" })),
                (.detailsClientErrors, value(metrics.clientErrorShare.map { Format.percent($0) + " %" })),
                (.detailsP50, value(metrics.p50Milliseconds.map(Format.milliseconds))),
                (.detailsP95, value(metrics.p95Milliseconds.map(Format.milliseconds))),
            ]
        )
    }

    private func loggingLines(_ record: EndpointRecord) -> [TextLine] {
        guard let settings = record.diagnosticSettings else { return [] }
        var fields: [(String, [Span]?)] = [
            (texts[.paneLog], value(texts[record.isLogging == true ? .valueOn : .valueOff]))
        ]
        for setting in settings {
            fields.append((texts[.detailsSetting], value(setting.name)))
            fields.append((texts[.detailsWorkspace], value(setting.workspaceID?.text)))
        }
        return section(texts[.detailsSectionLogging], fields)
    }

    func historyLines(_ systemData: SystemData?) -> [TextLine] {
        section(
            .detailsSectionHistory,
            [
                (.detailsCreatedAt, value(systemData?.createdAt)), (.detailsCreatedBy, value(systemData?.createdBy)),
                (.detailsModifiedAt, value(systemData?.lastModifiedAt)),
                (.detailsCreatedBy, value(systemData?.lastModifiedBy)),
            ]
        )
    }
}
