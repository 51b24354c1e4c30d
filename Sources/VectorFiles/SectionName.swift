import SectionFiles
import Vectors

/// The sections that a block of vectors lies in.
enum SectionName: String {
    case about, mean, basis, centroids, starts, ids, order, heads, offsets, norms
    case headScales, headErrors, tailLengths, tailScales, tailErrors, signs
    case tails, byteScales, byteErrors
    case vectors, checksums

    /// Most searches read little of them, or nothing.
    static let verifiedLater = [tails.rawValue, vectors.rawValue]
}

extension SectionFile {
    /// The numbers of a section, which keep the file mapped.
    func numbers<Element: BitwiseCopyable>(_ name: SectionName, of type: Element.Type, count: Int)
        throws(SectionFileError) -> Numbers<Element>
    {
        let section = try section(name.rawValue)
        return Numbers(try section.values(of: type, count: count), keptBy: Kept(section))
    }
}

/// A section as something that can keep memory.
private final class Kept {
    let section: SectionFile.Section

    init(_ section: SectionFile.Section) { self.section = section }
}
