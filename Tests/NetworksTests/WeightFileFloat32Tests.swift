import SystemPackage
import TestSupport
import Testing

@testable import Networks

/// What PyTorch makes of the floating-point tensors of two files, as the bits of 32-bit numbers.
private func expectedBits() throws -> [String: [String: [Int32]]] {
    try golden([String: [String: [Int32]]].self, at: goldens.appending("float32.json"))
}

@Suite struct WeightFileFloat32Tests {
    @Test(arguments: try expectedBits())
    func givesEveryFloatTheBitsThatPyTorchGivesIt(name: String, expected: [String: [Int32]]) throws {
        let file = try WeightFile(pyTorch: goldens.appending(name)).inFloat32()
        let floats = file.tensors.filter { $0.value.type == .float32 }
        #expect(floats.mapValues(\.bits) == expected)
    }

    @Test func leavesIntegersAndShapesAsTheyAre() throws {
        let file = try WeightFile(pyTorch: goldens.appending("narrow.pth"))
        let converted = file.inFloat32()
        #expect(converted.tensors.mapValues(\.shape) == file.tensors.mapValues(\.shape))
        for name in ["int", "short", "char", "byte", "bool"] {
            #expect(converted.described[name] == file.described[name])
        }
    }
}

extension WeightFile.Tensor {
    fileprivate var bits: [Int32] {
        stride(from: 0, to: bytes.count, by: 4).map { bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self) }
    }
}
