import Testing

@testable import Archives
@testable import Networks

@Suite struct GraphTests {
    private func graph() throws -> Graph {
        Graph(weights: try .floats([("w", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [2], [7, 8])]))
    }

    @Test func takesWeightsByNameAndShape() throws {
        var graph = try graph()
        #expect(try graph.weight("w", shape: [2, 3]).name == "w")
        #expect(graph.weights.map(\.name) == ["w"])
    }

    @Test func listsEachWeightOnceInTheOrderOfItsFirstUse() throws {
        var graph = try graph()
        for name in ["b", "w", "b", "w"] { _ = try graph.weight(name, shape: name == "b" ? [2] : [2, 3]) }
        #expect(graph.weights.map(\.name) == ["b", "w"])
    }

    @Test func refusesAWeightThatIsNotThere() throws {
        var graph = try graph()
        #expect(throws: WeightFileError.missingTensor("v")) { try graph.weight("v", shape: [2, 3]) }
    }

    @Test(arguments: [[3, 2], [6], [2, 3, 1], []])
    func refusesAWeightOfAnotherShape(shape: [Int]) throws {
        var graph = try graph()
        #expect(throws: WeightFileError.wrongShape("w", found: [2, 3], expected: shape)) {
            try graph.weight("w", shape: shape)
        }
        #expect(graph.weights.isEmpty)
    }

    @Test func refusesAWeightThatIsNoFloat() throws {
        let block = MemoryBlock([UInt8](repeating: 0, count: 8))
        let tensor = WeightFile.Tensor(name: "n", type: .int64, shape: [1], block: block, range: 0..<8)
        var graph = Graph(weights: try WeightFile([tensor]))
        #expect(throws: WeightFileError.wrongType("n", found: .int64)) { try graph.weight("n", shape: [1]) }
    }

    @Test func givesEachOperationAValueOfItsOwn() throws {
        var graph = try graph()
        let input = graph.input("x", shape: [nil, 3])
        let values = [graph.apply("Relu", input), graph.apply("Relu", input), graph.constant(6), graph.constant(6)]
        #expect(Set(values).count == 4)
        graph.output(values[0], as: "y", shape: [nil, 3])
        #expect(graph.inputName == "x" && graph.outputName == "y")
    }

    /// Worked out by hand from the field numbers of onnx.proto3.
    @Test func isWrittenAsAnONNXModel() throws {
        var graph = Graph(weights: try .floats([("w", [2], [7, 8])]))
        let input = graph.input("x", shape: [nil, 2])
        let sum = graph.apply("Add", input, try graph.weight("w", shape: [2]), attributes: [("a", .ints([1, 2]))])
        graph.output(sum, as: "y", shape: [2])

        let add = message(1, "x", 1, "w", 2, "Add.0", 3, "Add.0", 4, "Add", 5, message(1, "a", 8, 1, 8, 2, 20, 7))
        let identity = message(1, "Add.0", 2, "y", 3, "y", 4, "Identity")
        let place = [("location", "weights"), ("offset", "0"), ("length", "8")].map { message(1, $0, 2, $1) }
        let weight = message(1, 2, 2, 1, 8, "w", 13, place[0], 13, place[1], 13, place[2], 14, 1)
        let photos = port("x", message(1, message(2, "axis0"), 1, message(1, 2)))
        let network = message(
            1, add, 1, identity, 2, "network", 5, weight, 11, photos, 12, port("y", message(1, message(1, 2))))
        #expect(graph.model(.beside) == message(1, 8, 2, "lookalike", 7, network, 8, message(1, "", 2, 17)))
    }

    @Test func canContainItsWeights() throws {
        var graph = Graph(weights: try .floats([("w", [2], [7, 8])]))
        #expect(!graph.isBatched)
        graph.output(
            graph.apply("Add", graph.input("x", shape: [nil, 2]), try graph.weight("w", shape: [2])), as: "y",
            shape: [nil, 2])
        #expect(graph.isBatched)

        let add = message(1, "x", 1, "w", 2, "Add.0", 3, "Add.0", 4, "Add")
        let identity = message(1, "Add.0", 2, "y", 3, "y", 4, "Identity")
        let weight = message(1, 2, 2, 1, 8, "w", 9, [0, 0, 0xE0, 0x40, 0, 0, 0, 0x41] as [UInt8])
        let shape = message(1, message(2, "axis0"), 1, message(1, 2))
        let network = message(
            1, add, 1, identity, 2, "network", 5, weight, 11, port("x", shape), 12, port("y", shape))
        let expected = message(1, 8, 2, "lookalike", 7, network, 8, message(1, "", 2, 17))
        #expect(graph.model(.contained) == expected)
    }

    private func port(_ name: String, _ shape: [UInt8]) -> [UInt8] {
        message(1, name, 2, message(1, message(1, 1, 2, shape)))
    }

    /// Field numbers, each with what is in it: all below 16 or 20, and shorter than 128 bytes but for the network.
    private func message(_ parts: Any...) -> [UInt8] {
        stride(from: 0, to: parts.count, by: 2).flatMap { index -> [UInt8] in
            guard let field = parts[index] as? Int else { return [] }
            if let number = parts[index + 1] as? Int { return tag(field << 3) + [UInt8(number)] }
            let content = (parts[index + 1] as? String).map { Array($0.utf8) } ?? parts[index + 1] as? [UInt8] ?? []
            return tag(field << 3 | 2) + tag(content.count) + content
        }
    }

    private func tag(_ number: Int) -> [UInt8] {
        number < 128 ? [UInt8(number)] : [UInt8(number & 0x7F | 0x80), UInt8(number >> 7)]
    }
}
