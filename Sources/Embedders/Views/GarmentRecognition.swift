import Networks
public import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is known of photos of garments, whichever catalogue they are in.
///
/// Learnt by `Scripts/train-views.py`, from other photos than those whose figures are in `Documentation/QUALITY.md`’s *A*.
public struct GarmentRecognition: Sendable {
    private let looks: Range<Int>
    private let types: Range<Int>
    private let centre: [Float]
    /// In which garments’ looks differ most, one after the other, each of length one and at right angles to the others.
    private let directions: [Float]
    private let factors: (odds: Double, look: Double, offset: Double)
    /// The strangeness that but two in a hundred photos of single garments at home exceed.
    public let usualStrangeness: Double

    init(_ weights: WeightFile, layout: ViewLayout) throws(WeightFileError) {
        guard let looks = layout.range(of: .look), let types = layout.range(of: .type) else {
            throw .unsound("it is for a model without the views that it is about")
        }
        (self.looks, self.types) = (looks, types)
        centre = try weights.floats("look.centre", shape: [looks.count])
        directions = try weights.floats("look.directions", shape: [Self.directionCount, looks.count])
        usualStrangeness = Double(try weights.floats("look.limit", shape: [1])[0])
        let factors = try weights.floats("sureness", shape: [3]).map(Double.init)
        self.factors = (factors[0], factors[1], factors[2])
    }

    private static let directionCount = 64

    /// How much of a photo’s look lies outside of all the ways in which garments’ looks differ: from 0 to 2, and the more
    /// the less it shows a garment.
    public func strangeness(of embedding: Embedding) -> Double {
        let difference = zip(embedding.values[looks], centre).map { $0 - $1 }
        let lengths = difference.products(withRows: directions)
        return Double(max(0, difference.product(with: difference) - lengths.product(with: lengths))).squareRoot()
    }

    /// Which type of garment a photo most probably shows.
    public func type(of embedding: Embedding) -> GarmentType {
        let likely = embedding.values[types]
        let place = likely.indices.max { likely[$0] < likely[$1] } ?? likely.startIndex
        return GarmentType.allCases[place - likely.startIndex]
    }

    /// How probable it is that two photos show garments of one type: from 0 to 1.
    ///
    /// By the odds that their types agree as the head has them, and by how alike they look (logistic regression).
    public func sameType(_ left: Embedding, _ right: Embedding) -> Double {
        let agreement = zip(left.values[types], right.values[types]).reduce(0.0) {
            $0 + Double($1.0 * $1.0) * Double($1.1 * $1.1)
        }
        let probable = min(max(agreement, 1e-3), 1 - 1e-3)
        let look = Double(left.values[looks].product(with: right.values[looks]))
        let odds = factors.odds * log(probable / (1 - probable)) + factors.look * look + factors.offset
        return 1 / (1 + exp(-odds))
    }
}
