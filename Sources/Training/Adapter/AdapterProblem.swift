/// Why nothing can be learnt from photos.
public enum AdapterProblem: Error, Hashable, CustomStringConvertible {
    case oneIdentity
    case onePhotoEach
    case tooFew

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .oneIdentity: "all photos show the same: photos of at least two garments, or labels, are needed"
        case .onePhotoEach:
            "no label has two photos: what makes photos alike is learnt from several of one garment, or of one kind"
        case .tooFew:
            "there are too few photos to learn from some and see with others whether it holds: some dozens with a handful of labels are needed"
        }
    }
}
