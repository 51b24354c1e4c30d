#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The memory that this process has.
public enum ProcessMemory {
    /// The most that it ever had, in bytes.
    public static var peak: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        // Linux counts kilobytes.
        return usage.ru_maxrss * 1024
    }
}
