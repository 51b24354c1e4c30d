import Networks

/// A small network of vectors: what it adds to them at first is nothing (He et al. 2016, section 3.1, with one hidden layer).
struct AdapterNetwork {
    let dimension: Int
    let hidden: Int

    /// What its weights are called, and their shapes.
    var shapes: [(name: String, shape: [Int])] {
        [
            ("residual.0.weight", [hidden, dimension]), ("residual.0.bias", [hidden]),
            ("residual.2.weight", [dimension, hidden]), ("residual.2.bias", [dimension]),
        ]
    }

    /// The name that a step takes vectors by, one a row.
    static let vectors = "vectors"

    func graph(weights: WeightFile) throws(WeightFileError) -> Graph {
        var graph = Graph(weights: weights)
        let vectors = graph.input(Self.vectors, shape: [nil, dimension])
        var values: [Graph.Value] = []
        for (name, shape) in shapes { values.append(try graph.weight(name, shape: shape)) }
        let transposed: [(String, Graph.Attribute)] = [("transB", .int(1))]
        let inner = graph.apply("Relu", graph.apply("Gemm", vectors, values[0], values[1], attributes: transposed))
        let more = graph.apply("Gemm", inner, values[2], values[3], attributes: transposed)
        graph.output(graph.apply("Add", vectors, more), as: "adapted", shape: [nil, dimension])
        return graph
    }

    /// Weights to begin with: the first layer's as He et al. 2015 (section 2.2) draw them, evenly, and the second's none.
    func weights(_ random: inout some RandomNumberGenerator) -> WeightFile {
        let spread = (6 / Float(dimension)).squareRoot()
        let tensors = shapes.map { name, shape in
            let numbers = (0..<shape.reduce(1, *)).map { _ in
                name == "residual.0.weight" ? Float.random(in: -spread...spread, using: &random) : 0
            }
            return WeightFile.Tensor(name, .float32, shape: shape, numbers)
        }
        return WeightFile(computed: tensors)
    }
}
