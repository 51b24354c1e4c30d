import Glibc
import SystemPackage

/// Where the pictures go: a folder with one inside it for the catalogue, and one for the queries.
struct PictureFolder: Sendable {
    private let path: FilePath

    init(_ path: FilePath) {
        self.path = path
    }

    func create() throws {
        for folder in [path, path.appending("catalogue"), path.appending("queries")] {
            guard mkdir(folder.string, 0o777) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
        }
    }

    func write(_ bytes: [UInt8], to file: String) throws {
        let descriptor = try FileDescriptor.open(
            path.pushing(FilePath(file)), .writeOnly, options: [.create, .truncate],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }
}
