/// Bodies to begin with, by what models expect.
package enum BodyPreset: String, CaseIterable, Sendable {
    case tabular, mlflowInput, mlflowSplit, chat, image

    /// The body, ready to be edited.
    package var text: String {
        switch self {
        case .tabular:
            """
            {
              "data": [
                [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
                [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
              ]
            }
            """
        case .mlflowInput:
            """
            {
              "input_data": {
                "columns": ["age", "income"],
                "index": [0, 1],
                "data": [
                  [41, 52000],
                  [27, 31000]
                ]
              }
            }
            """
        case .mlflowSplit:
            """
            {
              "dataframe_split": {
                "columns": ["age", "income"],
                "index": [0, 1],
                "data": [
                  [41, 52000],
                  [27, 31000]
                ]
              }
            }
            """
        case .chat:
            """
            {
              "messages": [
                {"role": "system", "content": "You answer in one sentence."},
                {"role": "user", "content": "What is an online endpoint?"}
              ],
              "max_tokens": 64,
              "temperature": 0.2,
              "stream": false
            }
            """
        case .image:
            // One transparent pixel, so that it can be sent as it is.
            """
            {
              "input_data": {
                "columns": ["image"],
                "index": [0],
                "data": [
                  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
                ]
              }
            }
            """
        }
    }

    /// The path that such a body goes to, where it is not the scoring URI's own: model servers have their own routes.
    package func path(from scoringPath: String) -> String? {
        guard self == .chat, scoringPath.hasSuffix("/score") else { return nil }
        return String(scoringPath.dropLast("score".count)) + "v1/chat/completions"
    }

    var label: TextKey {
        switch self {
        case .tabular: .scoringSourceTabular
        case .mlflowInput: .scoringSourceMlflowInput
        case .mlflowSplit: .scoringSourceMlflowSplit
        case .chat: .scoringSourceChat
        case .image: .scoringSourceImage
        }
    }
}

/// Where a body can come from, in the order of the menu.
package enum BodySource: Hashable, Sendable {
    /// From the endpoint's own description of its bodies.
    case schema
    case preset(BodyPreset)
    /// What got a 2xx here last.
    case proven
    case file, curl, history

    package static let all: [BodySource] =
        [.schema] + BodyPreset.allCases.map { .preset($0) } + [
            .proven, .file, .curl, .history,
        ]

    /// The key that chooses it from the menu.
    var key: Character {
        switch self {
        case .schema: "s"
        case .preset(.tabular): "t"
        case .preset(.mlflowInput): "i"
        case .preset(.mlflowSplit): "d"
        case .preset(.chat): "c"
        case .preset(.image): "m"
        case .proven: "2"
        case .file: "f"
        case .curl: "p"
        case .history: "h"
        }
    }

    var label: TextKey {
        switch self {
        case .schema: .scoringSourceSchema
        case .preset(let preset): preset.label
        case .proven: .scoringSourceProven
        case .file: .scoringSourceFile
        case .curl: .scoringSourceCurl
        case .history: .scoringSourceHistory
        }
    }
}
