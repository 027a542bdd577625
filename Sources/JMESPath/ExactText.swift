import JSONValue

/// A text compared code point by code point, as JSON and JMESPath do; Swift holds texts equal that only look the same.
struct ExactText: Hashable {
    let text: String

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension ExactText: Comparable {
    /// UTF-8 sorts as the code points do.
    static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension JSONObject {
    /// The value of the last member of exactly that name.
    func value(of name: String) -> JSONValue? {
        let name = ExactText(text: name)
        return members.last { ExactText(text: $0.name) == name }?.value
    }

    /// The members without repeated names: each where it first stood, with the value it last had.
    var distinctMembers: [Member] {
        guard count > 1 else { return members }
        var places: [ExactText: Int] = [:]
        var distinct: [Member] = []
        for member in members {
            let name = ExactText(text: member.name)
            if let place = places[name] {
                distinct[place].value = member.value
            } else {
                places[name] = distinct.count
                distinct.append(member)
            }
        }
        return distinct
    }
}
