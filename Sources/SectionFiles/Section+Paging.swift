#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension SectionFile.Section {
    /// Gives back the memory that the section takes; whoever reads it again has it read from disk again.
    public func release() {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
        // Whole pages, which some processors have larger than the file's; a neighbour that shares one loses nothing.
        let excess = Int(bitPattern: start) % Int(getpagesize())
        withExtendedLifetime(self) {
            _ = madvise(UnsafeMutableRawPointer(mutating: start) - excess, bytes.count + excess, MADV_DONTNEED)
        }
    }
}
