public import SystemPackage

/// Photos that are still to be examined for a space, which any number of machines take from one list.
///
/// Who takes some has them on loan, as long as its session with the server lasts and it is heard of now and then: after that,
/// others get them. Only who still has a photo on loan can record what is in it, so that each is recorded once.
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
        /// Photos that are on loan here.
        public let own: Int

        /// Photos that nobody is done with.
        public var left: Int { open + elsewhere + own }
    }

    let catalogue: PostgresCatalogue
    let space: EmbeddingSpace
    /// Who takes from the list; it lasts as long as any copy of this value.
    let holder: LoanHolder
    /// How long a loan lasts that is not renewed, as where a machine vanishes whose session the server takes for alive.
    let loan: Duration

    /// Each has loans of its own.
    init(of space: EmbeddingSpace, in catalogue: PostgresCatalogue, loan: Duration = .seconds(30)) {
        (self.catalogue, self.space, self.loan) = (catalogue, space, loan)
        holder = LoanHolder(in: catalogue)
    }

    /// How often loans are to be renewed.
    public static let renewal = Duration.seconds(8)
}
