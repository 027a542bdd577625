import HTTPTypes
import NIOHTTP1

extension HTTPFields {
    /// Headers whose name or value HTTP does not allow are left out.
    init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}
