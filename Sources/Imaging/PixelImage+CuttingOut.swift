extension PixelImage {
    /// The garment alone, in the middle of a white square that is a little larger; the picture as it is where a mask tells
    /// nothing.
    public func cutOut(by mask: GarmentMask) -> PixelImage {
        guard mask.isTelling, let extent = mask.extent else { return self }
        func span(_ places: ClosedRange<Int>, of length: Int) -> (start: Int, end: Int) {
            (places.lowerBound * length / GarmentMask.side, (places.upperBound + 1) * length / GarmentMask.side)
        }
        let (columns, rows) = (span(extent.columns, of: width), span(extent.rows, of: height))
        let longest = max(columns.end - columns.start, rows.end - rows.start, 1)
        let side = Int((Double(longest) * Self.roomAround).rounded(.up))
        var canvas = Canvas(size: .square(side), background: .white)
        canvas.draw(
            onWhite(by: mask), left: (side - columns.start - columns.end) / 2, top: (side - rows.start - rows.end) / 2)
        return canvas.image
    }

    /// Networks look at the middle of what they are given, and should see all of the garment there.
    private static let roomAround = 1.2

    private func onWhite(by mask: GarmentMask) -> PixelImage {
        let small = PixelImage(
            width: GarmentMask.side, height: GarmentMask.side, pixels: mask.levels.flatMap { [$0, $0, $0] })
        let shares = small.resized(to: size, filter: .triangle).pixels
        return PixelImage(
            width: width, height: height,
            pixels: zip(pixels, shares).map { level, share in
                let (garment, ground) = (Int(level) * Int(share), 255 * (255 - Int(share)))
                return UInt8((garment + ground + 127) / 255)
            })
    }
}
