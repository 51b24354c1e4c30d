import Testing

@testable import Networks

@Suite struct LastStagesTests {
    private static let networks: [(any Network, Int)] = [
        (EfficientNetLite.lite0, 5 * 3 * 5 + 5), (ResNet.resnet18, 5 * 5), (ResNet.resnet50, 10 * 5),
        (VGG.vgg16, 6), (VGG.vgg19, 8), (MobileNetV2(), 4 * 3 * 5 + 5), (InceptionV3(), (6 + 9 + 9) * 5),
        (Backbone(of: VGG.vgg16), 6),
    ]

    /// So many tensors: a convolution and what normalizes it, or its bias, have five, or two.
    @Test(arguments: networks)
    func nameWeightsThatThereAre(network: any Network, count: Int) throws {
        let names = try network.outline(of: .pooled).weights.map(\.name)
        #expect(names.count { network.isInLastStages($0) } == count)
        for stage in network.lastStages { #expect(names.contains { $0.hasPrefix(stage + ".") }, "\(stage)") }
    }

    /// What stands before them stays as it is: the last of the names are theirs.
    @Test(arguments: networks)
    func standLast(network: any Network, count: Int) throws {
        let names = try network.outline(of: .pooled).weights.map(\.name)
        let first = try #require(names.firstIndex { network.isInLastStages($0) })
        #expect(names[first...].allSatisfy { network.isInLastStages($0) } && first > 0)
    }

    @Test func areNoneOfNetworksThatAreNoUseElsewhere() {
        #expect(UNet().lastStages.isEmpty && U2NetP().lastStages.isEmpty)
        #expect(!ResNet.resnet18.isInLastStages("layer40.weight") && !ResNet.resnet18.isInLastStages("fc.weight"))
    }
}
