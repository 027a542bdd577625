import HTTPTypes
import NIOCore
import NIOHTTP1

/// One request on its way and what has come of its answer.
struct MeasuredExchange {
    /// What an exchange ended with.
    struct Outcome: Sendable {
        var response: AzureResponse
        /// Whether the connection can carry another exchange.
        var leavesConnectionUsable: Bool
    }

    /// What is sent and how; complete before the exchange begins.
    struct Order: Sendable {
        var head: HTTPRequestHead
        var body: ByteBuffer
        /// Of the answer's body; a longer one is cut, or refused where that was not asked for.
        var bodyLimit: Int
        var isCuttable: Bool
        var recorder: PhaseRecorder
        var progress: @Sendable (TransferProgress) -> Void
        var promise: EventLoopPromise<Outcome>
    }

    let order: Order
    /// What has not been handed over yet.
    var unsent: ByteBuffer
    var isEndWritten = false
    var isSent = false
    var hasFirstByte = false
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    private var isCut = false

    init(_ order: Order) {
        self.order = order
        unsent = order.body
    }

    mutating func noteSent() {
        guard !isSent else { return }
        isSent = true
        guard !hasFirstByte else { return }
        order.recorder.end(.send)
        order.progress(.sent)
    }

    mutating func noteFirstByte() {
        guard !hasFirstByte else { return }
        hasFirstByte = true
        // A server may answer before it has heard all: sending ends there, for us.
        if !isSent { order.recorder.end(.send) }
        order.recorder.end(.firstByte)
    }

    mutating func take(_ head: HTTPResponseHead) {
        self.head = head
        order.progress(.head(status: Int(head.status.code), HTTPFields(head.headers)))
    }

    /// - Returns: Whether more of the body is wanted.
    mutating func take(_ part: ByteBuffer) throws(AzureError) -> Bool {
        let room = order.bodyLimit - body.count
        let bytes = Array(part.readableBytesView.prefix(max(0, room)))
        body += bytes
        if !bytes.isEmpty { order.progress(.part(bytes)) }
        guard part.readableBytes > room else { return true }
        guard order.isCuttable else { throw AzureError(.malformedAnswer(.tooLarge)) }
        isCut = true
        return false
    }

    /// - Returns: The answer; nil where none has begun.
    func finish(trailers: HTTPHeaders?) -> Outcome? {
        guard let head else { return nil }
        order.recorder.end(.receive)
        var response = AzureResponse(
            status: Int(head.status.code),
            headerFields: HTTPFields(head.headers),
            body: body,
            isBodyCut: isCut
        )
        response.trailerFields = trailers.map { HTTPFields($0) } ?? [:]
        response.timings = order.recorder.timings
        return Outcome(response: response, leavesConnectionUsable: isSent && !isCut && head.isKeepAlive)
    }
}
