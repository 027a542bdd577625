import AzureCore
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One metric in an answer of Azure Monitor, one value a minute, its series by the value of their first dimension.
struct MetricSeries {
    /// Values by dimension; the key is empty where the answer was not split. Minutes without a value are missing.
    private(set) var values: [String: [Date: Double]] = [:]

    /// The metric of that name; nil where the answer lacks it or where it failed (a metric can fail alone).
    init?(_ name: String, in answer: JSONValue) {
        let metric = answer["value"]?.arrayValue?.first {
            $0["name"]?["value"]?.stringValue?.lowercased() == name.lowercased()
        }
        guard let metric, (metric.string("errorCode") ?? "Success").lowercased() == "success" else { return nil }
        for series in metric["timeseries"]?.arrayValue ?? [] {
            let dimension = series["metadatavalues"]?[0]?.string("value") ?? ""
            for point in series["data"]?.arrayValue ?? [] { add(point, to: dimension) }
        }
    }

    private init() {}

    /// No values: nothing happened.
    static let empty = MetricSeries()

    /// A point without a value lacks its member.
    mutating func add(_ point: JSONValue, to dimension: String) {
        guard let time = point.date("timeStamp"), let value = point["average"]?.cellDouble else { return }
        values[dimension, default: [:]][time, default: 0] += value
    }

    /// The sum over the dimensions that `isIncluded` accepts, minute by minute.
    func sum(where isIncluded: (String) -> Bool = { _ in true }) -> [Date: Double] {
        values.reduce(into: [:]) { sum, series in
            guard isIncluded(series.key) else { return }
            sum.merge(series.value, uniquingKeysWith: +)
        }
    }

    /// The newest value not older than `start`.
    func latest(since start: Date) -> Double? {
        sum().filter { $0.key >= start }.max { $0.key < $1.key }?.value
    }
}
