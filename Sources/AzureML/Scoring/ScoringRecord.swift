public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payload that was sent once, as the history keeps it. No credential is in it.
public struct ScoringRecord: Hashable, Sendable, Identifiable {
    /// The client request id.
    public var id: String
    public var sentAt: Date
    public var endpoint: ResourceID
    /// The deployment that was asked for; nil where the traffic rules chose.
    public var pinnedDeployment: String?
    public var credential: ScoringCredential
    public var uri: String
    public var contentType: String
    /// Those of the form, without any that can carry a secret.
    public var headers: [PayloadFile.Header]
    public var requestByteCount: Int
    /// Nil where bodies are not kept.
    public var requestBody: [UInt8]?
    /// Its body is empty where bodies are not kept; nil where none came.
    public var answer: ScoringAnswer?
    public var answerByteCount: Int
    /// The kind of the error where no answer came.
    public var failure: String?

    public init(
        id: String,
        sentAt: Date,
        endpoint: ResourceID,
        pinnedDeployment: String? = nil,
        credential: ScoringCredential,
        uri: String,
        contentType: String,
        headers: [PayloadFile.Header] = [],
        requestByteCount: Int,
        requestBody: [UInt8]? = nil,
        answer: ScoringAnswer? = nil,
        answerByteCount: Int = 0,
        failure: String? = nil
    ) {
        self.id = id
        self.sentAt = sentAt
        self.endpoint = endpoint
        self.pinnedDeployment = pinnedDeployment
        self.credential = credential
        self.uri = uri
        self.contentType = contentType
        self.headers = headers
        self.requestByteCount = requestByteCount
        self.requestBody = requestBody
        self.answer = answer
        self.answerByteCount = answerByteCount
        self.failure = failure
    }
}
