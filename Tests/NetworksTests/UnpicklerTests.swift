import Testing

@testable import Archives
@testable import Networks

@Suite struct UnpicklerTests {
    @Test(arguments: [
        ("K\u{7}", 7), ("M\u{1}\u{1}", 257), ("J\u{1}\0\0\0", 1),
    ])
    func readsSmallIntegers(code: String, value: Int) throws {
        #expect(try integer(Array(code.utf8)) == value)
    }

    /// Two's complement of one to eight bytes.
    @Test(
        arguments: [
            ([], 0), ([0x7F], 127), ([0x80], -128), ([0xFF], -1), ([0xFF, 0], 255), ([0, 0, 0, 0x80], -2_147_483_648),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], Int.max), ([0, 0, 0, 0, 0, 0, 0, 0x80], Int.min),
        ] as [([UInt8], Int)])
    func readsLongIntegers(digits: [UInt8], value: Int) throws {
        #expect(try integer([0x8A, UInt8(digits.count)] + digits) == value)
    }

    @Test func keepsNumbersThatNoIntegerHoldsAsDigits() throws {
        guard case .text(let digits) = try value([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1]) else {
            return #expect(Bool(false), "no text")
        }
        #expect(digits == "10000000000000000")
    }

    @Test func leavesTheReaderBehindThePickle() throws {
        let block = MemoryBlock(Pickle.whole(.integer(1)) + Pickle.whole(.integer(2)) + [9])
        var reader = ByteReader(block.bytes)
        _ = try Unpickler.value(from: &reader)
        guard case .int(2) = try Unpickler.value(from: &reader) else { return #expect(Bool(false), "not the second") }
        #expect(reader.remaining == 1)
    }

    @Test func remembersWhatItPutAway() throws {
        let pickle = Pickle.emptyList + .mark + .integer(5) + .put(3) + .get(3) + Pickle("e")
        guard case .list(let list) = try value(pickle.bytes), case .int(5)? = list.items.last else {
            return #expect(Bool(false), "no list that ends in 5")
        }
        #expect(list.items.count == 2)
    }

    @Test(arguments: [
        ("posix", "system"), ("builtins", "eval"), ("os", "system"), ("torch", "load"), ("torch.storage", "x"),
    ])
    func refusesAllNamesButThoseOfTensors(module: String, name: String) {
        let reason = "it names “\(module).\(name)”. Save a network’s tensors alone: torch.save(network.state_dict(), …)"
        #expect(throws: WeightFileError.refused(reason)) { try value(Pickle.name(module, name).bytes) }
        // The newer instruction, which takes the names from the stack.
        #expect(throws: WeightFileError.refused(reason)) {
            try value((Pickle.text(module) + Pickle.text(name)).bytes + [0x93])
        }
    }

    @Test(arguments: [
        "i", "o", "\u{81}", "\u{92}", "P", "I", "L", "F", "S", "V", "d", "l", "p", "g", "\u{8B}", "2", "1",
    ])
    func refusesInstructionsThatPyTorchNeverWrites(code: String) {
        let error = #expect(throws: WeightFileError.self) {
            try value(Pickle.whole(.mark).dropLast() + code.unicodeScalars.map { UInt8($0.value) })
        }
        guard case .refused = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    // MARK: Pickles that would run out of stack, memory or time

    private static let many = 100_000

    @Test(arguments: [
        Pickle.mark * many, Pickle.mark * many + Pickle("t") * many, Pickle.emptyTuple + Pickle([0x85]) * many,
        Pickle.emptyTuple + Pickle("(") * many + Pickle("t") * many, Pickle("t") * many, Pickle("u") * many,
    ])
    func refusesNestingWithoutEnd(pickle: Pickle) {
        #expect(throws: WeightFileError.self) { try value(pickle.bytes) }
    }

    /// Lists in lists are dropped as they are appended: nothing is left that could be deep.
    @Test(arguments: [
        Pickle.emptyList * many + Pickle("a") * (many - 1), (Pickle.emptyList + .mark) * many + Pickle("e") * many,
        (Pickle("}") + .text("k")) * many + Pickle("}") + Pickle("s") * many,
    ])
    func dropsContainersInContainers(pickle: Pickle) throws {
        switch try value(pickle.bytes) {
        case .list(let list): #expect(list.items.count <= 1)
        case .dictionary(let dictionary): #expect(dictionary.entries.count == 1)
        default: #expect(Bool(false), "neither")
        }
    }

    /// Tuples of a thousand tuples of a thousand ...: a few kilobytes that stand for 10^21 values.
    @Test func looksAtWideTuplesOnce() throws {
        let start = Pickle.emptyTuple + .put(0)
        let pickle = (0..<7).reduce(start) { pickle, _ in
            pickle + (.mark + Pickle.get(0) * 1000 + Pickle("t") + .put(0))
        }
        _ = try? value(pickle.bytes)
    }

    private func value(_ code: [UInt8]) throws(WeightFileError) -> PickleValue {
        let block = MemoryBlock([0x80, 2] + code + Array(".".utf8))
        var reader = ByteReader(block.bytes)
        return try Unpickler.value(from: &reader)
    }

    private func integer(_ code: [UInt8]) throws -> Int? {
        guard case .int(let value) = try value(code) else { return nil }
        return value
    }
}
