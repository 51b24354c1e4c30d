/// What an engine can run: an ONNX model with one input, photos, and an output that describes them.
public protocol ExecutableModel: Sendable {
    /// What a run feeds photos by.
    var inputName: String { get }

    /// What a run asks for their description by.
    var outputName: String { get }

    /// `nil` for the first length where it is a batch of any size; all others are fixed.
    var inputShape: [Int?] { get }

    /// The tensors that an engine must be lent, since the model names them and does not hold them.
    var lentWeights: [WeightFile.Tensor] { get }

    /// The model as an ONNX `ModelProto`, valid within `body`.
    func withModel<Result, Failure: Error>(
        _ placement: WeightPlacement, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result
}

/// Where an engine finds the weights of a model that could hold them.
public enum WeightPlacement: Sendable {
    /// Not in it: only their names and shapes are, a few kilobytes.
    case beside
    /// In it, so that it is as large as they are.
    case contained
}

extension ExecutableModel {
    /// Whether any number of photos can be run at once.
    public var isBatched: Bool { inputShape.first == .some(nil) }
}

extension Graph: ExecutableModel {
    /// Empty before there is an input.
    public var inputShape: [Int?] { inputs.first?.shape ?? [] }

    /// All of them, which a model with its weights beside it does not hold.
    public var lentWeights: [WeightFile.Tensor] { weights }

    /// Written anew each time.
    public func withModel<Result, Failure: Error>(
        _ placement: WeightPlacement, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = model(placement)
        return try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in try body(UnsafeRawBufferPointer(bytes)) }
    }
}
