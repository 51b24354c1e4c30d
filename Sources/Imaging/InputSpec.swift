import CKernels

/// The pictures a network was trained on, which every photo is made to resemble.
public struct InputSpec: Sendable, Hashable, Codable {
    public enum ChannelOrder: String, Sendable, Hashable, Codable { case rgb, bgr }

    /// Pictures are `side` by `side` pixels.
    public let side: Int
    public let framing: Framing
    public let filter: ResamplingFilter
    public let order: ChannelOrder
    /// Of each channel in the network's order, in grey levels: `(level - mean) / scale` is what the network sees.
    public let mean: [Float]
    public let scale: [Float]

    public init(
        side: Int, framing: Framing, filter: ResamplingFilter, order: ChannelOrder = .rgb, mean: [Float], scale: [Float]
    ) {
        precondition(mean.count == PixelImage.channels && scale.count == PixelImage.channels)
        self.side = side
        self.framing = framing
        self.filter = filter
        self.order = order
        self.mean = mean
        self.scale = scale
    }

    /// The same input, but for how photos are made square.
    public func framed(by framing: Framing) -> InputSpec {
        InputSpec(side: side, framing: framing, filter: filter, order: order, mean: mean, scale: scale)
    }

    /// How many times smaller than its file a photo may be decoded for this input.
    public func reduction(of size: ImageSize) -> Int {
        framing.reduction(of: size, to: side)
    }

    public func frame(_ image: PixelImage) -> PixelImage {
        framing.frame(image, to: side, filter: filter)
    }

    /// The numbers of one framed photo: `[channel][row][column]`, `side * side * 3` of them.
    public var valueCount: Int { side * side * PixelImage.channels }

    /// Writes a framed photo's numbers in the layout `[channel][row][column]`.
    public func write(_ image: PixelImage, to values: UnsafeMutableBufferPointer<Float>) {
        precondition(image.size == .square(side) && values.count == valueCount)
        let plane = side * side
        for channel in 0..<PixelImage.channels {
            let source = order == .rgb ? channel : PixelImage.channels - 1 - channel
            let (factor, shift) = (1 / scale[channel], -mean[channel] / scale[channel])
            ck_take_channel(image.pixels, plane, source, factor, shift, values.baseAddress! + channel * plane)
        }
    }
}
