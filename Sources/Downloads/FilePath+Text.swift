import SystemPackage

extension FilePath {
    private static let textLimit = 4096

    /// What a short file holds, as far as a few lines go.
    var text: String {
        get throws {
            let file = try FileDescriptor.open(self, .readOnly, options: .closeOnExec)
            return try file.closeAfter {
                let bytes = try [UInt8](unsafeUninitializedCapacity: Self.textLimit) { buffer, count in
                    count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    /// Writes a short file, in place of one that may be there.
    func write(_ text: String) throws {
        let file = try FileDescriptor.open(
            self, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
        _ = try file.closeAfter { try file.writeAll(text.utf8) }
    }
}
