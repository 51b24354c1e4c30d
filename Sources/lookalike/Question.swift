import ArgumentParser
import SystemPackage
import VisualSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A query as the user wrote it.
struct Question {
    /// Any bytes, since names of files may be such.
    let written: FilePath
    let query: Query

    /// The photo of that name where there is one; what else is written must be a query as `Query` reads it.
    init(_ written: FilePath) throws {
        self.written = written
        guard written.withPlatformString({ access($0, F_OK) }) != 0 else {
            query = .file(written)
            return
        }
        do throws(QuerySyntaxError) {
            let read = try Query(parsing: written.string)
            query = if case .file = read { .file(written) } else { read }
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
