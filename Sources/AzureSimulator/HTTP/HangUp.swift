import NIOCore
import Synchronization

/// Tells whoever works for a connection that its client has gone.
///
/// A client that closes its half is taken to have gone: none that asks over HTTP does so and still listens.
final class HangUp: Sendable {
    private struct State {
        var isOver = false
        var action: (@Sendable () -> Void)?
    }
    private let state = Mutex(State())

    /// Calls `action` when the client goes, at once if it has gone; it takes the place of an earlier action.
    func set(_ action: (@Sendable () -> Void)?) {
        let isOver = state.withLock { state in
            state.action = state.isOver ? nil : action
            return state.isOver
        }
        if isOver { action?() }
    }

    func happen() {
        let action = state.withLock { state in
            state.isOver = true
            defer { state.action = nil }
            return state.action
        }
        action?()
    }
}

/// Watches a connection for its end, which nobody who has read a request whole would see otherwise.
final class HangUpHandler: ChannelInboundHandler, RemovableChannelHandler {
    /// What is read goes by untouched.
    typealias InboundIn = Never

    private let hangUp = HangUp()
    private let note: @Sendable (any Channel, HangUp) -> Void

    init(note: @escaping @Sendable (any Channel, HangUp) -> Void) {
        self.note = note
    }

    func handlerAdded(context: ChannelHandlerContext) {
        note(context.channel, hangUp)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { hangUp.happen() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        hangUp.happen()
        context.fireChannelInactive()
    }
}

@available(*, unavailable)
extension HangUpHandler: Sendable {}
