public import Logging

/// What the policies of a pipeline need from outside.
public struct PipelineSettings: Sendable {
    public var userAgent: String
    /// For connecting, the head and the whole body of one try, where the request says nothing else.
    public var timeout: Duration
    public var retry: RetrySettings
    public var time: TimeSource
    /// Told of every try when it has ended; called on whatever thread that was.
    public var observer: @Sendable (ExchangeFacts) -> Void
    public var logger: Logger?
    /// What may be sent at all; the rest fails with an `AzureError` of kind `.readOnly`.
    public var allowance: RequestAllowance

    public init(
        userAgent: String = "amltop",
        timeout: Duration = .seconds(30),
        retry: RetrySettings = RetrySettings(),
        time: TimeSource = .system,
        observer: @escaping @Sendable (ExchangeFacts) -> Void = { _ in },
        logger: Logger? = nil,
        allowance: RequestAllowance = .everything
    ) {
        self.userAgent = userAgent
        self.timeout = timeout
        self.retry = retry
        self.time = time
        self.observer = observer
        self.logger = logger
        self.allowance = allowance
    }
}

/// How often and after which waits a read is tried again.
public struct RetrySettings: Hashable, Sendable {
    /// The first try included.
    public var maximumTries: Int
    /// Before the second try; doubled for each further one.
    public var firstDelay: Duration
    /// A service that asks for a longer wait gets no further try: whoever called decides.
    public var longestDelay: Duration

    public init(maximumTries: Int = 3, firstDelay: Duration = .milliseconds(400), longestDelay: Duration = .seconds(4))
    {
        self.maximumTries = maximumTries
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// Every failure is final.
    public static let never = RetrySettings(maximumTries: 1)
}
