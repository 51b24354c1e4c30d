extension Scene {
    /// What a customer lays a garment on to photograph it.
    enum Backdrop: Sendable {
        case floorboards, bedSheet(Colour), carpet(Colour)
    }

    /// As a customer photographs what hangs in the wardrobe at home: askew, creased, by the light of the window.
    static func customerPhoto(of product: Product, on backdrop: Backdrop, turned turn: Double) -> Scene {
        var random = product.take(3)
        let light = Light.definitions(creasing: 1, random: &random)
        let pose = Pose(middle: Point(246, 326), turn: turn, scale: random.number(0.98, 1.06))
        let garment = Tailor(product.design).garment(product.cut.layers(.front, random: &random))
        return Scene(
            width: 480, height: 640,
            layers: [light] + ground(backdrop, random: &random) + [pose.applied(to: garment)] + window)
    }

    private static func ground(_ backdrop: Backdrop, random: inout SplitMix64) -> [Element] {
        switch backdrop {
        case .floorboards: floorboards(random: &random)
        case .bedSheet(let colour): texture(colour, frequency: "0.006 0.009", octaves: 4, relief: 34, softness: 2.4)
        case .carpet(let colour): texture(colour, frequency: "0.35 0.3", octaves: 3, relief: 2.4, softness: 0.5)
        }
    }

    private static func texture(
        _ colour: Colour, frequency: String, octaves: Int, relief: Double, softness: Double
    ) -> [Element] {
        let filter = Element(
            "filter",
            [
                "id": "texture", "x": 0, "y": 0, "width": 1, "height": 1, "color-interpolation-filters": "sRGB",
            ],
            [
                Element(
                    "feTurbulence",
                    ["type": "fractalNoise", "baseFrequency": frequency, "numOctaves": octaves, "seed": 5]),
                Element(
                    "feDiffuseLighting", ["surfaceScale": relief, "diffuseConstant": 1.2, "lighting-color": "#ffffff"],
                    [Element("feDistantLight", ["azimuth": 235, "elevation": 52])]),
                Element("feGaussianBlur", ["stdDeviation": softness]),
                Element("feBlend", ["in2": "SourceGraphic", "mode": "multiply"]),
            ])
        return [filter, Element("g", ["filter": "url(#texture)"], [.rectangle(0, 0, 480, 640, fill: colour)])]
    }

    private static func floorboards(random: inout SplitMix64) -> [Element] {
        let boards = stride(from: -20.0, to: 480, by: 74).flatMap { board(at: $0, random: &random) }
        return [grain, Element("g", ["filter": "url(#grain)"], boards)]
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

    private static let grain = Element(
        "filter",
        ["id": "grain", "x": 0, "y": 0, "width": 1, "height": 1, "color-interpolation-filters": "sRGB"],
        [
            Element(
                "feTurbulence",
                ["type": "fractalNoise", "baseFrequency": "0.11 0.006", "numOctaves": 4, "seed": 8]),
            Element(
                "feColorMatrix",
                ["values": "0 0 0 0 .2  0 0 0 0 .1  0 0 0 0 .03  1.3 0 0 0 -.42", "result": "fibres"]),
            Element("feComposite", ["in": "fibres", "in2": "SourceGraphic", "operator": "atop"]),
        ])

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
        .rectangle(0, 0, 480, 640, fill: "url(#window)"),
        .rectangle(0, 0, 480, 640, fill: "url(#lens)"),
    ]
}
