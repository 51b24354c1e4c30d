import Networks

/// What a publisher calls the tensors of a network that has other names here.
///
/// A tensor's name is its layer's and its own in that layer, end to end.
public struct TensorNames: Sendable, Hashable {
    /// The layers' names here, by their publisher's.
    let layers: [String: String]
    /// The names in a layer here, by their publisher's.
    let parts: [String: String]

    /// The name here of what its publisher calls so; `nil` for what no network here has.
    func name(of published: String) -> String? {
        for (part, own) in parts where published.hasSuffix(part) {
            if let layer = layers[String(published.dropLast(part.count))] { return layer + own }
        }
        return nil
    }
}

extension TensorNames {
    /// MobileNetV2 as it was written before torchvision had it: what torchvision puts in threes, a convolution with its
    /// normalization and activation, is counted through in each block.
    static let mobileNetV2InBlocks: TensorNames = {
        let first = ["0": "0.0", "1": "0.1", "3": "1", "4": "2"]
        let further = ["0": "0.0", "1": "0.1", "3": "1.0", "4": "1.1", "6": "2", "7": "3"]
        var layers = Dictionary(
            uniqueKeysWithValues: ["0.0", "0.1", "18.0", "18.1"].map { ("features.\($0)", "features.\($0)") })
        for block in 1...17 {
            for (published, own) in block == 1 ? first : further {
                layers["features.\(block).conv.\(published)"] = "features.\(block).conv.\(own)"
            }
        }
        let parts = [".weight", ".bias", ".running_mean", ".running_var"]
        return TensorNames(layers: layers, parts: Dictionary(uniqueKeysWithValues: parts.map { ($0, $0) }))
    }()

    /// U²-Net’s small version as an exporter left it, which folded the normalizations into the convolutions, and numbered what
    /// came of them; but for the layers that had none.
    static let u2netPNumbered: TensorNames = {
        var layers: [String: String] = [:]
        for (place, layer) in U2NetP.layers.enumerated() {
            layers["\(1967 + 3 * place)"] = layer + ".weight"
            layers["\(1968 + 3 * place)"] = layer + ".bias"
        }
        for layer in (1...6).map({ "side\($0)" }) + ["outconv"] {
            for part in [".weight", ".bias"] { layers[layer + part] = layer + part }
        }
        return TensorNames(layers: layers, parts: ["": ""])
    }()

    /// VGG-16 as Keras names its convolutions, and tf2onnx what it makes of them.
    static let vgg16FromKeras: TensorNames = {
        let numbers = [[0, 2], [5, 7], [10, 12, 14], [17, 19, 21], [24, 26, 28]]
        var layers: [String: String] = [:]
        for (block, numbers) in numbers.enumerated() {
            for (convolution, number) in numbers.enumerated() {
                layers["functional_1/block\(block + 1)_conv\(convolution + 1)_1"] = "features.\(number)"
            }
        }
        return TensorNames(
            layers: layers, parts: ["/convolution/ReadVariableOp:0": ".weight", "/Squeeze:0": ".bias"])
    }()
}
