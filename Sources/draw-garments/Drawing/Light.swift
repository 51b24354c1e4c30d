/// Definitions shared by all drawings: how light and gravity treat cloth.
enum Light {
    /// `creasing` is 0 for ironed cloth, 1 for what comes from the bottom of a drawer.
    static func definitions(creasing: Double, random: inout SplitMix64) -> Element {
        Element("defs", [:], [roundness, soft, cloth(creasing: creasing, random: &random)])
    }

    private static let roundness = Element(
        "linearGradient", ["id": "roundness", "x1": 0, "y1": 0, "x2": 1, "y2": 0.12],
        [
            stop(0, Colour.ink, 0.2), stop(0.2, Colour.white, 0.1), stop(0.38, Colour.white, 0.12),
            stop(0.62, Colour.ink, 0.02), stop(1, Colour.ink, 0.3),
        ])

    static func stop(_ offset: Double, _ colour: Colour, _ opacity: Double) -> Element {
        Element("stop", ["offset": offset, "stop-color": colour, "stop-opacity": opacity])
    }

    private static let soft = Element(
        "filter", ["id": "soft", "x": -0.1, "y": -0.1, "width": 1.2, "height": 1.2],
        [Element("feGaussianBlur", ["stdDeviation": 2.6])])

    /// The shadow, and for cloth that has not been ironed a relief all over it.
    private static func cloth(creasing: Double, random: inout SplitMix64) -> Element {
        Element(
            "filter",
            [
                "id": "cloth", "x": -0.15, "y": -0.1, "width": 1.3, "height": 1.25,
                "color-interpolation-filters": "sRGB",
            ],
            shadows + (creasing > 0 ? relief(creasing, seed: random.index(below: 9999)) : [])
                + [merge(creasing > 0 ? "lit" : "SourceGraphic")])
    }

    private static func relief(_ creasing: Double, seed: Int) -> [Element] {
        [
            Element(
                "feTurbulence",
                ["type": "fractalNoise", "baseFrequency": "0.016 0.009", "numOctaves": 2, "seed": seed]),
            Element(
                "feDiffuseLighting",
                ["surfaceScale": creasing * 18, "diffuseConstant": 1.2, "lighting-color": "#ffffff"],
                [Element("feDistantLight", ["azimuth": 225, "elevation": 54])]),
            Element("feGaussianBlur", ["stdDeviation": 2.4, "result": "light"]),
            Element("feBlend", ["in": "light", "in2": "SourceGraphic", "mode": "multiply"]),
            Element("feComposite", ["operator": "in", "in2": "SourceGraphic", "result": "lit"]),
        ]
    }

    /// One sharp shadow where the cloth touches the ground, one wide one of the whole room.
    private static let shadows = [("near", 2.2, 1.5, 2.5, 0.3), ("far", 11, 7, 11, 0.26)].flatMap {
        name, blur, right, down, opacity in
        [
            Element("feGaussianBlur", ["in": "SourceAlpha", "stdDeviation": blur]),
            Element("feOffset", ["dx": right, "dy": down]),
            Element(
                "feColorMatrix",
                ["values": "0 0 0 0 .12  0 0 0 0 .1  0 0 0 0 .1  0 0 0 \(opacity) 0", "result": name]),
        ]
    }

    private static func merge(_ garment: String) -> Element {
        Element("feMerge", [:], ["far", "near", garment].map { Element("feMergeNode", ["in": $0]) })
    }
}
