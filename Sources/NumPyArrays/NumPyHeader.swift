/// What a file in NumPy's format says of its array before the numbers come (NumPy Enhancement Proposal 1).
public struct NumPyHeader: Sendable, Hashable {
    /// How a number lies in the file.
    public enum Element: String, Sendable, CaseIterable {
        case float32 = "<f4"
        case float64 = "<f8"

        /// In bytes.
        public var size: Int { self == .float32 ? 4 : 8 }
    }

    /// Of all numbers.
    public let element: Element
    /// From 0.
    public let rows: Int
    /// The numbers in each row.
    public let columns: Int

    /// Rows follow one another, each in one piece (C order).
    public init(element: Element = .float32, rows: Int, columns: Int) {
        self.element = element
        self.rows = rows
        self.columns = columns
    }

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// Room for any two numbers of rows and columns, so that a header can be written before its rows are counted, and
    /// rewritten afterwards.
    public static let length = 128

    /// The file's first `length` bytes, in version 1.0 of the format.
    public var bytes: [UInt8] {
        let dictionary = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
        let start = Self.magic + [1, 0, UInt8(Self.length - Self.magic.count - 4), 0]
        let text = start + dictionary.utf8
        return text + Array(repeating: UInt8(ascii: " "), count: Self.length - 1 - text.count) + [UInt8(ascii: "\n")]
    }
}
