import HTTPTypes

/// How the Azure Arc agent makes sure that who asks may read its files: it names one, whose content comes back.
struct ArcChallenge: Sendable {
    static let longestFile = 4096

    /// The agent's own folder: no other file's content is ever sent anywhere.
    let folder: String

    /// The question with the content of the file that the answer names.
    ///
    /// - Throws: `AzureError`: `.malformedAnswer` where the file is none of the agent's, `.insecureTransport` where the answer
    ///   came from another machine, `.configuration(.unusableFile)` where the file cannot be read.
    func answered(_ question: AzureRequest, _ response: AzureResponse) throws(AzureError) -> AzureRequest {
        guard question.url.host == "localhost" || question.url.host.hasPrefix("127.") || question.url.host == "[::1]"
        else {
            throw AzureError(.insecureTransport(host: question.url.host), operation: .token, host: question.url.host)
        }
        guard let path = response.headerFields[.wwwAuthenticate].flatMap(Self.path), isOfAgent(path) else {
            let shape = AzureError.MalformedAnswer.unexpectedShape(field: "WWW-Authenticate")
            throw AzureError(.malformedAnswer(shape), operation: .token, host: question.url.host)
        }
        let bytes: [UInt8]
        do {
            bytes = try CredentialFile.read(path, longest: Self.longestFile)
        } catch {
            let problem = AzureError.ConfigurationProblem.unusableFile(
                variable: "IDENTITY_ENDPOINT",
                path: path,
                error
            )
            throw AzureError(.configuration(problem), operation: .token)
        }
        var question = question
        question.headerFields[.authorization] = "Basic " + String(decoding: bytes, as: UTF8.self).trimmingSpace
        return question
    }

    /// `Basic realm=/var/opt/azcmagent/tokens/….key`
    private static func path(in challenge: String) -> String? {
        guard challenge.lowercased().hasPrefix("basic realm=") else { return nil }
        let text = challenge.dropFirst("basic realm=".count).trimmingSpace
        return text.hasPrefix("\"") && text.hasSuffix("\"") && text.count > 1
            ? String(text.dropFirst().dropLast()) : text
    }

    /// A `.key` right in the folder.
    private func isOfAgent(_ path: String) -> Bool {
        guard path.hasPrefix(folder + "/"), path.hasSuffix(".key") else { return false }
        let name = path.dropFirst(folder.count + 1)
        return !name.contains("/") && name.first != "."
    }
}
