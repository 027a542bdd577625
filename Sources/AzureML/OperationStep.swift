public import AzureCore
import HTTPTypes
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How far a long-running operation was when it was asked once.
public enum OperationStep: Hashable, Sendable {
    /// Ask again, with this handle and after its wait.
    case running(OperationHandle)
    case done
    /// It ended otherwise: `.operationFailed` with the word Azure used, its code and message.
    case failed(AzureError)
}

extension MachineLearningClient {
    /// Asks once how far an operation is. One `GET` of `Azure-AsyncOperation`, else of `Location`; the caller waits.
    ///
    /// - Throws: `AzureError` where that could not be learned, which says nothing about the operation: ask again.
    ///   `.tokenForOtherHost` where the address does not lead to Resource Manager; nothing is sent then.
    public func step(of handle: OperationHandle) async throws -> OperationStep {
        if let url = handle.statusURL { return try await status(at: url, of: handle) }
        if let url = handle.resultURL { return try await result(at: url, of: handle) }
        return .done
    }

    private func status(at url: String, of handle: OperationHandle) async throws -> OperationStep {
        let response = try await poll(url, field: "Azure-AsyncOperation")
        if response.status == 204 { return .done }
        let next = handle.following(response, now: connection.now())
        // A bare 202 says that it runs, as it does behind `Location`.
        if response.status == 202, response.body.isEmpty { return .running(next) }
        let status = try read(.operationStatus, try response.json()) { (value) throws(AzureError) in
            try OperationStatus(value)
        }
        if status.isRunning { return .running(next) }
        return status.isSucceeded ? .done : .failed(AzureError(status, of: handle, response))
    }

    private func result(at url: String, of handle: OperationHandle) async throws -> OperationStep {
        do {
            let response = try await poll(url, field: "Location")
            guard response.status == 202 else { return .done }
            return .running(handle.following(response, now: connection.now()))
        } catch let error as AzureError where error.endsOperation {
            var failure = error
            failure.kind = .operationFailed(status: "Failed")
            failure.operation = handle.operation
            return .failed(failure)
        }
    }

    private func poll(_ url: String, field: String) async throws -> AzureResponse {
        guard let address = HTTPURL(url) else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: field)), operation: .operationStatus)
        }
        let request = AzureRequest(.operationStatus, url: address, audience: .resourceManager, priority: priority)
        return try await connection.send(request)
    }
}

extension OperationHandle {
    fileprivate func following(_ response: AzureResponse, now: Date) -> OperationHandle {
        var next = self
        next.follow(response, now: now)
        return next
    }
}

extension AzureError {
    fileprivate init(_ status: OperationStatus, of handle: OperationHandle, _ response: AzureResponse) {
        self.init(
            .operationFailed(status: status.status),
            operation: handle.operation,
            code: status.errorCode,
            message: status.errorMessage,
            requestID: response.requestID ?? handle.requestID
        )
    }

    /// Whether the answer of `Location` is the operation's own end, and not trouble on the way to it.
    fileprivate var endsOperation: Bool {
        switch kind {
        case .badRequest, .conflict, .notFound: true
        default: false
        }
    }
}
