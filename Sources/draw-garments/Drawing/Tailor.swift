/// Sews the layers of a garment from the cloths of a design.
struct Tailor: Sendable {
    private let design: Design

    init(_ design: Design) {
        self.design = design
    }

    func garment(_ layers: [Layer]) -> Element {
        .group([design.tile.pattern("face"), Weave.stitches] + layers.enumerated().map { element($1, name: "p\($0)") })
    }

    private func element(_ layer: Layer, name: String) -> Element {
        switch layer {
        case .panel(let panel): PanelDrawing(panel, design, name: name).element
        case .seam(let line): seam(line)
        case .stitching(let line): stitching(line)
        case .crease(let line): crease(line)
        case .button(let centre, let radius): button(centre, radius)
        case .label(let place): label(place)
        case .cord(let line): cord(line)
        }
    }

    private func seam(_ line: Outline) -> Element {
        .group([
            .path(line, ["stroke": Colour.ink, "stroke-opacity": 0.42, "stroke-width": 1, "fill": "none"]),
            .path(
                line.lowered(1), ["stroke": Colour.white, "stroke-opacity": 0.16, "stroke-width": 0.9, "fill": "none"]),
        ])
    }

    private func stitching(_ line: Outline) -> Element {
        .path(
            line,
            [
                "stroke": design.thread, "stroke-opacity": 0.6, "stroke-width": 0.8, "stroke-dasharray": "2.6 1.5",
                "fill": "none",
            ])
    }

    private func crease(_ line: Outline) -> Element {
        .group([
            .path(line, ["stroke": Colour.ink, "stroke-opacity": 0.3, "stroke-width": 1.3, "fill": "none"]),
            .path(
                line.shifted(-1.8),
                ["stroke": Colour.white, "stroke-opacity": 0.2, "stroke-width": 2, "fill": "none"]),
        ])
    }

    private func button(_ centre: Point, _ radius: Double) -> Element {
        let holes = [(-0.28, -0.28), (0.28, -0.28), (-0.28, 0.28), (0.28, 0.28)].map {
            Element.circle(
                centre + Point($0 * radius, $1 * radius), radius * 0.13, fill: design.button.darker(0.6))
        }
        return .group(
            [
                .circle(centre + Point(0.6, 1), radius * 1.04, fill: Colour.ink, opacity: 0.4),
                .circle(centre, radius, fill: design.button.darker(0.14)),
                .circle(centre - Point(0.2, 0.3), radius * 0.84, fill: design.button),
            ] + (radius > 2 ? holes : []))
    }

    private func label(_ place: Point) -> Element {
        .group([
            .rectangle(place.x - 9, place.y - 3.5, 18, 8.5, fill: Colour.ink, opacity: 0.25),
            .rectangle(place.x - 9.4, place.y - 4.2, 18, 8.5, fill: Colour.white),
            .rectangle(place.x - 6, place.y - 1, 11.4, 1.6, fill: Colour.charcoal, opacity: 0.75),
        ])
    }

    private func cord(_ line: Outline) -> Element {
        .group([
            .path(
                line.lowered(1.2), ["stroke": Colour.ink, "stroke-opacity": 0.3, "stroke-width": 3.4, "fill": "none"]),
            .path(
                line,
                ["stroke": design.trim.lighter(0.12), "stroke-width": 2.8, "stroke-linecap": "round", "fill": "none"]),
        ])
    }
}
