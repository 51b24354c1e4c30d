import SystemPackage

/// Reads the header of a file that may say anything: nothing of it is evaluated, and only the one form is understood that
/// NumPy writes of a plain array.
struct NumPyHeaderReader {
    /// NumPy itself reads no longer ones unless told to.
    private static let longest = 10_000

    private let path: FilePath
    private let file: UnsafeRawBufferPointer

    init(path: FilePath, file: UnsafeRawBufferPointer) {
        self.path = path
        self.file = file
    }

    /// The header, and the byte at which the numbers begin.
    func header() throws(NumPyError) -> (header: NumPyHeader, end: Int) {
        let text = try text()
        var literal = NumPyLiteral(file[text])
        guard let entries = literal.dictionary() else {
            throw malformed("its header is no dictionary as NumPy writes it")
        }
        guard Set(entries.map(\.key)) == ["descr", "fortran_order", "shape"], entries.count == 3 else {
            throw malformed("its header does not have descr, fortran_order and shape, each once")
        }
        let values = Dictionary(uniqueKeysWithValues: entries)
        let (rows, columns) = try shape(values["shape"])
        guard case .truth(let isFortran) = values["fortran_order"] else {
            throw malformed("fortran_order is no truth value")
        }
        if isFortran { throw .unsuitable(path, reason: "has its columns one behind the other (Fortran order)") }
        return (NumPyHeader(element: try element(values["descr"]), rows: rows, columns: columns), text.upperBound)
    }

    /// Where the dictionary lies.
    private func text() throws(NumPyError) -> Range<Int> {
        guard file.starts(with: NumPyHeader.magic), file.count >= 10 else {
            throw malformed("it does not begin as such files do")
        }
        guard (1...3).contains(file[6]), file[7] == 0 else {
            throw malformed("version \(file[6]).\(file[7]) of the format is not known")
        }
        let start = file[6] == 1 ? 10 : 12
        guard file.count >= start else { throw malformed("it ends within its header") }
        let length =
            file[6] == 1
            ? Int(UInt16(littleEndian: file.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
            : Int(UInt32(littleEndian: file.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
        guard length <= Self.longest else { throw malformed("its header claims \(length) bytes") }
        guard length <= file.count - start else { throw malformed("it ends within its header") }
        return start..<start + length
    }

    private func shape(_ value: NumPyLiteral.Value?) throws(NumPyError) -> (rows: Int, columns: Int) {
        guard case .tuple(let shape) = value else { throw malformed("its shape is no tuple of numbers") }
        guard shape.count == 2 else {
            throw .unsuitable(path, reason: "has \(shape.count) dimensions, and two are needed")
        }
        // Without columns, any number of rows takes no room.
        guard shape[1] > 0 else { throw .unsuitable(path, reason: "has no columns") }
        return (shape[0], shape[1])
    }

    private func element(_ value: NumPyLiteral.Value?) throws(NumPyError) -> NumPyHeader.Element {
        guard case .text(let name) = value else { throw .unsuitable(path, reason: "has records and not numbers") }
        guard let element = NumPyHeader.Element(rawValue: name) else {
            throw .unsuitable(path, reason: "has numbers of type “\(name.prefix(20))”, and <f4 or <f8 are read")
        }
        return element
    }

    private func malformed(_ reason: String) -> NumPyError { .malformed(path, reason: reason) }
}
