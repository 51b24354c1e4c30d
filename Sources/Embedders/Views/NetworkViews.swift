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

    /// Whether the network gives a layer that has places.
    var havePlaces: Bool {
        if case .layers = self { true } else { false }
    }

    /// What the network sees in each place; `nil` where it gives no layer that has places.
    func patches(of row: Embedding) -> PatchGrid? {
        guard case .layers(let layers, let calibration) = self else { return nil }
        return calibration.patches(of: row.values, layers: layers)
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
