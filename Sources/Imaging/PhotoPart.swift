/// What is shown of a photo.
struct PhotoPart {
    /// Nothing outside of it counts.
    let region: ImageRegion
    /// Within the region; near its edges, pixels outside of it count too.
    let box: Rectangle

    init(_ region: ImageRegion, box: Rectangle? = nil) {
        self.region = region
        self.box = box ?? .whole(region.size)
    }

    /// The same part in the pixels of a cut that holds at least its visible region.
    func moved(into cut: ImageRegion) -> PhotoPart {
        let left = region.columns.clamped(to: cut.columns)
        let top = region.rows.clamped(to: cut.rows)
        return PhotoPart(
            ImageRegion(columns: left, rows: top).moved(left: cut.left, up: cut.top),
            box: box.moved(left: left.lowerBound - region.left, up: top.lowerBound - region.top))
    }

    /// The pixels that count when the box is resized.
    func visibleRegion(resizedTo target: ImageSize, filter: ResamplingFilter) -> ImageRegion {
        let columns = filter.reach(from: box.left, to: box.right, count: target.width)
        let rows = filter.reach(from: box.top, to: box.bottom, count: target.height)
        return ImageRegion(
            columns: columns.clamped(to: 0..<region.size.width), rows: rows.clamped(to: 0..<region.size.height)
        ).moved(left: -region.left, up: -region.top)
    }
}
