import Foundation
public import Hashing
public import SystemPackage

/// Photos that are still to be examined for a space, which any number of machines take from one list.
///
/// Who takes some has them on loan: when it is not heard of for a while, others get them. Only who still has a photo on loan can
/// record what is in it, so that each is recorded once.
public struct WorkList: Sendable {
    /// A photo that is to be examined.
    public struct Item: Sendable, Hashable {
        /// Absolute.
        public let path: FilePath
        /// The file's length in bytes when it was listed.
        public let size: Int64

        /// Of a file that was listed.
        public init(path: FilePath, size: Int64) { (self.path, self.size) = (path, size) }
    }

    /// How much there is to do.
    public struct Standing: Sendable, Hashable {
        /// Photos that nobody has on loan.
        public let open: Int
        /// Photos that others have on loan.
        public let elsewhere: Int
    }

    let catalogue: PostgresCatalogue
    let space: EmbeddingSpace
    /// Tells who takes from the list from all others.
    let holder = UUID().uuidString

    /// So long a loan lasts after it was taken or renewed.
    static let loan = "30 seconds"
    /// How often loans are to be renewed.
    public static let renewal = Duration.seconds(8)
}
