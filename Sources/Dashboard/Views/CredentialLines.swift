internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// What an endpoint is called with: covered, with what can be done with it.
    func credentialLines(_ record: EndpointRecord) -> [TextLine] {
        let hint = texts[record.endpoint.authMode == .key ? .detailsCredentialHint : .detailsCredentialTokenHint]
        let fields: [(String, [Span]?)] =
            switch record.endpoint.authMode {
            case .key:
                [
                    (texts[.copyPrimaryKey], [Span(Secret.mask)]),
                    (texts[.copySecondaryKey], [Span(Secret.mask), Span("  " + hint, .faint)]),
                ]
            case .amlToken: tokenFields(.copyEndpointToken, record, hint)
            case .aadToken: tokenFields(.copyEntraToken, record, hint)
            case .unknown: []
            }
        return section(texts[.detailsSectionCredentials], fields)
    }

    private func tokenFields(_ name: TextKey, _ record: EndpointRecord, _ hint: String) -> [(String, [Span]?)] {
        let row = state.credentialRow(of: record)
        return [(texts[name], [Span(Secret.mask + "  ")] + countdown(of: row) + [Span("  " + hint, .faint)])]
    }
}
