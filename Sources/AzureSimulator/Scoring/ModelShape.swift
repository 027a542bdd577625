/// A kind of body that a model takes.
enum ModelShape: String, Decodable, Sendable {
    /// `{"data": rows}`, rows of numbers or of columns by name; or the rows alone.
    case tabular
    /// `{"input_data": …}` of an MLflow model, and the MLflow server's own `dataframe_split` and `dataframe_records`.
    case mlflow
    /// OpenAI's chat completions, and their form in `input_data.input_string`.
    case chat
    /// A flow's own inputs, all of them texts: `{"question": …}`.
    case flow
    /// An image: its bytes, or base64 in a column `image`.
    case image
    /// The inference protocol version 2 of KServe and Triton, in JSON or with binary data.
    case kserve
    /// Texts to embed, classify or search for answers: `{"inputs": …}`.
    case text
    /// TensorFlow Serving's `{"instances": …}`.
    case instances
    /// Any object that the scoring script reads by itself.
    case object

    /// How it is told to somebody whose body fits none.
    var hint: String {
        switch self {
        case .tabular: #"{"data": [[1.0, 2.0], …]}"#
        case .mlflow: #"{"input_data": {"columns": […], "index": […], "data": [[…]]}}"#
        case .chat: #"{"messages": [{"role": "user", "content": "…"}]}"#
        case .flow: #"{"question": "…"}"#
        case .image: #"an image, or {"input_data": {"columns": ["image"], "data": ["<base64>"]}}"#
        case .kserve: #"{"inputs": [{"name": "…", "shape": […], "datatype": "FP32", "data": […]}]}"#
        case .text: #"{"inputs": ["…"]}"#
        case .instances: #"{"instances": […]}"#
        case .object: "{…}"
        }
    }
}
