import Foundation
import SystemPackage

extension FilePath {
    /// The path's bytes as a column has them.
    var blob: Data { Data(bytes) }

    init(blob: Data) { self.init(bytes: [UInt8](blob)) }

    /// From the first to behind the last of the paths inside this folder, in the order of their bytes.
    var blobRange: (lower: Data, upper: Data) {
        let (lower, upper) = bytesInside
        return (Data(lower), Data(upper))
    }
}
