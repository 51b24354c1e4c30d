import Networks

extension ModelDescription {
    /// What views are made of; `nil` for a model that has none.
    var networkViews: NetworkViews? {
        switch kind {
        case .neural(let network, _, _):
            if let layers = network.layers, let calibration = calibration(for: layers) {
                .layers(layers, calibration)
            } else {
                network.dimensions[.pooled].map(NetworkViews.pooled)
            }
        case .foreign(let network): .pooled(network.dimension)
        case .handMade: nil
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

    private func calibration(for layers: FeatureLayers) -> ViewCalibration? {
        let file: [UInt8]? =
            switch id {
            case "efficientnet-lite0": PackageResources.efficientnet_lite0_safetensors
            case "efficientnet-lite1": PackageResources.efficientnet_lite1_safetensors
            case "efficientnet-lite2": PackageResources.efficientnet_lite2_safetensors
            default: nil
            }
        return file.flatMap { try? ViewCalibration($0, for: layers) }
    }
}
