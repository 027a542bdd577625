package import AzureCore
package import AzureML
package import FoundationEssentials

/// What the form asks the world to do.
package enum ScoringEffect: Equatable, Sendable {
    case send(ScoringTask)
    case cancel(run: Int)
    case repeatSending(RepeatTask)
    case readSchema(ResourceID, ScoringCredential, allowsPlainHTTP: Bool)
    case listFiles
    case load(path: String)
    /// Writes a payload file; one that is there already only where that was said.
    case save(path: String, bytes: [UInt8], overwrites: Bool)
    /// Hands a text to the person's own editor.
    case edit(text: String, isJSON: Bool)
    case readHistory(ResourceID)
    case record(ScoringRecord)
    case forget(ScoringRecord.ID, ResourceID)
    case askConsent
    case setConsent(ScoringConsent)
}

/// One payload on its way.
package struct ScoringTask: Equatable, Sendable {
    package var run: Int
    package var endpoint: ResourceID
    package var credential: ScoringCredential
    package var clientRequestID: String
    package var request: ScoringRequest

    package init(
        run: Int,
        endpoint: ResourceID,
        credential: ScoringCredential,
        clientRequestID: String,
        request: ScoringRequest
    ) {
        self.run = run
        self.endpoint = endpoint
        self.credential = credential
        self.clientRequestID = clientRequestID
        self.request = request
    }
}

/// The same payload several times.
package struct RepeatTask: Equatable, Sendable {
    package var run: Int
    package var endpoint: ResourceID
    package var credential: ScoringCredential
    package var request: ScoringRequest
    package var plan: RepeatPlan

    package init(
        run: Int,
        endpoint: ResourceID,
        credential: ScoringCredential,
        request: ScoringRequest,
        plan: RepeatPlan
    ) {
        self.run = run
        self.endpoint = endpoint
        self.credential = credential
        self.request = request
        self.plan = plan
    }
}

/// What of scoring happened in the world.
package enum ScoringReport: Equatable, Sendable {
    /// The credential is in hand; when it expires, by Azure's clock.
    case credential(run: Int, expiresAt: Date?)
    case progress(run: Int, TransferProgress, elapsed: Duration)
    case answered(run: Int, ScoringAnswer)
    case failed(run: Int, AzureError)
    case repeated(run: Int, RepeatReport)
    case schema(ResourceID, SchemaAnswer)
    case files([PayloadEntry])
    case loaded(path: String, LoadedPayload)
    case saved(path: String, SaveOutcome)
    /// What came back from the person's own editor.
    case edited(EditOutcome)
    case history(ResourceID, [ScoringRecord])
    case consent(ScoringConsent)
}

/// What a file held.
package enum LoadedPayload: Equatable, Sendable {
    case payload(PayloadFile)
    case problem(PayloadFile.Problem)
}

/// What became of a file that was to be written.
package enum SaveOutcome: Equatable, Sendable {
    case written
    /// There is a file of that name.
    case exists
    /// What the system said.
    case failed(String)
}

/// What became of a text that was handed to an editor.
package enum EditOutcome: Equatable, Sendable {
    case text([UInt8])
    /// It said by its exit code that nothing is to be taken.
    case refused(status: Int32)
    /// There is none, or it could not be started.
    case missing
}
