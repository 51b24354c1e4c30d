/// Why nothing can be learnt from photos.
public enum TrainingProblem: Error, Hashable, CustomStringConvertible {
    case oneIdentity
    case onePhotoEach
    case tooFew
    case fewSeries
    case illegible
    case changed
    case diverged

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .oneIdentity: "all photos show the same: photos of at least two garments, or labels, are needed"
        case .onePhotoEach:
            "no label has two photos: what makes photos alike is learnt from several of one garment, or of one kind"
        case .tooFew:
            "there are too few photos to learn from some and see with others whether it holds: some dozens with a handful of labels are needed"
        case .fewSeries:
            "there are too few series that show the same: each photo that is kept back has to find photos of other series that are kept back too; some dozens of series are needed"
        case .changed:
            "photos that tell what was learnt can be read no more, or can be read again: leave --resume out to begin anew"
        case .illegible: "no photo of a whole batch can be read any more: are they still where they were?"
        case .diverged:
            "the loss was no number any more before anything was learnt: photos that differ more, or another seed, may help"
        }
    }
}
