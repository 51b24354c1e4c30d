import SystemPackage

extension FilePath {
    /// Whether something is there that may be opened.
    var isReadable: Bool { (try? FileDescriptor.open(self, .readOnly).close()) != nil }
}
