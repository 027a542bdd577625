internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    func logRowLines(_ row: TrafficLogRow) -> [TextLine] {
        var lines = section(
            .detailsLogRow,
            [
                (.detailsTime, value(row.time)), (.detailsEndpointName, value(row.endpointName)),
                (.detailsDeploymentName, value(row.deploymentName)),
                (.detailsRequest, value("\(row.method) \(row.path) \(row.networkProtocol)")),
                (.detailsLocation, value(row.location)),
            ]
        )
        lines += section(
            .detailsSectionAnswer,
            [
                (.detailsStatus, [Span("\(row.responseCode)", statusStyle(row))]),
                (.detailsReason, value(row.responseReason)),
                (.detailsModelStatus, value(row.modelStatusCode.map(String.init))),
                (.detailsModelReason, value(row.modelStatusReason)),
                (.detailsBytes, value("\(Format.count(row.requestBytes)) · \(Format.count(row.responseBytes))")),
            ]
        )
        let throttled = "\(row.requestThrottlingMilliseconds) ms · \(row.responseThrottlingMilliseconds) ms"
        lines += section(
            .detailsSectionTiming,
            [
                (.detailsTotal, value(Format.milliseconds(Double(row.totalMilliseconds)))),
                (.detailsReceived, value(Format.milliseconds(Double(row.requestMilliseconds)))),
                (.detailsFirstByte, value(Format.milliseconds(Double(row.responseMilliseconds)))),
                (.detailsThrottled, value(throttled)),
            ]
        )
        return lines
            + section(
                .detailsSectionCaller,
                [
                    (.detailsAuthType, value(row.authType)), (.detailsCaller, value(row.identity)),
                    (.detailsAgent, value(row.userAgent)), (.detailsRequestID, value(row.requestID)),
                    (.detailsClientRequestID, value(row.clientRequestID)),
                    (.detailsId, value(row.resourceID.text)),
                ]
            )
    }
}
