public import Inference

/// What came of quantizing a model.
public struct QuantizationReport: Sendable {
    /// The `id` of the model.
    public let model: String
    /// The engine that computed the integers, whose numbers no other gives.
    public let engine: EngineName
    /// With float32, on photos that were not calibrated on.
    public let agreement: Agreement
    /// How many of the first layers stay in float32.
    public let floatLayers: Int
    /// How many layers with weights there are.
    public let layers: Int
    /// Photos that ranges were measured on.
    public let calibrated: Int
    /// Photos that neighbours were compared on.
    public let compared: Int
    /// Of the weights’ files.
    public let bytes: (float: Int, int8: Int)
    /// Processor seconds a photo, without decoding it.
    public let speed: (float: Double, int8: Double)
}

/// An int8 model that finds other neighbours than its user wants.
public struct QuantizationRefusal: Error {
    /// Of the best that could be done.
    public let report: QuantizationReport
    /// The share of neighbours that was to be kept.
    public let minimum: Double
}
