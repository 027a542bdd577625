import HTTPTypes

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The wait a service asks for, in the three spellings Azure has.
package enum RetryAfter {
    /// Milliseconds in `retry-after-ms` or `x-ms-retry-after-ms`, else seconds or an HTTP date in `Retry-After`. A date
    /// that has passed asks for no wait; nonsense asks for nothing.
    package static func duration(in response: AzureResponse, now: Date) -> Duration? {
        for name in [HTTPField.Name.retryAfterMilliseconds, .azureRetryAfterMilliseconds] {
            if let milliseconds = response.headerFields[name].flatMap(number) {
                return .milliseconds(Int64(milliseconds))
            }
        }
        guard let text = response.headerFields[.retryAfter] else { return nil }
        if let seconds = number(text) { return .milliseconds(Int64(seconds * 1000)) }
        return HTTPDate.date(text).map { .milliseconds(Int64(max(0, $0.timeIntervalSince(now)) * 1000)) }
    }

    private static func number(_ text: String) -> Double? {
        Double(text).flatMap { (0..<1e9).contains($0) ? $0 : nil }
    }
}
