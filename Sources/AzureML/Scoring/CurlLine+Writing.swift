extension CurlLine {
    /// The command for a POSIX shell, a line for each part.
    ///
    /// - Parameter variable: The environment variable that holds the credential, `AML_KEY` for example; nil for none.
    /// - Returns: A command that sends this request once that variable is set.
    public func shellText(credentialVariable variable: String?) -> String {
        var parts = ["curl --request \(ShellWords.quoted(method)) \(ShellWords.quoted(url))"]
        if let variable { parts.append("--header \"Authorization: Bearer $\(variable)\"") }
        parts += headers.map { "--header " + ShellWords.quoted("\($0.name): \($0.value)") }
        switch body {
        case .none: break
        // Raw, because a body that begins with @ would else be taken for the name of a file.
        case .text(let text): parts.append("--data-raw " + ShellWords.quoted(text))
        case .file(let path): parts.append("--data-binary " + ShellWords.quoted("@" + path))
        }
        return parts.joined(separator: " \\\n  ")
    }

    /// A Python program that needs nothing but Python.
    public func pythonText(credentialVariable variable: String?) -> String {
        var lines = ["import os", "import urllib.error", "import urllib.request", ""]
        lines.append("request = urllib.request.Request(")
        lines.append("    \(Self.python(url)),")
        lines.append("    method=\(Self.python(method)),")
        lines.append("    headers={")
        if let variable {
            lines.append("        \"Authorization\": \"Bearer \" + os.environ[\(Self.python(variable))],")
        }
        for header in headers { lines.append("        \(Self.python(header.name)): \(Self.python(header.value)),") }
        lines.append("    },")
        switch body {
        case .none: break
        case .text(let text): lines.append("    data=\(Self.python(text)).encode(),")
        case .file(let path): lines.append("    data=open(\(Self.python(path)), \"rb\").read(),")
        }
        lines += [
            ")", "try:", "    answer = urllib.request.urlopen(request)", "except urllib.error.HTTPError as error:",
            "    answer = error", "print(answer.status)", "print(answer.read().decode())", "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func python(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                literal += "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
