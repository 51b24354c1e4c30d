import Imaging

/// A picture of a product: the backdrop, and the garment in its pose.
struct Scene: Sendable {
    let width: Int
    let height: Int
    let layers: [Element]

    func rendered() throws(ImageError) -> PixelImage {
        try VectorPicture(svg: Element.group(layers).document(width: width, height: height)).rendered()
    }
}

/// How a garment lies in the picture; its own coordinates begin in the middle of the upper edge.
struct Pose: Sendable {
    var middle: Point
    var turn: Double
    var scale: Double

    /// The garment's middle is this far down in its own coordinates.
    static let waistHeight = 275.0

    func applied(to garment: Element) -> Element {
        let transform =
            "\(middle.translation) rotate(\(turn.attributeText)) scale(\(scale.attributeText)) "
            + Point(0, -Self.waistHeight).translation
        return Element("g", ["transform": transform], [Element("g", ["filter": "url(#cloth)"], [garment])])
    }
}
