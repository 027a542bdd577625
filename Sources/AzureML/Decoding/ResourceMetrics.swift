import AzureCore
import JSONValue

/// The metrics in an answer of Azure Monitor for many resources.
struct ResourceMetrics {
    /// By the metric's name in lower case; a metric that failed is missing.
    private var metrics: [String: [ResourceID: MetricSeries]] = [:]

    /// The points stay bytes until they are read, one at a time: a thousand endpoints have a hundred thousand.
    ///
    /// - Throws: `AzureError` of kind `.malformedAnswer`.
    init(_ response: AzureResponse) throws(AzureError) {
        let (answer, arrays) = try response.json(passingOver: "data")
        var next = 0
        for metric in try answer.required("value", \.arrayValue) {
            let isUsable = (metric.string("errorCode") ?? "Success").lowercased() == "success"
            var resources: [ResourceID: MetricSeries] = [:]
            for series in metric["timeseries"]?.arrayValue ?? [] {
                // One array for each series that has points, in the order of the series.
                guard series["data"]?.arrayValue != nil, next < arrays.count else { continue }
                defer { next += 1 }
                guard isUsable, let labels = SeriesLabels(series) else { continue }
                do {
                    try JSONValue.elements(in: arrays[next], of: response.body) { point in
                        resources[labels.resource, default: .empty].add(point, to: labels.dimension)
                    }
                } catch {
                    throw AzureError(.malformedAnswer(.unexpectedShape(field: "data")))
                }
            }
            if isUsable, let name = metric["name"]?.string("value") { metrics[name.lowercased()] = resources }
        }
    }

    /// The series of a metric; nil where it failed.
    subscript(name: String) -> [ResourceID: MetricSeries]? { metrics[name.lowercased()] }

    var resources: Set<ResourceID> { Set(metrics.values.flatMap(\.keys)) }
}

/// What a series is of.
private struct SeriesLabels {
    let resource: ResourceID
    /// The value of the first other dimension, empty without one.
    let dimension: String

    init?(_ series: JSONValue) {
        var resource: ResourceID?
        var dimension: String?
        for label in series["metadatavalues"]?.arrayValue ?? [] {
            guard let value = label.string("value") else { continue }
            if label["name"]?.string("value")?.lowercased() == "microsoft.resourceid" {
                resource = ResourceID(value)
            } else if dimension == nil {
                dimension = value
            }
        }
        guard let resource else { return nil }
        self.resource = resource
        self.dimension = dimension ?? ""
    }
}
