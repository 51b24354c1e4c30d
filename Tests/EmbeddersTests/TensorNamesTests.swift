import Networks
import SystemPackage
import Testing

@testable import Embedders

@Suite struct TensorNamesTests {
    /// Each name that the network asks for, and no other, comes of one published name.
    @Test(arguments: [
        (TensorNames.mobileNetV2InBlocks, MobileNetV2() as any Network, "mobilenet-v2"),
        (.vgg16FromKeras, VGG.vgg16, "vgg16"),
    ])
    func coverTheBackbone(names: TensorNames, network: any Network, model: String) throws {
        let needed = Set(try NetworkGolden.of(model).names(in: Backbone(of: network)))
        let candidates = Set(names.layers.flatMap { layer in names.parts.keys.map { layer.key + $0 } })
        let renamed = candidates.compactMap(names.name(of:))
        #expect(Set(renamed).count == renamed.count)
        #expect(needed.subtracting(renamed).isEmpty)
    }

    @Test(
        arguments: [
            ("features.1.conv.3.weight", "features.1.conv.1.weight"),
            ("features.1.conv.4.running_var", "features.1.conv.2.running_var"),
            ("features.17.conv.4.bias", "features.17.conv.1.1.bias"), ("features.18.0.weight", "features.18.0.weight"),
            ("features.17.conv.4.num_batches_tracked", nil), ("classifier.1.weight", nil),
        ] as [(String, String?)])
    func areThoseOfMobileNetV2(published: String, own: String?) {
        #expect(TensorNames.mobileNetV2InBlocks.name(of: published) == own)
    }

    @Test(
        arguments: [
            ("functional_1/block1_conv1_1/convolution/ReadVariableOp:0", "features.0.weight"),
            ("functional_1/block3_conv2_1/Squeeze:0", "features.12.bias"),
            ("functional_1/block5_conv3_1/Squeeze:0", "features.28.bias"),
            ("functional_1/dense_1/Cast/ReadVariableOp:0", nil), ("const_starts__79", nil),
        ] as [(String, String?)])
    func areThoseOfVGG16(published: String, own: String?) {
        #expect(TensorNames.vgg16FromKeras.name(of: published) == own)
    }
}
