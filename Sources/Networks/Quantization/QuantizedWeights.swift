/// A calibrated network's weights, each layer's in floating point and in integers.
public struct QuantizedWeights: Sendable {
    private let graph: Graph
    /// What a layer has in integers, by its output.
    private let integers: [Graph.Value: [WeightFile.Tensor]]
    private let quantizers: [Graph.Value: AffineQuantizer]

    init(
        _ graph: Graph, _ integers: [Graph.Value: [WeightFile.Tensor]], _ quantizers: [Graph.Value: AffineQuantizer]
    ) {
        (self.graph, self.integers, self.quantizers) = (graph, integers, quantizers)
    }

    /// What `Network.graph(of:quantizedWeights:)` takes, with so many of the first layers in floating point.
    public func file(keepingFirst count: Int) -> WeightFile {
        let plan = QuantizationPlan(of: graph, keepingFirst: count)
        var tensors = graph.weights
        for value in plan.values {
            guard let quantizer = quantizers[value] else { continue }
            tensors.append(.init(value.own("scale").name, .float32, shape: [], [quantizer.scale]))
            tensors.append(.init(value.own("zero").name, .uint8, shape: [], [quantizer.zero]))
        }
        for (output, integers) in integers where !plan.floatLayers.contains(output) { tensors += integers }
        // What is there in integers takes the place of the same in floating point.
        return WeightFile(byName: Dictionary(tensors.map { ($0.name, $0) }) { $1 })
    }
}
