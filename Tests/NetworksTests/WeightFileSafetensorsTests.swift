import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archives
@testable import Networks

@Suite struct WeightFileSafetensorsTests {
    @Test func readsWhatItsPublishersLibraryWrote() throws {
        let file = try WeightFile(safetensors: goldens.appending("good.safetensors"))
        #expect(try file.described == ExpectedTensor.all(of: "good.safetensors"))
    }

    @Test(arguments: try hostileFiles("safetensors"))
    func refusesAHostileFile(name: String) {
        #expect(throws: WeightFileError.self) {
            try WeightFile(safetensors: goldens.pushing(FilePath("hostile/\(name)")))
        }
    }

    @Test func saysWhichFileIsUnsound() throws {
        let folder = TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "short.safetensors")
        #expect(throws: WeightFileError.unreadable(path, reason: "it is too short")) {
            try WeightFile(safetensors: path)
        }
    }

    @Test func keepsEveryBitOfEveryTensor() throws {
        let bits: [UInt32] = [0x7FC0_0001, 0x8000_0000, 0x0000_0001, 0x7F80_0000]
        let values = bits.map { Float(bitPattern: $0) }
        let file = try WeightFile.floats([
            ("b", [2, 2], values), ("a", [], [1]), ("none", [0], []), ("“é\"/👕", [1], [2]),
        ])
        let read = try WeightFile(safetensors: MemoryBlock(file.safetensors()))
        #expect(Set(read.tensors.keys) == Set(file.tensors.keys))
        for (name, tensor) in file.tensors {
            let other = try read.tensor(name)
            #expect(other.shape == tensor.shape && other.type == tensor.type && other.contents == tensor.contents)
        }
    }

    @Test func writesTheSameBytesForTheSameTensors() throws {
        let good = try WeightFile(safetensors: goldens.appending("good.safetensors"))
        let written = try good.safetensors()
        #expect(try WeightFile(safetensors: MemoryBlock(written)).safetensors() == written)
        let tensors: [(name: String, shape: [Int], values: [Float])] = (0..<20).map {
            ("tensor \($0)", [1], [Float($0)])
        }
        #expect(try WeightFile.floats(tensors).safetensors() == WeightFile.floats(tensors.reversed()).safetensors())
    }

    @Test func startsTheNumbersAtAMultipleOfEight() throws {
        for length in 1...9 {
            let bytes = try WeightFile.floats([(String(repeating: "n", count: length), [1], [1])]).safetensors()
            #expect(bytes.count % 8 == 4)
        }
    }

    @Test func writesAFileAndTheFoldersAboveIt() throws {
        let folder = TemporaryFolder()
        let path = folder.path.pushing("a/b/weights.safetensors")
        let file = try WeightFile.floats([("w", [2], [1, 2])])
        try file.writeSafetensors(to: path)
        #expect(try contents(of: path) == file.safetensors())
        #expect(try WeightFile(safetensors: path).described == file.described)
    }

    @Test func holdsNoTensorsAtAll() throws {
        #expect(try WeightFile(safetensors: MemoryBlock(WeightFile([]).safetensors())).tensors.isEmpty)
    }
}
