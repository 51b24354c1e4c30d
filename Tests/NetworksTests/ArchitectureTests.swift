import Archives
import SystemPackage
import TestSupport
import Testing

@testable import Networks

/// What each network asks of its weights, against the state dicts of torchvision's networks and the files of
/// EfficientNet-Lite's publisher (Scripts/make-network-goldens.py).
@Suite struct ArchitectureTests {
    struct Architecture: Sendable, CustomTestStringConvertible {
        let name: String
        let network: any Network
        let side: Int
        let dimensions: [Features: Int]

        var testDescription: String { name }

        init(
            _ name: String, _ network: any Network, side: Int = 224, pooled: Int, places: Int = 49, fc2: Int? = nil
        ) {
            (self.name, self.network, self.side) = (name, network, side)
            dimensions = [.places: pooled * places, .pooled: pooled, .fc2: fc2, .logits: 1000].compactMapValues { $0 }
        }

        /// All tensors of the published network, without their numbers.
        var weights: WeightFile {
            get throws {
                let golden = try golden(Golden.self, at: goldens.appending("networks").appending("\(name).json"))
                return try WeightFile(
                    golden.tensors.map { name, shape in
                        let shape = shape.split(separator: " ").compactMap { Int($0) }
                        return .outline(name, shape: shape)
                    })
            }
        }
    }

    private struct Golden: Decodable { let tensors: [String: String] }

    static let all = [
        Architecture("inception-v3", InceptionV3(), side: 299, pooled: 2048, places: 64),
        Architecture("vgg16", VGG.vgg16, pooled: 512, fc2: 4096),
        Architecture("vgg19", VGG.vgg19, pooled: 512, fc2: 4096),
        Architecture("resnet18", ResNet.resnet18, pooled: 512),
        Architecture("resnet34", ResNet.resnet34, pooled: 512),
        Architecture("resnet50", ResNet.resnet50, pooled: 2048),
        Architecture("mobilenet-v2", MobileNetV2(), pooled: 1280),
        Architecture("efficientnet-lite0", EfficientNetLite.lite0, pooled: 1280),
        Architecture("efficientnet-lite1", EfficientNetLite.lite1, side: 240, pooled: 1280, places: 64),
        Architecture("efficientnet-lite2", EfficientNetLite.lite2, side: 260, pooled: 1280, places: 81),
    ]

    @Test(arguments: all)
    func saysWhatItTakesAndGives(architecture: Architecture) throws {
        let network = architecture.network
        #expect(network.dimensions.filter { $0.key != .views } == architecture.dimensions)
        #expect(network.dimensions[.views] == network.layers?.count)
        #expect(network.features.first { $0 != .views } == .pooled)
        for (features, dimension) in network.dimensions {
            let graph = try architecture.network.graph(of: features, weights: architecture.weights)
            #expect(graph.inputs.map(\.shape) == [[nil, 3, architecture.side, architecture.side]])
            #expect(graph.outputs.map(\.shape) == [[nil, dimension]])
        }
    }

    /// Several layers, of which the last but the classes’ is one.
    @Test(arguments: all.filter { $0.network.layers != nil })
    func takesTheTensorsOfThePooledFeaturesForItsLayers(architecture: Architecture) throws {
        let weights = try architecture.weights
        let (layers, pooled) = (
            try architecture.network.graph(of: .views, weights: weights).weights,
            try architecture.network.graph(of: .pooled, weights: weights).weights
        )
        #expect(layers.map(\.name) == pooled.map(\.name))
    }

    /// As large as the strides of all stages leave it, rounded up at each.
    @Test func knowsTheSizeOfItsLayers() {
        func layers(_ texture: (Int, Int), _ look: (Int, Int), _ pattern: [Int]) -> FeatureLayers {
            FeatureLayers(
                texture: FeatureLayers.Map(channels: texture.0, side: texture.1),
                look: FeatureLayers.Map(channels: look.0, side: look.1), pattern: pattern, pooled: 1280)
        }
        #expect(EfficientNetLite.lite0.layers == layers((112, 14), (320, 7), [480, 1152]))
        #expect(EfficientNetLite.lite1.layers == layers((112, 15), (320, 8), [480, 1152]))
        #expect(EfficientNetLite.lite2.layers == layers((120, 17), (352, 9), [528, 1248]))
    }

    @Test func hasFeaturesFromTheEarliestLayerOn() {
        #expect(VGG.vgg16.features == [.pooled, .fc2, .logits])
        #expect(ResNet.resnet18.features == [.pooled, .logits])
    }

    /// Inception’s auxiliary classifier only helps to train it.
    @Test(arguments: all)
    func takesEveryTensorOfItsWeights(architecture: Architecture) throws {
        let weights = try architecture.weights
        let taken = try architecture.network.graph(of: .logits, weights: weights).weights.map(\.name)
        #expect(taken.sorted() == weights.tensors.keys.filter { !$0.hasPrefix("AuxLogits.") }.sorted())
    }

    @Test(arguments: all)
    func takesNoMoreTensorsThanItsFeaturesNeed(architecture: Architecture) throws {
        let weights = try architecture.weights
        let taken = try architecture.network.features.filter { $0 != .views }.map { features in
            try Set(architecture.network.graph(of: features, weights: weights).weights.map(\.name))
        }
        for (earlier, later) in zip(taken, taken.dropFirst()) { #expect(earlier.isStrictSubset(of: later)) }
        let last = try #require(taken.last).subtracting(taken[taken.count - 2])
        #expect(Set(last.map { $0.split(separator: ".").last }) == ["weight", "bias"])
    }

    /// All but ResNet-34's in ResNet-18, whose tensors are the first in each of its stages: only their digests differ.
    @Test(arguments: all)
    func refusesTheWeightsOfAnother(architecture: Architecture) throws {
        for other in Self.all where ![architecture.name, "resnet34"].contains(other.name) {
            let weights = try other.weights
            #expect(throws: WeightFileError.self, "\(other.name)") {
                try architecture.network.graph(of: .logits, weights: weights)
            }
        }
    }
}
