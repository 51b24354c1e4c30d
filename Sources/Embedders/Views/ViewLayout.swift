public import Vectors

/// The views that an embedding is made of, one after the other: each of length one, so that the dot product of two photos' parts
/// is the cosine of that view.
public struct ViewLayout: Sendable, Hashable {
    /// A view, and how many numbers it has.
    public struct Part: Sendable, Hashable {
        /// No two parts of a layout are of the same view.
        public let view: View
        /// More than 0.
        public let dimension: Int

        /// Traps unless there is at least one number.
        public init(view: View, dimension: Int) {
            precondition(dimension > 0)
            (self.view, self.dimension) = (view, dimension)
        }
    }

    /// In the order of their numbers.
    public let parts: [Part]

    /// Takes at most one part of each view.
    public init(parts: [Part]) { self.parts = parts }

    /// All numbers.
    public var dimension: Int { parts.reduce(0) { $0 + $1.dimension } }

    /// Where the numbers of a view are; `nil` where there are none.
    public func range(of view: View) -> Range<Int>? {
        guard let place = parts.firstIndex(where: { $0.view == view }) else { return nil }
        let start = parts[..<place].reduce(0) { $0 + $1.dimension }
        return start..<start + parts[place].dimension
    }

    /// The same photo, but that its garment has one colour; as it is where there is no view of colours.
    public func recoloured(_ embedding: Embedding, as colour: GarmentColour) -> Embedding {
        guard let range = range(of: .colours) else { return embedding }
        var values = embedding.values
        values.replaceSubrange(range, with: colour.values)
        return Embedding(values)
    }

    /// An embedding whose dot product with another is the mean of the views' cosines, each counting as much as its weight.
    ///
    /// Views without a weight do not count, and weights of views that are not here neither. Without any that counts, all
    /// numbers are 0.
    public func query(_ embedding: Embedding, weights: [View: Double]) -> Embedding {
        let shares = parts.map { max(0, weights[$0.view] ?? 0) }
        let total = shares.reduce(0, +)
        guard total > 0 else { return Embedding([Float](repeating: 0, count: embedding.dimension)) }
        let factors = zip(parts, shares).flatMap { part, share in
            repeatElement(Float(share / total), count: part.dimension)
        }
        return Embedding(zip(embedding.values, factors).map { $0 * $1 })
    }
}
