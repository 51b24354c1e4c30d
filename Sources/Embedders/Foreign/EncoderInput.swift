import Imaging
import Networks

/// Photos as a foreign network takes them.
struct EncoderInput {
    let spec: InputSpec
    private(set) var guesses: [String] = []

    init(_ port: OnnxModel.Port, _ card: ModelCard, isCLIP: Bool) throws(WeightFileError) {
        let (layout, side) = try Self.side(of: port, card)
        let usual = isCLIP ? Self.clip : Self.imageNet
        let range = card.range ?? 1
        let mean = try Self.channels(card.mean ?? usual.mean, "mean").map { $0 / range * 255 }
        let scale = try Self.channels(card.scale ?? usual.scale, "scale").map { $0 / range * 255 }
        guard range > 0, scale.allSatisfy({ $0 != 0 }) else { throw .unsound("“range” and “scale” cannot be 0") }
        let shortSide = card.resize ?? side
        guard shortSide >= side else { throw .unsound("“resize” \(shortSide) is less than “size” \(side)") }
        spec = InputSpec(
            side: side, framing: card.framing ?? .centreCrop, crop: .afterResizing(toShortSide: shortSide),
            filter: card.filter ?? usual.filter, order: card.order ?? .rgb, layout: layout, mean: mean, scale: scale)
        if card.mean == nil || card.scale == nil {
            guesses.append("mean \(usual.mean) and scale \(usual.scale), \(isCLIP ? "CLIP" : "ImageNet")’s")
        }
    }

    private typealias Usual = (mean: [Float], scale: [Float], filter: ResamplingFilter)
    /// As torchvision evaluates networks that were trained on ImageNet.
    private static let imageNet: Usual = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], .triangle)
    /// Radford et al. 2021, as OpenAI published the networks.
    private static let clip: Usual = (
        [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711], .cubic
    )
    private static let sides = 1...4096

    /// Three of its axes are channels, rows and columns, in that order or with the channels last.
    private static func side(of port: OnnxModel.Port, _ card: ModelCard) throws(WeightFileError) -> (
        InputSpec.Layout, Int
    ) {
        let axes = (port.shape ?? []).dropFirst().map { if case .fixed(let length) = $0 { length } else { Int?.none } }
        let layout: InputSpec.Layout = axes.first != 3 && axes.last == 3 ? .interleaved : .planar
        let lengths = layout == .planar ? axes.dropFirst() : axes.dropLast()
        guard axes.contains(where: { $0 ?? 3 == 3 }), Set(lengths.compactMap(\.self)).count <= 1 else {
            throw .unsound("its input “\(port.name)” is no square picture of three channels")
        }
        let found = lengths.compactMap(\.self).first
        guard let side = card.size ?? found, sides.contains(side) else {
            throw .unsound(
                "it takes pictures of any size: say which as “size”, from \(sides.lowerBound) to \(sides.upperBound)")
        }
        guard found ?? side == side else {
            throw .unsound("it takes pictures of \(found ?? 0) pixels a side, not \(side)")
        }
        return (layout, side)
    }

    /// One number stands for all channels.
    private static func channels(_ numbers: [Float], _ name: String) throws(WeightFileError) -> [Float] {
        guard [1, PixelImage.channels].contains(numbers.count), numbers.allSatisfy(\.isFinite) else {
            throw .unsound("“\(name)” needs one number, or one for each of the three channels")
        }
        return numbers.count == 1 ? Array(repeating: numbers[0], count: PixelImage.channels) : numbers
    }
}
