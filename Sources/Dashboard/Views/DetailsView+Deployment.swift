internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    func deploymentLines(_ record: DeploymentRecord) -> [TextLine] {
        let deployment = record.deployment
        let since = deployment.systemData?.lastModifiedAt
        var lines = section(
            .detailsDeployment,
            [
                (.detailsState, stateSpans(deployment.provisioningState, since: since, code: nil)),
                (.detailsEndpointName, value(deployment.endpointName)),
                (.detailsKind, value(deployment.computeType)),
                (.detailsLocation, value(deployment.location)),
                (.detailsDescription, value(deployment.deploymentDescription)),
            ]
        )
        lines += section(
            .detailsSectionRuntime,
            [
                (.detailsInstanceType, value(deployment.instanceType)),
                (.detailsInstances, value(deployment.instanceCount.map(String.init))),
                (.detailsScale, value(deployment.scaleType)),
                (.detailsModel, value(deployment.model)),
                (.detailsEnvironment, value(deployment.environmentID)),
                (.detailsCode, value(deployment.codeID)),
                (.detailsScript, value(deployment.scoringScript)),
                (.detailsAppInsights, value(deployment.appInsightsEnabled)),
                (.detailsEgress, value(deployment.egressPublicNetworkAccess)),
            ]
        )
        lines += section(
            .detailsSectionRequests,
            [
                (.detailsConcurrency, value(deployment.maxConcurrentRequestsPerInstance.map(String.init))),
                (.detailsTimeout, value(deployment.requestTimeout.map { Format.milliseconds($0.seconds * 1_000) })),
                (.detailsQueueWait, value(deployment.maxQueueWait.map { Format.milliseconds($0.seconds * 1_000) })),
            ]
        )
        lines += metricLines(record.metrics)
        lines += historyLines(deployment.systemData)
        lines += section(.detailsSectionTags, deployment.tags)
        lines += section(.detailsSectionVariables, deployment.environmentVariables)
        lines += section(.detailsSectionAddresses, [(.detailsId, value(deployment.id.text))])
        return lines + section(.detailsSectionProperties, deployment.properties)
    }

    private func metricLines(_ metrics: DeploymentMetrics?) -> [TextLine] {
        guard let metrics else { return [] }
        func percent(_ value: Double?) -> [Span]? { value.map { [Span(Format.decimal($0, digits: 0) + " %")] } }
        return section(
            .detailsSectionMeasured,
            [
                (.detailsCpu, percent(metrics.cpuPercent)), (.detailsMemory, percent(metrics.memoryPercent)),
                (.detailsGpu, percent(metrics.gpuPercent)), (.detailsGpuMemory, percent(metrics.gpuMemoryPercent)),
                (.detailsRate, value(metrics.requestsPerSecond.map { Format.decimal($0, digits: 2) })),
                (.detailsP50, value(metrics.p50Milliseconds.map(Format.milliseconds))),
                (.detailsP95, value(metrics.p95Milliseconds.map(Format.milliseconds))),
            ]
        )
    }
}
