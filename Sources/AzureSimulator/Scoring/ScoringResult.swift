/// How a scoring request ended: what goes to the client, and what the log says besides.
struct ScoringResult: Sendable {
    var reply: Reply
    /// `ResponseCodeReason`.
    var reason: String
    var modelStatus: Int?
    /// `ModelStatusReason`.
    var modelReason = ""
    var deployment: SimulatedDeployment?
    /// What the scoring script raised, for the log of its container.
    var exception: String?

    /// What the front door says by itself.
    init(_ refusal: FrontDoorRefusal, by deployment: SimulatedDeployment? = nil) {
        reply =
            refusal.text.isEmpty
            ? Reply(refusal.status, contentType: "text/plain") : .text(refusal.status, refusal.text)
        if refusal.status == 429 { reply = reply.with("ms-azureml-model-error-reason", refusal.reason) }
        if let deployment { reply = reply.with("azureml-model-deployment", deployment.name) }
        reason = refusal.reason
        self.deployment = deployment
    }

    /// What the model said.
    init(_ reply: Reply, modelStatus: Int, reason: String, by deployment: SimulatedDeployment) {
        self.reply = reply.with("azureml-model-deployment", deployment.name)
        self.reason = reason
        self.modelStatus = modelStatus
        modelReason = reason
        self.deployment = deployment
    }
}
