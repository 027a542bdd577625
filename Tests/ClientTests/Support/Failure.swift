import AzureCore
import Testing

/// The error a call throws; that it throws one is expected.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Any
) async -> AzureError? {
    await #expect(throws: AzureError.self, sourceLocation: sourceLocation) { _ = try await body() }
}
