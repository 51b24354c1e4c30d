/// Which of a network's values are written as integers, so that engines find integers on both sides of whatever they
/// can compute with them.
struct QuantizationPlan {
    /// These take integers and give integers, as layers with weights do.
    private static let passing: Set = ["Add", "Concat", "MaxPool", "AveragePool", "GlobalAveragePool"]

    /// In the order in which they are computed.
    let values: [Graph.Value]
    /// The outputs of the layers that stay in floating point.
    let floatLayers: Set<Graph.Value>

    init(of graph: Graph, floatLayers: Set<Graph.Value>) {
        self.floatLayers = floatLayers
        let first = graph.operations.firstIndex { $0.hasWeights && !floatLayers.contains($0.output) }
        var wanted: Set<Graph.Value> = []
        for (index, operation) in graph.operations.enumerated().reversed() {
            switch operation.type {
            case _ where operation.hasWeights && !floatLayers.contains(operation.output):
                wanted.insert(operation.inputs[0])
            // Before the first layer in integers there is nothing to pass on.
            case let type where Self.passing.contains(type) && index > first ?? .max:
                wanted.formUnion(operation.inputs)
            case "Flatten" where wanted.contains(operation.output): wanted.insert(operation.inputs[0])
            default: break
            }
        }
        let computed = graph.inputs.map(\.value) + graph.operations.map(\.output)
        values = computed.filter(wanted.contains)
    }

    /// With so many of the first layers in floating point.
    init(of graph: Graph, keepingFirst count: Int) {
        self.init(of: graph, floatLayers: Set(graph.operations.filter(\.hasWeights).prefix(count).map(\.output)))
    }
}

extension Graph.Operation {
    /// Convolutions and fully connected layers; their first input is what they look at, their second the weights.
    var hasWeights: Bool { type == "Conv" || type == "Gemm" }

    /// Whether the numbers stay what they are, or are some of them.
    var keepsNumbers: Bool { type == "MaxPool" || type == "Flatten" }

    init(
        _ type: String, _ inputs: [Graph.Value], to output: Graph.Value,
        attributes: [(name: String, value: Graph.Attribute)] = []
    ) {
        self.init(type: type, inputs: inputs, outputs: [output], attributes: attributes)
    }
}

extension Graph.Value {
    /// A value or tensor that belongs to this one.
    func own(_ suffix: String) -> Self { Self(name: "\(name).\(suffix)") }
}
