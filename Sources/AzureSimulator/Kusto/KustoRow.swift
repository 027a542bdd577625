/// A row on its way through the steps.
enum KustoRow: Sendable {
    /// A request of the world; its columns are made when they are asked for.
    case traffic(endpoint: Int, TrafficRow)
    /// A resource as the graph knows it.
    case resource(GraphResource)
    /// What a step has computed.
    case values([KustoValue])
}

/// A column of the rows at one point of the way.
struct KustoField: Sendable {
    let name: String
    let type: KustoType
    let value: @Sendable (KustoRow) -> KustoValue
}

/// An expression whose names are resolved.
struct KustoBound: Sendable {
    let type: KustoType
    /// The value when it is the same for every row.
    let constant: KustoValue?
    let value: @Sendable (KustoRow) -> KustoValue

    init(_ type: KustoType, constant: KustoValue) {
        self.type = type
        self.constant = constant
        value = { _ in constant }
    }

    init(_ type: KustoType, _ value: @escaping @Sendable (KustoRow) -> KustoValue) {
        self.type = type
        constant = nil
        self.value = value
    }

    /// A function of two; constant when they both are.
    init(
        _ type: KustoType,
        _ left: KustoBound,
        _ right: KustoBound,
        _ function: @escaping @Sendable (KustoValue, KustoValue) -> KustoValue
    ) {
        let (a, b) = (left.value, right.value)
        switch (left.constant, right.constant) {
        case (let left?, let right?): self.init(type, constant: function(left, right))
        case (nil, let right?): self.init(type) { function(a($0), right) }
        case (let left?, nil): self.init(type) { function(left, b($0)) }
        case (nil, nil): self.init(type) { function(a($0), b($0)) }
        }
    }

    /// A function of `parts`; constant when they all are.
    init(_ type: KustoType, of parts: [KustoBound], _ function: @escaping @Sendable ([KustoValue]) -> KustoValue) {
        let constants = parts.compactMap(\.constant)
        if constants.count == parts.count {
            self.init(type, constant: function(constants))
        } else if parts.count == 1 {
            let first = parts[0].value
            self.init(type) { function([first($0)]) }
        } else {
            let values = parts.map(\.value)
            self.init(type) { row in function(values.map { $0(row) }) }
        }
    }
}
