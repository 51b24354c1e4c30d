import SystemPackage
import TestSupport
import Testing

@testable import Archives
@testable import Networks

@Suite struct WeightFilePyTorchTests {
    @Test(arguments: try ExpectedTensor.files("pth"))
    func readsWhatPyTorchWrote(name: String) throws {
        let expected = try ExpectedTensor.all(of: name)
        #expect(!expected.isEmpty)
        #expect(try WeightFile(pyTorch: goldens.appending(name)).described == expected)
    }

    @Test(arguments: try hostileFiles("pth"))
    func refusesAHostileFile(name: String) {
        #expect(throws: WeightFileError.self) {
            try WeightFile(pyTorch: goldens.pushing(FilePath("hostile/\(name)")))
        }
    }

    @Test(arguments: [
        "runs-os-system.pth", "runs-eval.pth", "runs-eval-as-storage-key.pth", "zip-runs-os-system.pth",
        "zip-runs-eval-beside-tensors.pth", "zip-opcode-unknown.pth", "zip-of-a-program.pth",
    ])
    func saysThatAFileAsksForMoreThanTensors(name: String) {
        let error = #expect(throws: WeightFileError.self) {
            try WeightFile(pyTorch: goldens.pushing(FilePath("hostile/\(name)")))
        }
        guard case .refused = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    /// What is wrong elsewhere in these tests would be for nothing if this were refused.
    @Test func readsAFilePutTogetherHere() throws {
        let bytes = Pickle.legacyFile(
            .dictionary(["w": tensor(size: .integers(2, 2), stride: .integers(1, 2))]), floats: [1, 2, 3, 4])
        #expect(
            try read(bytes).described == ["w": ExpectedTensor(dtype: .float32, shape: [2, 2], values: [1, 3, 2, 4])])
    }

    /// PyTorch lets the stride of an axis with one place be anything.
    @Test(arguments: [0, 99, Int.max])
    func anAxisOfOnePlaceMayHaveAnyStride(stride: Int) throws {
        let tensor = tensor(offset: 1, size: .integers(1, 2), stride: .integers(stride, 1))
        let file = try read(Pickle.legacyFile(.dictionary(["w": tensor]), floats: [1, 2, 3, 4]))
        #expect(file.described["w"]?.values == [2, 3])
    }

    @Test func saysThatItDoesNotReadPrograms() {
        let path = goldens.pushing(FilePath("hostile/zip-of-a-program.pth"))
        let reason = "it is a TorchScript program. Save its tensors: torch.save(program.state_dict(), …)"
        #expect(throws: WeightFileError.refused("\(path): \(reason)")) { try WeightFile(pyTorch: path) }
    }

    @Test func leavesTheNumbersAsTheyAre() throws {
        let bits: [UInt32] = [0x7FC0_0001, 0x8000_0000, 0x0000_0001, 0x7F80_0000]
        let state = Pickle.dictionary(["w": tensor(size: .integers(4), stride: .integers(1))])
        let file = try read(Pickle.legacyFile(state, floats: bits.map { Float(bitPattern: $0) }))
        let numbers = try file.tensor("w").contents.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
        #expect(numbers == bits)
    }

    @Test func refusesTheSameNameTwice() {
        let tensor = tensor(size: .integers(4), stride: .integers(1))
        #expect(throws: WeightFileError.self) {
            try read(Pickle.legacyFile(.dictionary(["w": tensor, "w": tensor]), floats: [1, 2, 3, 4]))
        }
    }

    @Test func refusesViewsThatRepeatAStorageWithoutEnd() {
        let views = (0..<20).map {
            Pickle.text("\($0)") + tensor(size: .integers(100_000), stride: .integers(0)) + Pickle("s")
        }
        let state = views.reduce(Pickle("}"), +)
        #expect(throws: WeightFileError.self) { try read(Pickle.legacyFile(state, floats: [1, 2, 3, 4])) }
    }

    @Test(arguments: ["put-together-by-hand.pth", "zip-put-together-by-hand.pth"])
    func refusesEveryPartOfAFile(name: String) throws {
        let whole = try contents(of: goldens.appending(name))
        for length in 0..<whole.count {
            #expect(throws: WeightFileError.self, "\(length) bytes") { try read(Array(whole.prefix(length))) }
        }
    }

    /// Whatever one byte of a file becomes, reading it ends, and with a tensor or an error.
    @Test(arguments: ["put-together-by-hand.pth", "zip-put-together-by-hand.pth"])
    func survivesAnyWrongByte(name: String) throws {
        let whole = try contents(of: goldens.appending(name))
        var random = SeededRandom(seed: 6)
        for place in whole.indices {
            for wrong in [0, 0xFF, 0x80, UInt8.random(in: 0...255, using: &random)] {
                var bytes = whole
                bytes[place] = wrong
                do throws(WeightFileError) { _ = try read(bytes) } catch { #expect(!error.description.isEmpty) }
            }
        }
    }

    private func tensor(offset: Int = 0, size: Pickle, stride: Pickle) -> Pickle {
        .tensor(.floatStorage(count: 4), offset: offset, size: size, stride: stride)
    }

    private func read(_ bytes: [UInt8]) throws(WeightFileError) -> WeightFile {
        try WeightFile(pyTorch: MemoryBlock(bytes))
    }
}
