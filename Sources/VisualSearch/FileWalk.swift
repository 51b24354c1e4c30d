import Catalogue
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the photos that lie in a folder on a disk, and all folders below it, without opening any.
///
/// Hidden files are left out. Links to files are followed as long as they stay in the folder; links to folders
/// are not, since what they lead to is either found anyway or not in the folder.
struct FileWalk {
    private(set) var listing = FolderListing()
    private let folder: PhotoFolder

    init(through folder: PhotoFolder) throws(SearchError) {
        self.folder = folder
        var rest = [folder.path]
        while let next = rest.popLast() {
            do throws(Errno) {
                rest += try visit(next).reversed()
            } catch {
                if next == folder.path {
                    throw error == .permissionDenied ? .folderForbidden(folder.name) : .noSuchFolder(folder.name)
                }
                listing.unseen.append(next)
                listing.skipped.append((next, .unreadable(error)))
            }
        }
    }

    /// Lists one folder, and returns those within it.
    private mutating func visit(_ path: FilePath) throws(Errno) -> [FilePath] {
        var folders: [FilePath] = []
        for name in try Self.names(in: path) where !PhotoName.isHidden(name) {
            let entry = path.appending(name)
            if folder.isExcluded(entry) { continue }
            do throws(Errno) {
                let status = try FileStatus(of: entry)
                switch status.kind {
                case .folder: folders.append(entry)
                case .file where PhotoName.isPhoto(name): listing.photos.append((entry, status.stamp))
                case .special where PhotoName.isPhoto(name): listing.skipped.append((entry, .notAFile))
                case .link: follow(entry, isPhoto: PhotoName.isPhoto(name))
                case .file, .special: break
                }
            } catch  where error != .noSuchFileOrDirectory {
                listing.unseen.append(entry)
                if PhotoName.isPhoto(name) { listing.skipped.append((entry, .unreadable(error))) }
            } catch {
                // Deleted since its folder was listed.
            }
        }
        return folders
    }

    private mutating func follow(_ link: FilePath, isPhoto: Bool) {
        do throws(Errno) {
            let status = try FileStatus(following: link)
            guard isPhoto, status.kind != .folder else { return }
            guard status.kind == .file else { return listing.skipped.append((link, .notAFile)) }
            guard leadsInside(link) else { return listing.skipped.append((link, .leadsOutside)) }
            listing.photos.append((link, status.stamp))
        } catch {
            listing.skipped.append((link, .leadsNowhere))
        }
    }

    private func leadsInside(_ link: FilePath) -> Bool {
        guard let target = link.withPlatformString({ realpath($0, nil) }) else { return false }
        defer { free(target) }
        return folder.contains(FilePath(platformString: target))
    }

    private static func names(in path: FilePath) throws(Errno) -> [FilePath.Component] {
        guard let stream = path.withPlatformString({ opendir($0) }) else { throw Errno(rawValue: errno) }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                        Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
                    }
                })
        }
        return names.sorted { $0.lexicographicallyPrecedes($1, by: { UInt8(bitPattern: $0) < UInt8(bitPattern: $1) }) }
            .compactMap { FilePath.Component(platformString: $0) }
    }
}
