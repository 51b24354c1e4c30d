import CKernels

/// The pictures a network was trained on, which every photo is made to resemble.
public struct InputSpec: Sendable, Hashable, Codable {
    /// Which channel the network takes first; decoded photos are RGB.
    public enum ChannelOrder: String, Sendable, Hashable, Codable { case rgb, bgr }

    /// Pictures are `side` by `side` pixels.
    public let side: Int
    /// The publisher’s way to make photos square, or the user’s.
    public let framing: Framing
    /// What `Framing.centreCrop` is for this network: its publisher’s own.
    public let crop: CentreCrop
    /// A network needs its publisher’s own: another filter shifts all embeddings a little.
    public let filter: ResamplingFilter
    /// With `.bgr`, a photo’s channels are turned round as they are written.
    public let order: ChannelOrder
    /// Of each channel in the network's order, in grey levels: `(level - mean) / scale` is what the network sees.
    public let mean: [Float]
    /// By channel and in grey levels, as `mean` is; a channel’s scale is never 0.
    public let scale: [Float]

    /// Traps unless `mean` and `scale` have three numbers each.
    public init(
        side: Int, framing: Framing, crop: CentreCrop = .beforeResizing, filter: ResamplingFilter,
        order: ChannelOrder = .rgb, mean: [Float], scale: [Float]
    ) {
        precondition(mean.count == PixelImage.channels && scale.count == PixelImage.channels)
        self.side = side
        self.framing = framing
        self.crop = crop
        self.filter = filter
        self.order = order
        self.mean = mean
        self.scale = scale
    }

    /// The same input, but for how photos are made square.
    public func framed(by framing: Framing) -> InputSpec {
        InputSpec(side: side, framing: framing, crop: crop, filter: filter, order: order, mean: mean, scale: scale)
    }

    /// The numbers of one framed photo: `[channel][row][column]`, `side * side * 3` of them.
    public var valueCount: Int { side * side * PixelImage.channels }

    /// Writes a framed photo's numbers in the layout `[channel][row][column]`.
    public func write(_ image: PixelImage, to values: UnsafeMutableBufferPointer<Float>) {
        precondition(image.size == .square(side) && values.count == valueCount)
        let plane = side * side
        let factors = scale.map { 1 / $0 }
        let shifts = zip(mean, scale).map { -$0 / $1 }
        let planes = (0..<PixelImage.channels).map { values.baseAddress! + $0 * plane }
        ck_take_channels(image.pixels, plane, inOrder(factors), inOrder(shifts), inOrder(planes))
    }

    /// What belongs to the network's channels, as a photo has them; the other way round it is the same.
    private func inOrder<Item>(_ items: [Item]) -> [Item] { order == .rgb ? items : items.reversed() }
}
