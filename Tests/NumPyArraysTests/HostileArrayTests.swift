import NumPyArrays
import SystemPackage
import TestSupport
import Testing

/// Files that lie about what they hold.
@Suite struct HostileArrayTests {
    private static let sound = dictionary("(2, 3)")

    @Test func theFileThatOthersAreMadeOfIsSound() throws {
        #expect(try read(file(Self.sound)).header == NumPyHeader(rows: 2, columns: 3))
    }

    @Test(arguments: [
        "", "{", "{}", "[]", "None", "{'descr': '<f4'}", sound + "x", sound + sound, String(sound.dropLast()),
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': True}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': 'False', 'shape': (2, 3)}",
        "{'descr': True, 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f\\x34', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 6}",
        "{'descr': '<f4 'fortran_order': False, 'shape': (2, 3)}",
        String(repeating: "(", count: 9000), String(repeating: "{'descr': ", count: 900),
        dictionary("(-2, -3)"), dictionary("(2, 3.0)"), dictionary("(2 3)"), dictionary("(6)"), dictionary("(6,)"),
        dictionary("()"), dictionary("(2, 3, 1)"), dictionary("((2, 3), 1)"), dictionary("(2, 0)"),
        dictionary("(9223372036854775807, 0)"), dictionary("(9223372036854775807, 9223372036854775807)"),
        dictionary("(2305843009213693952, 2)"), dictionary("(18446744073709551616, 3)"), dictionary("(1, 2)"),
        dictionary("(1000000000, 1280)"), dictionary("(2, 3), 'shape': (2, 3)"),
    ])
    func aHeaderThatLiesIsRefused(header: String) throws {
        #expect(throws: NumPyError.self) { try read(file(header)) }
    }

    @Test(
        arguments: [
            [], [0x93], [0x94, 78, 85, 77, 80, 89, 1, 0, 0, 0], [0x93, 78, 85, 77, 80, 89, 1, 0],
            [0x93, 78, 85, 77, 80, 89, 1, 0, 255, 255], [0x93, 78, 85, 77, 80, 89, 2, 0, 8, 0],
            [0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255], [0x93, 78, 85, 77, 80, 89, 0, 0, 0, 0],
            [0x93, 78, 85, 77, 80, 89, 4, 0, 0, 0, 0, 0], [0x93, 78, 85, 77, 80, 89, 1, 1, 0, 0],
        ] as [[UInt8]])
    func aBeginningThatLiesIsRefused(bytes: [UInt8]) throws {
        #expect(throws: NumPyError.self) { try read(bytes) }
    }

    @Test func aFileThatWasCutOffOrAddedToIsRefused() throws {
        let file = file(Self.sound)
        for length in 0..<file.count { #expect(throws: NumPyError.self) { try read(Array(file.prefix(length))) } }
        #expect(throws: NumPyError.self) { try read(file + [0]) }
    }

    /// Whatever is changed, reading ends, and what is read lies in the file.
    @Test func noByteThatIsChangedDoesHarm() throws {
        var random = SeededRandom(seed: 1)
        let file = file(Self.sound)
        for _ in 0..<2000 {
            var changed = file
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changed[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let array = try? read(changed) else { continue }
            #expect(array.header.rows * array.header.columns <= 6)
            for row in 0..<array.header.rows { _ = array.row(row) }
        }
    }

    private static func dictionary(_ shape: String) -> String {
        "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    }

    /// With six numbers after the header.
    private func file(_ header: String) -> [UInt8] {
        let length = UInt16(header.utf8.count).littleEndian
        return [0x93, 78, 85, 77, 80, 89, 1, 0] + withUnsafeBytes(of: length) { Array($0) } + header.utf8
            + [UInt8](repeating: 1, count: 24)
    }

    private func read(_ bytes: [UInt8]) throws -> NumPyArray {
        let folder = TemporaryFolder()
        return try NumPyArray(mapping: folder.write(bytes, to: "array.npy"))
    }
}
