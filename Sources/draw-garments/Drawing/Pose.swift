/// A garment as it lies before the camera.
struct Pose: Sendable {
    private let layers: [Layer]

    init(_ product: Product, _ view: View, unevenness: Double, random: inout SplitMix64) {
        let warp = Warp(amplitude: unevenness, wavelength: 260, random: &random)
        layers = product.cut.layers(view, random: &random).map { $0.moved { warp($0) } }
    }

    /// As large as fits into `width` and `height` about `middle`, then turned.
    func placed(_ design: Design, middle: Point, within width: Double, _ height: Double, turn: Double) -> Element {
        let stops = layers.flatMap(\.stops)
        let (left, right) = (stops.map(\.x).min() ?? 0, stops.map(\.x).max() ?? 1)
        let (top, bottom) = (stops.map(\.y).min() ?? 0, stops.map(\.y).max() ?? 1)
        let scale = min(width / (right - left), height / (bottom - top))
        let centre = Point(-(left + right) / 2, -(top + bottom) / 2)
        let transform =
            "\(middle.translation) rotate(\(turn.attributeText)) scale(\(scale.attributeText)) \(centre.translation)"
        return Element(
            "g", ["transform": transform], [Element("g", ["filter": "url(#cloth)"], [Tailor(design).garment(layers)])])
    }
}
