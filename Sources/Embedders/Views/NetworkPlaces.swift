import Networks
import Vectors

/// Where a network tells what is in each place of a photo.
enum NetworkPlaces: Sendable {
    /// In a layer of its views, by directions that were learnt of garments.
    case layers(FeatureLayers, ViewCalibration)
    /// In its last map: so many numbers a place, lying as a reading of them says, by directions at random. Learnt ones rank no
    /// better.
    case lastMap(OutputReading, channels: Int)

    /// Which features of the network tell it.
    var source: Features {
        switch self {
        case .layers: .views
        case .lastMap: .places
        }
    }

    /// `nil` where a row has no places, but one for the whole photo.
    func patches(of row: Embedding) -> PatchGrid? {
        switch self {
        case .layers(let layers, let calibration): calibration.patches(of: row.values, layers: layers)
        case .lastMap(let reading, let channels): reading.places(of: row.values, dimension: channels)?.patches
        }
    }
}

extension OutputReading {
    /// Each place's numbers, row by row from the top; `nil` where there are no places, or their rows are not as many as their
    /// columns.
    func places(of output: [Float], dimension: Int) -> PlaceNumbers? {
        let count = output.count / dimension
        switch self {
        case .whole: return nil
        // What comes before the places are tokens of the whole photo: at most one for its class, and four registers.
        case .firstToken, .meanOfTokens:
            let side = Int(Double(count).squareRoot())
            guard count - side * side <= 5 else { return nil }
            return PlaceNumbers(Array(output.suffix(side * side * dimension)), dimension: dimension)
        case .meanOfPlaces:
            let numbers = (0..<count).flatMap { place in (0..<dimension).map { output[$0 * count + place] } }
            return PlaceNumbers(numbers, dimension: dimension)
        }
    }
}

/// What a network makes of each place of a photo.
struct PlaceNumbers: Equatable {
    /// One place's after the other's, row by row from the top.
    let numbers: [Float]
    let dimension: Int
    let side: Int

    /// `nil` unless the places are a square of more than one.
    init?(_ numbers: [Float], dimension: Int) {
        let count = numbers.count / dimension
        (self.numbers, self.dimension, side) = (numbers, dimension, Int(Double(count).squareRoot()))
        guard side > 1, side * side == count else { return nil }
    }

    /// The means of neighbours where there are more places a side than in the maps that the networks of photos end in.
    private func places(atMost most: Int) -> [Float] {
        guard side > most else { return numbers }
        let parts = (0..<most).map { $0 * side / most..<($0 + 1) * side / most }
        return parts.flatMap { rows in
            parts.flatMap { columns in
                let sum = rows.reduce(into: [Float](repeating: 0, count: dimension)) { sum, row in
                    for place in columns {
                        let start = (row * side + place) * dimension
                        for number in 0..<dimension { sum[number] += numbers[start + number] }
                    }
                }
                return sum.map { $0 / Float(rows.count * columns.count) }
            }
        }
    }

    /// As many as 8 a side.
    var patches: PatchGrid? {
        let projection = RandomProjection(from: dimension, to: PatchGrid.dimension)
        return PatchGrid(places: projection.applied(to: places(atMost: 8)))
    }
}
