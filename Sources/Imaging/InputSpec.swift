import CKernels

/// The pictures a network was trained on, which every photo is made to resemble.
public struct InputSpec: Sendable, Hashable, Codable {
    /// Which channel the network takes first; decoded photos are RGB.
    public enum ChannelOrder: String, Sendable, Hashable, Codable, CaseIterable { case rgb, bgr }
    /// How the numbers of a photo follow one another.
    public enum Layout: String, Sendable, Hashable, Codable {
        /// `[channel][row][column]`, as PyTorch has them.
        case planar
        /// `[row][column][channel]`, as TensorFlow has them.
        case interleaved
    }

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
    /// Which numbers of a photo are neighbours.
    public let layout: Layout
    /// Of each channel in the network's order, in grey levels: `(level - mean) / scale` is what the network sees.
    public let mean: [Float]
    /// By channel and in grey levels, as `mean` is; a channel’s scale is never 0.
    public let scale: [Float]

    /// Traps unless `mean` and `scale` have three numbers each.
    public init(
        side: Int, framing: Framing, crop: CentreCrop = .beforeResizing, filter: ResamplingFilter,
        order: ChannelOrder = .rgb, layout: Layout = .planar, mean: [Float], scale: [Float]
    ) {
        precondition(mean.count == PixelImage.channels && scale.count == PixelImage.channels)
        self.side = side
        self.framing = framing
        self.crop = crop
        self.filter = filter
        self.order = order
        self.layout = layout
        self.mean = mean
        self.scale = scale
    }

    /// The same input, but for how photos are made square.
    public func framed(by framing: Framing) -> InputSpec {
        InputSpec(
            side: side, framing: framing, crop: crop, filter: filter, order: order, layout: layout, mean: mean,
            scale: scale)
    }

    /// The numbers of one framed photo.
    public var valueCount: Int { shape.reduce(1, *) }

    /// How many numbers there are along each axis of the layout.
    public var shape: [Int] {
        switch layout {
        case .planar: [PixelImage.channels, side, side]
        case .interleaved: [side, side, PixelImage.channels]
        }
    }

    /// Writes a framed photo's numbers in the network's layout.
    public func write(_ image: PixelImage, to values: UnsafeMutableBufferPointer<Float>) {
        precondition(image.size == .square(side) && values.count == valueCount)
        let plane = side * side
        let factors = scale.map { 1 / $0 }
        let shifts = zip(mean, scale).map { -$0 / $1 }
        let (start, channels) = (values.baseAddress!, 0..<PixelImage.channels)
        switch layout {
        case .planar:
            let planes = channels.map { start + $0 * plane }
            ck_take_channels(image.pixels, plane, inOrder(factors), inOrder(shifts), inOrder(planes))
        case .interleaved:
            for (source, channel) in zip(channels, inOrder(Array(channels))) {
                for pixel in 0..<plane {
                    let level = Float(image.pixels[pixel * PixelImage.channels + source])
                    start[pixel * PixelImage.channels + channel] = level * factors[channel] + shifts[channel]
                }
            }
        }
    }

    /// Writes the numbers of framed photos, one photo after the other.
    public func write(_ images: some Sequence<PixelImage>, to values: UnsafeMutableBufferPointer<Float>) {
        for (start, image) in zip(stride(from: 0, to: values.count, by: valueCount), images) {
            write(image, to: UnsafeMutableBufferPointer(rebasing: values[start..<start + valueCount]))
        }
    }

    /// What belongs to the network's channels, as a photo has them; the other way round it is the same.
    private func inOrder<Item>(_ items: [Item]) -> [Item] { order == .rgb ? items : items.reversed() }
}
