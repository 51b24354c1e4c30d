import Networks

/// A small network with layers of every kind that counts, and an answer that was worked out by hand.
///
/// All of its numbers have few enough digits for every precision.
enum EngineTrial {
    private static let side = 8
    private static let kernel = 3
    private static let channels = [1, 2, 4] as [Float]
    private static let photos = 2

    /// For the first photo the three channels add up to 3 under each of 9 weights: 27, and 27 + 3 and 3 - 27 are
    /// what the last layer makes of it. The second photo is twice as bright.
    static let expected: [Float] = [30, -24, 57, -51]

    static var shape: [Int] { [photos, channels.count, side, side] }

    static var input: [Float] {
        (1...photos).flatMap { photo in
            channels.flatMap { [Float](repeating: $0 * Float(photo), count: side * side) }
        }
    }

    static func graph() throws(WeightFileError) -> Graph {
        let area = kernel * kernel
        var graph = Graph(
            weights: try WeightFile(floats: [
                (
                    "conv", [1, channels.count, kernel, kernel],
                    channels.flatMap { [Float](repeating: 1 / $0, count: area) }
                ),
                ("dense", [2, 1], [1, -1]), ("bias", [2], [3, 3]),
            ]))
        let input = graph.input("photos", shape: [nil, channels.count, side, side])
        let weight = try graph.weight("conv", shape: [1, channels.count, kernel, kernel])
        let sums = graph.apply("Relu", graph.apply("Conv", input, weight))
        let means = graph.apply("Flatten", graph.apply("GlobalAveragePool", sums))
        let (dense, bias) = (try graph.weight("dense", shape: [2, 1]), try graph.weight("bias", shape: [2]))
        let output = graph.apply("Gemm", means, dense, bias, attributes: [("transB", .int(1))])
        graph.output(output, as: "features", shape: [nil, 2])
        return graph
    }
}

extension InferenceEngine {
    /// Computes a small network whose answer is known; returns how long it took to make it ready and run it once.
    ///
    /// Throws what `session(of:settings:)` does, and where the numbers are not those that were worked out by hand.
    public func tryOut(_ settings: SessionSettings) throws(InferenceError) -> Duration {
        let graph: Graph
        do { graph = try EngineTrial.graph() } catch { throw .failed(error.description) }
        let start = ContinuousClock.now
        let session = try session(of: graph, settings: settings)
        let input = EngineTrial.input
        let output = try session.withMemory(for: input.count) { (values) throws(InferenceError) in
            _ = values.initialize(from: input)
            return try session.run(values, shape: EngineTrial.shape)
        }
        guard output.elementsEqual(EngineTrial.expected, by: { abs($0 - $1) < 0.01 }) else {
            throw .failed("it computes \(output) where \(EngineTrial.expected) is right")
        }
        return ContinuousClock.now - start
    }
}
