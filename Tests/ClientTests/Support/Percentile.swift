extension [Double] {
    /// The nearest rank; nil of nothing.
    func percentile(_ percent: Double) -> Double? {
        guard !isEmpty else { return nil }
        let rank = Int((percent / 100 * Double(count)).rounded(.up))
        return sorted()[Swift.max(rank, 1) - 1]
    }
}
