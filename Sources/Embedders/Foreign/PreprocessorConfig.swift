import Imaging

/// The `preprocessor_config.json` that networks on the Hugging Face hub come with (Transformers, `ImageProcessingMixin`).
struct PreprocessorConfig: Decodable {
    /// One number, or several by their names.
    private enum Size: Decodable {
        case side(Int)
        case sides([String: Int])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let side = try? container.decode(Int.self) {
                self = .side(side)
            } else {
                self = .sides(try container.decode([String: Int].self))
            }
        }

        /// `nil` where the sides are not those of a square.
        var square: Int? {
            switch self {
            case .side(let side): side
            case .sides(let sides): sides["height"] == sides["width"] ? sides["height"] : nil
            }
        }

        var shortSide: Int? {
            switch self {
            case .side(let side): side
            case .sides(let sides): sides["shortest_edge"]
            }
        }
    }

    private let size: Size?
    private let cropSize: Size?
    private let doCenterCrop: Bool?
    private let doNormalize: Bool?
    private let doRescale: Bool?
    private let imageMean: [Float]?
    private let imageStd: [Float]?
    /// By Pillow's numbers.
    private let resample: Int?

    enum CodingKeys: String, CodingKey {
        case size, resample
        case cropSize = "crop_size"
        case doCenterCrop = "do_center_crop"
        case doNormalize = "do_normalize"
        case doRescale = "do_rescale"
        case imageMean = "image_mean"
        case imageStd = "image_std"
    }

    /// What it says, in our words.
    var card: ModelCard {
        var card = ModelCard()
        if doCenterCrop ?? (cropSize != nil), let side = cropSize?.square ?? size?.square {
            (card.size, card.resize, card.framing) = (side, size?.shortSide, .centreCrop)
        } else {
            (card.size, card.framing) = (size?.square, .squash)
        }
        if doNormalize ?? true {
            (card.mean, card.scale) = (imageMean, imageStd)
        } else {
            (card.mean, card.scale) = ([0], [1])
        }
        card.range = doRescale ?? true ? 1 : 255
        card.filter = [2: .triangle, 3: .cubic][resample ?? -1]
        return card
    }
}
