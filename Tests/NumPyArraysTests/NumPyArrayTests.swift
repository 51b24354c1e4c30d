import NumPyArrays
import SystemPackage
import TestSupport
import Testing

/// Arrays that NumPy wrote (Scripts/make-npy-goldens.py).
@Suite struct NumPyArrayTests {
    static let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

    @Test(arguments: ["float32", "float64", "version-2", "version-3"])
    func hasTheRowsThatNumPyWrote(name: String) throws {
        let array = try NumPyArray(mapping: Self.goldens.appending("\(name).npy"))
        #expect(array.header.element == (name == "float64" ? .float64 : .float32))
        #expect((array.header.rows, array.header.columns) == (3, 5))
        let values = try golden([[Float]].self, at: Self.goldens.appending("values.json"))
        #expect((0..<3).map { array.row($0) } == values)
    }

    @Test func mayHaveNoRows() throws {
        let array = try NumPyArray(mapping: Self.goldens.appending("no-rows.npy"))
        #expect((array.header.rows, array.header.columns) == (0, 5))
    }

    @Test(arguments: [
        ("columns-first", "Fortran order"), ("big-endian", "type “>f4”"), ("whole-numbers", "type “<i4”"),
        ("one-dimension", "1 dimensions"), ("three-dimensions", "3 dimensions"), ("records", "no .npy file"),
        ("objects", "type “|O”"),
    ])
    func othersThatNumPyWritesAreRefusedByName(name: String, reason: String) throws {
        let error = #expect(throws: NumPyError.self) {
            try NumPyArray(mapping: Self.goldens.appending("\(name).npy"))
        }
        #expect(error?.description.contains(reason) == true)
    }

    @Test func whatIsNoFileIsRefused() {
        for path in [FilePath("/nowhere.npy"), "/dev/null", "/"] {
            #expect(throws: NumPyError.self) { try NumPyArray(mapping: path) }
        }
    }
}
