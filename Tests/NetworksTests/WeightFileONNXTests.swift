import SystemPackage
import Testing

@testable import Archives
@testable import Networks

@Suite struct WeightFileONNXTests {
    @Test(arguments: try ExpectedTensor.files("onnx"))
    func readsTheInitialisersThatThePublishersLibraryReads(name: String) throws {
        let expected = try ExpectedTensor.all(of: name)
        #expect(!expected.isEmpty)
        #expect(try WeightFile(onnx: goldens.appending(name)).described == expected)
    }

    @Test func leavesOutTypesThatWeightFilesDoNotHave() throws {
        let path = goldens.appending("parts.onnx")
        let names = Set(try OnnxModel(at: path).initializers.map(\.name))
        let read = Set(try WeightFile(onnx: path).tensors.keys)
        #expect(names.subtracting(read) == ["text", "complex", "nibbles", "nibbles.raw", "eighths", "unsigned"])
    }

    /// A list may come in several fields, and its numbers one by one or packed.
    @Test func putsAListTogetherFromAllItsFields() throws {
        var tensor = Protobuf()
        tensor.write(4, field: 1)
        tensor.write(7, field: 2)  // INT64
        tensor.write("w", field: 8)
        tensor.write(-1, field: 7)
        tensor.write([0x02, 0xAC, 0x02] as [UInt8], field: 7)
        tensor.write(4, field: 7)
        #expect(try weights(tensor).described["w"]?.values == [-1, 2, 300, 4])
    }

    private func weights(_ tensor: Protobuf) throws -> WeightFile {
        var (port, graph, operators, model) = (Protobuf(), Protobuf(), Protobuf(), Protobuf())
        port.write("y", field: 1)
        graph.write(tensor, field: 5)
        graph.write(port, field: 12)
        operators.write(17, field: 2)
        model.write(graph, field: 7)
        model.write(operators, field: 8)
        return try WeightFile(onnx: MemoryBlock(model.bytes))
    }
}
