import Hashing
import Networks
import Vectors

/// The views that a network has of photos.
enum NetworkViews: Sendable {
    /// Of several layers.
    case layers(FeatureLayers, ViewCalibration)
    /// Of one alone, with so many numbers.
    case pooled(Int)

    var parts: [ViewLayout.Part] {
        switch self {
        case .layers(let layers, _):
            [
                ViewLayout.Part(view: .look, dimension: layers.look.channels),
                ViewLayout.Part(view: .texture, dimension: 2 * layers.texture.channels),
                ViewLayout.Part(view: .pattern, dimension: ViewCalibration.patternDimension),
                ViewLayout.Part(view: .type, dimension: GarmentType.allCases.count),
            ]
        case .pooled(let dimension): [ViewLayout.Part(view: .look, dimension: dimension)]
        }
    }

    /// Names what decides their numbers beside the network.
    var identity: String {
        switch self {
        case .layers(_, let calibration): "views \(calibration.digest.description.prefix(8))"
        case .pooled: "views"
        }
    }

    /// Which features of the network they are made of, and how many numbers these have.
    var source: (features: Features, dimension: Int) {
        switch self {
        case .layers(let layers, _): (.views, layers.count)
        case .pooled(let dimension): (.pooled, dimension)
        }
    }

    /// Where the network tells in the same features what is in each place; `nil` where it does not.
    var places: NetworkPlaces? {
        guard case .layers(let layers, let calibration) = self else { return nil }
        return .layers(layers, calibration)
    }

    /// The numbers of `parts`, one part's after the other's.
    func values(of row: Embedding) -> [Float] {
        switch self {
        case .layers(let layers, let calibration):
            let statistics = LayerStatistics(of: row.values, layers: layers)
            return calibration.look(statistics) + calibration.texture(statistics) + calibration.pattern(statistics)
                + calibration.type(statistics)
        case .pooled: return row.normalized.values
        }
    }
}
