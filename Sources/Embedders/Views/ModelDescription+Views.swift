import CViewCalibrations
import Networks

extension ModelDescription {
    /// What views are made of; `nil` for a model that has none.
    var networkViews: NetworkViews? {
        switch kind {
        case .neural(let network, _, _):
            if let layers = network.layers, let calibration {
                .layers(layers, calibration)
            } else {
                network.dimensions[.pooled].map(NetworkViews.pooled)
            }
        case .foreign(let network): .pooled(network.dimension)
        case .handMade: nil
        }
    }

    /// Where the network tells what is in each place of a photo; `nil` for a model that tells of the whole alone.
    var places: NetworkPlaces? {
        if let places = networkViews?.places { return places }
        switch kind {
        case .neural(let network, _, _):
            guard let channels = network.dimensions[.pooled], network.dimensions[.places] != nil else { return nil }
            return .lastMap(.meanOfPlaces, channels: channels)
        case .foreign(let network):
            return network.reading == .whole ? nil : .lastMap(network.reading, channels: network.dimension)
        case .handMade: return nil
        }
    }

    /// The views of a photo that the model's embeddings have; `nil` for a model whose embeddings have none.
    var viewLayout: ViewLayout? {
        networkViews.map {
            ViewLayout(parts: $0.parts + [ViewLayout.Part(view: .colours, dimension: GarmentColours.dimension)])
        }
    }

    /// What is known of garments’ photos with this model’s views; `nil` for a model that has not learnt it.
    var recognition: GarmentRecognition? {
        guard case .layers(_, let calibration) = networkViews, let layout = viewLayout else { return nil }
        return try? GarmentRecognition(calibration.weights, layout: layout)
    }

    private var calibration: ViewCalibration? {
        switch id {
        case "efficientnet-lite0": Self.lite0
        case "efficientnet-lite1": Self.lite1
        case "efficientnet-lite2": Self.lite2
        default: nil
        }
    }

    // Read once, and only of the model that is used.
    private static let lite0 = calibration(vc_efficientnet_lite0, of: .lite0)
    private static let lite1 = calibration(vc_efficientnet_lite1, of: .lite1)
    private static let lite2 = calibration(vc_efficientnet_lite2, of: .lite2)

    private static func calibration(_ file: vc_file, of network: EfficientNetLite) -> ViewCalibration? {
        let bytes = [UInt8](UnsafeBufferPointer(start: file.bytes, count: file.count))
        return network.layers.flatMap { try? ViewCalibration(bytes, for: $0) }
    }
}
