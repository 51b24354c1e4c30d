package import Foundation
package import SystemPackage

extension FilePath {
    /// The path's bytes as the file system has them, which need not be text.
    package var data: Data { withPlatformString { Data(bytes: $0, count: length) } }

    /// From such bytes, none of which is zero.
    package init(data: Data) {
        // With a zero behind them there is always a first byte.
        self = (data + [0]).withUnsafeBytes { FilePath(platformString: $0.bindMemory(to: CChar.self).baseAddress!) }
    }
}
