/// One panel as it looks: its cloth, rounded by light from the upper left, with its folds.
struct PanelDrawing: Sendable {
    private let panel: Panel
    private let design: Design
    /// Distinguishes this panel's definitions from all others in the document.
    private let name: String

    init(_ panel: Panel, _ design: Design, name: String) {
        self.panel = panel
        self.design = design
        self.name = name
    }

    var element: Element {
        .group(
            [clip, .path(panel.outline, ["fill": design.ground(of: panel.cloth)])] + marks
                + [Element("g", ["clip-path": "url(#\(name)c)"], weave.relief(grain: panel.grain) + shading), edge])
    }

    private var clip: Element {
        Element("clipPath", ["id": "\(name)c"], [Element("path", ["d": panel.outline])])
    }

    private var marks: [Element] {
        guard panel.cloth == .face, !design.tile.marks.isEmpty else { return [] }
        // A colour block is cut from the whole picture, whichever way the thread runs.
        let grain = design.family == .colourBlock ? 0 : panel.grain
        return [
            design.tile.laid("face", as: "\(name)m", angle: design.angle + grain),
            .path(panel.outline, ["fill": "url(#\(name)m)"]),
        ]
    }

    private var weave: Weave { panel.cloth == .rib ? .rib : design.weave }

    private var shading: [Element] {
        let roundness = panel.isSewnOn ? [] : [Element.path(panel.outline, ["fill": "url(#roundness)"])]
        return roundness + (isLarge ? [blurred] : [rim(0.1, width: 6), rim(0.14, width: 2.4)])
    }

    /// Blurring takes longest of all; in cuffs, bands and pockets it is not missed.
    private var isLarge: Bool { !panel.folds.isEmpty || panel.cloth == .inside }

    private var blurred: Element {
        let depth = panel.cloth == .inside ? 0.55 : 0.3
        return Element("g", ["filter": "url(#soft)"], panel.folds.flatMap(drawing) + [rim(depth, width: 7)])
    }

    private func drawing(_ fold: Fold) -> [Element] {
        [
            .path(fold.shadow, ["fill": Colour.ink, "fill-opacity": fold.depth * shadowStrength]),
            .path(fold.ridge, ["fill": Colour.white, "fill-opacity": fold.depth * ridgeStrength]),
        ]
    }

    /// Dark cloth shows its folds by their lit ridges, light cloth by their shadows.
    private var shadowStrength: Double { design.colours.isDark ? 0.5 : 0.3 }
    private var ridgeStrength: Double { design.colours.isDark ? 0.2 : 0.28 }

    /// The cloth turns away from the light at its edges; inside a garment less light gets in.
    private func rim(_ depth: Double, width: Double) -> Element {
        .path(
            panel.outline,
            ["stroke": Colour.ink, "stroke-opacity": depth, "stroke-width": width, "fill": "none"])
    }

    private var edge: Element {
        .path(
            panel.outline,
            [
                "stroke": design.ground(of: panel.cloth).darker(0.62), "stroke-opacity": 0.55, "stroke-width": 0.8,
                "fill": "none", "stroke-linejoin": "round",
            ])
    }
}
