extension Scene {
    /// As a shop has its products photographed: evenly lit, before paper that is almost white.
    static func studio(_ product: Product, _ view: View) -> Scene {
        var random = product.take(view == .front ? 1 : 2)
        let pose = Pose(product, view, unevenness: 1.1, random: &random)
        let garment = pose.placed(
            product.design, middle: Point(200 + random.number(-3, 3), 262), within: 328, 456,
            turn: random.number(-1.6, 1.6))
        let light = Light.definitions(creasing: 0, random: &random)
        return Scene(width: 400, height: 533, layers: [light, paper, lamp, sheet, garment])
    }

    private static let paper = Element.rectangle(0, 0, 400, 533, fill: Colour(0xF3F1EE))
    private static let sheet = Element.rectangle(0, 0, 400, 533, fill: "url(#lamp)")
    private static let lamp = Element(
        "radialGradient", ["id": "lamp", "cx": 0.45, "cy": 0.4, "r": 0.75],
        [Light.stop(0, .white, 1), Light.stop(0.55, Colour(0xF1EFEC), 1), Light.stop(1, Colour(0xE2DFDB), 1)])
}
