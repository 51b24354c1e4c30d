/// Why nothing can be learnt from photos.
public enum TrainingProblem: Error, Hashable, CustomStringConvertible {
    case oneIdentity
    case onePhotoEach
    case tooFew
    case illegible
    case diverged

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .oneIdentity: "all photos show the same: photos of at least two garments, or labels, are needed"
        case .onePhotoEach:
            "no label has two photos: what makes photos alike is learnt from several of one garment, or of one kind"
        case .tooFew:
            "there are too few photos to learn from some and see with others whether it holds: some dozens with a handful of labels are needed"
        case .illegible: "no photo of a whole batch can be read any more: are they still where they were?"
        case .diverged:
            "the loss was no number any more before anything was learnt: photos that differ more, or another seed, may help"
        }
    }
}
