import Foundation
import GRDB
import SystemPackage

extension FilePath {
    /// The path's bytes as the file system has them, which need not be text.
    var blob: Data {
        withPlatformString { Data(bytes: $0, count: length) }
    }

    init(blob: Data) {
        self = (blob + [0]).withUnsafeBytes { FilePath(platformString: $0.bindMemory(to: CChar.self).baseAddress!) }
    }

    /// From the first to behind the last of the paths inside this folder, in the order of their bytes.
    var blobRange: (lower: Data, upper: Data) {
        let prefix = self == "/" ? Data() : blob
        return (prefix + Data("/".utf8), prefix + Data([UInt8(ascii: "/") + 1]))
    }
}
