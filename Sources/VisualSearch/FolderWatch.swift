import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells whether anything happened in folders, and all folders in them, since it was asked last: what the system reports of them
/// (inotify, on Linux).
public struct FolderWatch: ~Copyable {
    /// Whether the system tells of all folders that are watched; otherwise somebody must look into them now and then.
    public private(set) var isComplete: Bool
    private let events: CInt
    private var folders: [CInt: FilePath] = [:]
    private var watched: Set<FilePath> = []
    private var hasChanged = false

    #if canImport(Glibc)
        private static let kinds = UInt32(
            IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
                | IN_ATTRIB | IN_ONLYDIR)

        /// Watches nothing yet.
        public init() {
            events = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
            isComplete = events >= 0
        }

        deinit { if events >= 0 { close(events) } }

        /// A folder that is watched already costs nothing.
        public mutating func watch(_ folder: FilePath) {
            guard events >= 0, !watched.contains(folder) else { return }
            guard folder.isAbsolute else {
                // Stores tell of nothing.
                isComplete = false
                return
            }
            let number = folder.withPlatformString { inotify_add_watch(events, $0, Self.kinds) }
            guard number >= 0 else {
                // One that is gone has nothing to tell; of one that cannot be watched, nobody would hear.
                if errno != ENOENT && errno != ENOTDIR { isComplete = false }
                return
            }
            folders[number] = folder
            watched.insert(folder)
            // What came before it was watched, nobody has told of.
            hasChanged = true
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? [] {
                let inner = folder.appending(name)
                guard !name.hasPrefix("."), (try? FileStatus(of: inner))?.kind == .folder else { continue }
                watch(inner)
            }
        }

        /// Whether anything happened.
        public mutating func takeChanges() -> Bool {
            guard events >= 0 else { return false }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = read(events, &buffer, buffer.count), count > 0 { take(buffer[..<count]) }
            defer { hasChanged = false }
            return hasChanged
        }

        private mutating func take(_ bytes: ArraySlice<UInt8>) {
            hasChanged = true
            var rest = bytes
            let length = MemoryLayout<inotify_event>.size
            while rest.count >= length {
                let event = rest.withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
                let name = rest.dropFirst(length).prefix(Int(event.len)).prefix { $0 != 0 }
                take(event, String(decoding: name, as: UTF8.self))
                rest = rest.dropFirst(length + Int(event.len))
            }
        }

        private mutating func take(_ event: inotify_event, _ name: String) {
            let (mask, folder) = (event.mask, folders[event.wd])
            if mask & UInt32(IN_Q_OVERFLOW) != 0 { return watchAnew() }
            if mask & UInt32(IN_IGNORED) != 0 { return drop(event.wd) }
            if mask & UInt32(IN_MOVE_SELF) != 0, let folder { return forget(folder) }
            guard mask & UInt32(IN_ISDIR) != 0, !name.hasPrefix("."), let inner = folder?.appending(name) else {
                return
            }
            // One that was moved away is still told of, by a name that it has no more.
            if mask & UInt32(IN_MOVED_FROM | IN_DELETE) != 0 { forget(inner) }
            if mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 {
                forget(inner)
                watch(inner)
            }
        }

        private mutating func drop(_ number: CInt) {
            if let folder = folders.removeValue(forKey: number) { watched.remove(folder) }
        }

        private mutating func forget(_ folder: FilePath) {
            for (number, path) in folders where path.starts(with: folder) {
                inotify_rm_watch(events, number)
                drop(number)
            }
        }

        /// What happened meanwhile was too much to be told: there may be folders that nobody watches.
        private mutating func watchAnew() {
            let known = watched
            for folder in known { forget(folder) }
            for folder in known { watch(folder) }
        }
    #else
        /// Watches nothing: somebody must look into all folders now and then.
        public init() { (isComplete, events) = (false, -1) }

        /// Does nothing.
        public mutating func watch(_ folder: FilePath) {}

        /// Nothing is heard of.
        public mutating func takeChanges() -> Bool { false }
    #endif
}
