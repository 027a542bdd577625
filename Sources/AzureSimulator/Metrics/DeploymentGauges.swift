/// What the machines of a deployment are busy with.
struct DeploymentGauges {
    let world: World
    let endpoint: SimulatedEndpoint
    let deployment: SimulatedDeployment

    /// The value in one minute on one instance; `nil` where there is nothing to measure.
    func value(_ gauge: MetricDefinition.Gauge, minute: Int64, instance: Int) -> Double? {
        let specification = deployment.specification
        let noise = TrafficModel.wobble(minute: minute, salt: deployment.salt ^ UInt64(instance + 1)) - 1
        switch gauge {
        case .cpu: return percent(specification.cpu * busy(minute) + 9 * noise)
        case .memory: return percent(specification.memory + 5 * noise)
        case .gpu: return specification.gpu.map { percent($0 * busy(minute) + 11 * noise) }
        case .gpuMemory: return specification.gpuMemory.map { percent($0 + 2 * noise) }
        case .gpuEnergy: return specification.gpu.map { max(0, (60 + $0 * 2.4 * busy(minute)) * 60) }
        case .disk: return percent(17 + Double(deployment.salt % 30) + noise)
        case .capacity: return 1
        }
    }

    /// How busy against the mean of the day; idle machines still breathe.
    private func busy(_ minute: Int64) -> Double {
        let usual = endpoint.specification.requestsPerHour / 60
        guard usual > 0 else { return 0.4 }
        let rate = endpoint.meanRate(minute: minute, bornTicks: world.bornTicks)
        return 0.35 + 0.65 * rate / usual
    }

    private func percent(_ value: Double) -> Double {
        (min(100, max(0.2, value)) * 100).rounded() / 100
    }
}
