#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the system is told of a section's pages. All of it is advice: contents stay as they are.
extension SectionFile.Section {
    /// Gives back the memory that the section takes; whoever reads it again has it read from disk again.
    public func release() { advise(MADV_DONTNEED) }

    /// From now on, no more is read from disk than is asked for.
    public func expectRandomAccess() { advise(MADV_RANDOM) }

    /// From now on, much is read ahead, and forgotten soon.
    public func expectSequentialAccess() { advise(MADV_SEQUENTIAL) }

    /// Has the section read from disk in the background.
    public func preload() { advise(MADV_WILLNEED) }

    /// Whole pages, which some processors have larger than the file's; a neighbour that shares one loses nothing.
    @discardableResult
    func advise(_ advice: Int32) -> Bool {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return true }
        let excess = Int(bitPattern: start) % Int(getpagesize())
        return withExtendedLifetime(self) {
            madvise(UnsafeMutableRawPointer(mutating: start) - excess, bytes.count + excess, advice) == 0
        }
    }
}
