import Archives

/// An ONNX model that somebody else made, and how it is to be run on photos.
public struct OnnxEncoder: ExecutableModel {
    /// The model's only input.
    public let inputName: String
    /// The one of the model's outputs that describes photos.
    public let outputName: String
    /// With the side of the photos in place of what the model leaves open.
    public let inputShape: [Int?]
    /// Such a model holds its weights itself.
    public let lentWeights: [WeightFile.Tensor] = []
    private let model: OnnxModel

    /// Takes an input of four axes, the first of which is the batch; traps for any other.
    public init(_ model: OnnxModel, input: OnnxModel.Port, output: OnnxModel.Port, shape: [Int]) {
        precondition(input.shape?.count == 4 && shape.count == 3)
        self.model = model
        (inputName, outputName) = (input.name, output.name)
        inputShape = [input.shape?.first == .fixed(1) ? 1 : nil] + shape
    }

    /// The file as it is mapped; its weights are in it wherever they were asked for.
    public func withModel<Result, Failure: Error>(
        _ placement: WeightPlacement, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withExtendedLifetime(model.block) { () throws(Failure) in try body(model.block.bytes) }
    }
}
