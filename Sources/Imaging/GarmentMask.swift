/// Where in a photo the garment is, small enough to be kept: what lies between its places is guessed.
public struct GarmentMask: Sendable, Hashable {
    /// Rises whenever the levels that come out change.
    public static let revision = 1

    /// Places across and down, whatever shape the photo has.
    public static let side = 64

    /// Row by row from the top, from 0 where there is nothing of the garment to 255 where there is nothing else.
    public let levels: [UInt8]

    /// Takes levels that were kept; `nil` unless there is one for each place.
    public init?(levels: [UInt8]) {
        guard levels.count == Self.side * Self.side else { return nil }
        self.levels = levels
    }

    /// Takes how sure a network is of each place of a square picture of the photo, squashed: as many times `side` across as
    /// down. The surest place is taken for the garment and the least sure for none of it.
    public init(of sureness: [Float]) {
        let side = Int(Double(sureness.count).squareRoot().rounded())
        precondition(side > 0 && side * side == sureness.count && side % Self.side == 0)
        let (step, least) = (side / Self.side, sureness.min() ?? 0)
        let range = max((sureness.max() ?? 1) - least, .leastNormalMagnitude)
        levels = (0..<Self.side * Self.side).map { place in
            let (top, left) = (place / Self.side * step, place % Self.side * step)
            let sum = (0..<step * step).reduce(Float(0)) {
                $0 + sureness[(top + $1 / step) * side + left + $1 % step] - least
            }
            return UInt8((sum / Float(step * step) / range * 255).rounded())
        }
    }

    /// How much of the photo is garment, from 0 to 1.
    public var coverage: Double {
        levels.reduce(0) { $0 + Double($1) } / Double(255 * levels.count)
    }

    /// Whether a whole garment was found. Of the fabric of a close-up a network finds next to nothing, or this and that and
    /// nothing for sure; and a detail goes on beyond the photo's edges.
    public var isTelling: Bool {
        (0.1...0.95).contains(coverage) && unsureShare < 0.3 * coverage && edgeShare < 0.25
    }

    /// How many places are neither surely garment nor surely not.
    private var unsureShare: Double {
        Double(levels.count { (30...225).contains($0) }) / Double(levels.count)
    }

    /// How much of the photo's edges is garment.
    private var edgeShare: Double {
        let edge = ImageSize.square(Self.side).edge
        return Double(edge.count { levels[$0] >= 128 }) / Double(edge.count)
    }

    /// The places from the first to the last that are more garment than not; `nil` where none is.
    var extent: (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        let places = levels.indices.filter { levels[$0] >= 128 }
        let columns = places.map { $0 % Self.side }
        guard let left = columns.min(), let right = columns.max(), let first = places.first, let last = places.last
        else { return nil }
        return (left...right, first / Self.side...last / Self.side)
    }
}
