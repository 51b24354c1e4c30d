public import Imaging
public import ObjectStores
public import SystemPackage

/// Why a file that looks like a photo by its name is not in the catalogue.
public enum SkipReason: Error, Hashable, CustomStringConvertible {
    case image(ImageError)
    case unreadable(Errno)
    /// Its store did not give it.
    case store(ObjectStoreError)
    /// The name of an object that no path can have.
    case unnameable
    /// In bytes.
    case pathTooLong(Int, limit: Int)
    case notAFile
    case isFolder
    case leadsNowhere
    case leadsOutside
    case tooLong(bytes: Int64, limit: Int)
    case changing
    /// Nothing of the photo lies in the part that counts.
    case partOutside(ImageSize)
    /// None of its files is as the catalogue says.
    case gone(PhotoID)
    /// Found by an earlier run, in its words.
    case remembered(String)

    /// Whether what the catalogue remembers of the file is not so any more, as far as anybody can tell: a store that does not
    /// answer tells of nothing.
    var tellsOfContents: Bool {
        if case .store = self { false } else { true }
    }

    /// Without a capital or a full stop, to stand behind the name of the file.
    public var description: String {
        switch self {
        case .image(let error): error.description
        case .unreadable(.permissionDenied): "may not be read: check its permissions"
        case .unreadable(let error): "cannot be read: \(error)"
        case .store(let error): error.reason
        case .unnameable: "no path can have this name, with two slashes in a row, or a dot or two alone between slashes"
        case .pathTooLong(let length, let limit):
            "a path of \(length) bytes, where a catalogue on a server knows such of up to \(limit)"
        case .notAFile: "not a file but a device, pipe or socket"
        case .isFolder: "a folder, where a photo is needed: to search in it, write --photos before it"
        case .leadsNowhere: "a link that leads nowhere"
        case .leadsOutside: "a link that leads out of the folder: name the folder it leads to as well"
        case .tooLong(let bytes, let limit):
            "a file of \(bytes / 1_000_000) MB: photos of up to \(limit / 1_000_000) MB are read"
        case .changing: "changed while it was being read: the next run takes it"
        case .partOutside(let size): "the part lies beyond the photo’s \(size.width) x \(size.height) pixels"
        case .gone: "not in its folder any more, or another photo now: bring the catalogue up to date"
        case .remembered(let reason): reason
        }
    }
}
