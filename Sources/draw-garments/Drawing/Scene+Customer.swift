extension Scene {
    /// What a customer lays a garment on to photograph it.
    enum Backdrop: Sendable {
        case floorboards
        case bedSheet(Colour)
        case tiles(Colour)
    }

    /// As a customer photographs what hangs in the wardrobe at home: askew, creased, by the light of the window.
    static func customerPhoto(of product: Product, on backdrop: Backdrop, turned turn: Double) -> Scene {
        var random = product.take(3)
        let pose = Pose(product, .front, unevenness: 2.6, random: &random)
        let garment = pose.placed(product.design, middle: Point(242, 322), within: 350, 500, turn: turn)
        let light = Light.definitions(creasing: 1, random: &random)
        return Scene(
            width: 480, height: 640, layers: [light] + ground(backdrop, random: &random) + [garment] + window)
    }

    private static func ground(_ backdrop: Backdrop, random: inout SplitMix64) -> [Element] {
        switch backdrop {
        case .floorboards: floorboards(random: &random)
        case .bedSheet(let colour): bedSheet(colour, random: &random)
        case .tiles(let colour): tiles(colour, random: &random)
        }
    }

    private static func whole(_ fill: any AttributeValue) -> Element {
        .rectangle(0, 0, 480, 640, fill: fill)
    }

    private static func tiles(_ colour: Colour, random: inout SplitMix64) -> [Element] {
        let side = 92.0
        let tiles = stride(from: -2, to: 8, by: 1).flatMap { column in
            stride(from: -2, to: 9, by: 1).map { row in
                Element.rectangle(
                    Double(column) * side, Double(row) * side, side - 3, side - 3,
                    fill: colour.mixed(with: .chocolate, random.number(0, 0.28)))
            }
        }
        let floor = Element("g", ["transform": "rotate(6)"], tiles)
        return [
            grain("0.02", strength: 0.6),
            Element("g", ["filter": "url(#grain)"], [whole(colour.mixed(with: .ecru, 0.6)), floor]),
        ]
    }

    private static func bedSheet(_ colour: Colour, random: inout SplitMix64) -> [Element] {
        let folds = (0..<14).flatMap { _ in
            let from = Point(random.number(-300, 240), random.number(-300, 500))
            let fold = Fold(
                from: from, to: from + Point(random.number(800, 1000), towards: random.number(-70, -35)),
                width: random.number(14, 30), depth: 1, bend: random.number(-50, 50))
            return [
                Element.path(fold.shadow, ["fill": Colour.ink, "fill-opacity": 0.15]),
                .path(fold.ridge, ["fill": Colour.white, "fill-opacity": 0.14]),
            ]
        }
        return [whole(colour), Element("g", ["filter": "url(#soft)"], folds)]
    }

    private static func floorboards(random: inout SplitMix64) -> [Element] {
        let boards = stride(from: -20.0, to: 480, by: 74).flatMap { board(at: $0, random: &random) }
        return [grain("0.11 0.006", strength: 1.3), Element("g", ["filter": "url(#grain)"], boards)]
    }

    private static func board(at x: Double, random: inout SplitMix64) -> [Element] {
        let joint = random.number(60, 580)
        return [(-10.0, joint), (joint, 660)].flatMap { top, bottom in
            let wood = Colour(0xB07F50).mixed(with: Colour(0x8A5A34), random.number(0, 0.7))
            return [
                Element.rectangle(x, top, 74, bottom - top, fill: Colour(0x3E2716)),
                Element.rectangle(x + 1, top + 1, 72, bottom - top - 2, fill: wood),
            ]
        }
    }

    /// The veins of wood, and the clouds in clay.
    private static func grain(_ frequency: String, strength: Double) -> Element {
        Element(
            "filter",
            ["id": "grain", "x": 0, "y": 0, "width": 1, "height": 1, "color-interpolation-filters": "sRGB"],
            [
                Element(
                    "feTurbulence",
                    ["type": "fractalNoise", "baseFrequency": frequency, "numOctaves": 4, "seed": 8]),
                Element(
                    "feColorMatrix",
                    [
                        "values": "0 0 0 0 .2  0 0 0 0 .1  0 0 0 0 .03  \(strength) 0 0 0 \(-0.32 * strength)",
                        "result": "veins",
                    ]),
                Element("feComposite", ["in": "veins", "in2": "SourceGraphic", "operator": "atop"]),
            ])
    }

    /// Warm light from one side, and the dark corners of a small lens.
    private static let window = [
        Element(
            "linearGradient", ["id": "window", "x1": 0, "y1": 0, "x2": 1, "y2": 1],
            [
                Light.stop(0, Colour(0xFFE9C0), 0.3), Light.stop(0.45, Colour(0xFFE2B0), 0.06),
                Light.stop(1, Colour(0x1B1830), 0.34),
            ]),
        Element(
            "radialGradient", ["id": "lens", "cx": 0.5, "cy": 0.5, "r": 0.75],
            [Light.stop(0.6, .ink, 0), Light.stop(1, .ink, 0.32)]),
        whole("url(#window)"), whole("url(#lens)"),
    ]
}
