/// One thing that was done through Resource Manager; each becomes one line of the Activity Log or several.
struct ActivityRecord: Codable, Sendable {
    /// Who did it, as the token said.
    struct Actor: Codable, Hashable, Sendable {
        /// `caller`: a person's address, or the id of an application.
        let name: String
        let objectID: String
        let appID: String
        /// A person's own name.
        var displayName: String?
        var proof = "1"
    }

    /// `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/regenerateKeys/action`.
    let action: String
    /// The resource it was done to.
    let scope: String
    let actor: Actor
    let ticks: Int64
    let method: String
    let status: Int
    /// Shared by all lines about it.
    let operationID: String
    let correlationID: String
    var clientRequestID: String?
    /// The long-running operation it began: how that ends is one more line.
    var longOperationID: String?
    /// Of history: how long it took; what is written down today has an operation to ask.
    var tookTicks: Int64?
}
