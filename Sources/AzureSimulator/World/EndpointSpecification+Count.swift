extension EndpointSpecification {
    /// The endpoint with exactly so many deployments: those with the least traffic are left out and what they had goes to
    /// the first; missing ones stand by without traffic.
    func having(_ count: Int) -> EndpointSpecification {
        guard count > 0, let model = deployments.first, count != deployments.count else { return self }
        var changed = self
        if count < deployments.count {
            let ranked = deployments.indices.sorted { left, right in
                let (a, b) = (deployments[left], deployments[right])
                return a.traffic != b.traffic ? a.traffic > b.traffic : left < right
            }
            let kept = Set(ranked.prefix(count))
            changed.deployments = deployments.indices.filter(kept.contains).map { deployments[$0] }
            let lost = deployments.reduce(0) { $0 + $1.traffic } - changed.deployments.reduce(0) { $0 + $1.traffic }
            changed.deployments[0].traffic += lost
        }
        for number in 0..<max(0, count - deployments.count) {
            var standby = model
            standby.name = number == 0 ? "standby" : "standby-\(number + 1)"
            standby.traffic = 0
            standby.mirror = nil
            standby.lifecycle = .steady
            standby.error = nil
            standby.instances = 1
            standby.cpu = 2
            standby.gpu = model.gpu.map { _ in 0 }
            changed.deployments.append(standby)
        }
        return changed
    }
}
