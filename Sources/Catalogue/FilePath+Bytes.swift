import SystemPackage

extension FilePath {
    /// The path's bytes as the file system has them, which need not be text.
    var bytes: [UInt8] {
        withPlatformString { Array(UnsafeRawBufferPointer(start: $0, count: length)) }
    }

    init(bytes: [UInt8]) {
        self = (bytes + [0]).withUnsafeBytes { FilePath(platformString: $0.bindMemory(to: CChar.self).baseAddress!) }
    }

    /// From the first to behind the last of the paths inside this folder, in the order of their bytes.
    var bytesInside: (lower: [UInt8], upper: [UInt8]) {
        let prefix = self == "/" ? [] : bytes
        return (prefix + [UInt8(ascii: "/")], prefix + [UInt8(ascii: "/") + 1])
    }
}
