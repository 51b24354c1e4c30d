import NumPyArrays
import SystemPackage
import TestSupport
import Testing

/// Headers as they are written.
@Suite struct NumPyHeaderTests {
    @Test func theFileIsByteForByteWhatNumPyWritesOfTheSameNumbers() throws {
        let values = try golden([[Float]].self, at: NumPyArrayTests.goldens.appending("values.json"))
        let numbers = values.flatMap { $0 }.withUnsafeBytes { Array($0) }
        let file = NumPyHeader(rows: 3, columns: 5).bytes + numbers
        #expect(try file == contents(of: NumPyArrayTests.goldens.appending("float32.npy")))
    }

    @Test func anyNumberOfRowsAndColumnsHasRoom() {
        for (rows, columns) in [(0, 1), (.max, .max)] {
            let bytes = NumPyHeader(element: .float64, rows: rows, columns: columns).bytes
            #expect(bytes.count == NumPyHeader.length && bytes.last == UInt8(ascii: "\n"))
        }
    }
}
